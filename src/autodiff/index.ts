/**
 * Reverse-mode differentiation of ONNX graphs: gradients are appended as ordinary nodes, so that they run on any
 * engine. One rule per operator, in `rules/`.
 */
export { appendGradient, type GradientOptions } from './append-gradient.ts';
export { constantOperators, vjpRules } from './registry.ts';
export { sumToShape } from './sum-to-shape.ts';
export { type GradientTarget, VjpContext, type VjpRule, type VjpRules } from './vjp.ts';
