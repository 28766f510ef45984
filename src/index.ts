/**
 * Outset: give every weight of a deep network the right start.
 *
 * The portable core in one import; engines (`outset/runtime/node`, `outset/runtime/web`), data (`outset/data`,
 * `outset/data/node`), files (`outset/formats`, `outset/formats/node`), graphs (`outset/onnx`, `outset/autodiff`) and
 * reports (`outset/report`) have their own entries.
 */
export * from './boltzmann/index.ts';
export * from './initializers/index.ts';
export * from './messages/index.ts';
export * from './network/index.ts';
export * from './race/index.ts';
export * from './random/index.ts';
export type { CompileOptions, Program, Runtime, ThreadHost, Values } from './runtime/index.ts';
export * from './starts/index.ts';
export * from './tensor/index.ts';
export * from './training/index.ts';
