/** Rules that draw first weights: `(stream, parameter) => Tensor`. One rule a file; names and aliases in the registry. */
export {
  type ActivationFunction,
  type ActivationFunctionName,
  activationFunction,
  activationFunctionNames,
} from './activation-functions.ts';
export { type RuleEntry, type Signal, type StartFamily, signals, startFamilies } from './catalogue/entry.ts';
export { constant, ones, zeros } from './constant.ts';
export { dirac, identity } from './dirac.ts';
export {
  conv,
  convChannelsLast,
  convTranspose,
  denseInOut,
  denseOutIn,
  type Fans,
  fans,
  parameterShape,
} from './fans.ts';
export { pytorchDefault } from './framework-defaults.ts';
export { backwardGain, forwardGain, torchGain } from './gain.ts';
export { gaussianExpectation } from './gaussian-quadrature.ts';
export { type GlorotOptions, glorotNormal, glorotUniform } from './glorot.ts';
export { type HeOptions, heNormal, heUniform } from './he.ts';
export type { Initializer, Layout, ParameterRole, ParameterShape } from './initializer.ts';
export { type InitializerRule, initialize, initializerFor, parameterScales } from './initializer-rule.ts';
export { lectureHe, lectureNormal, lectureXavier, xavierInit } from './lecture.ts';
export { lecunNormal, lecunUniform } from './lecun.ts';
export type { ModelRule, ParameterScale } from './model-rule.ts';
export { normal } from './normal.ts';
export { orthogonal } from './orthogonal.ts';
export { listRules, parseRule } from './registry.ts';
export { sparse, torchSparse } from './sparse.ts';
export { truncatedNormal, truncatedNormalStd } from './truncated-normal.ts';
export { uniform } from './uniform.ts';
export { type FanMode, type VarianceScalingOptions, varianceScaling } from './variance-scaling.ts';
