export type { Precision } from './interpreter.ts';
export { type ReferenceOptions, referenceRuntime } from './reference-runtime.ts';
export { referenceOperators } from './registry.ts';
