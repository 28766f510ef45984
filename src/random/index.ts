export type { Agreement, AgreementTable, DialectEntry } from './dialect.ts';
export {
  exponential,
  hyperbolicTangent,
  logarithm,
  logOnePlusExponential,
} from './elementary.ts';
export { errorFunction, inverseErrorFunction, inverseErrorFunction32 } from './error-function.ts';
export { NumpyRandomState, type RandomStateSnapshot } from './numpy-legacy.ts';
export { type Dialect, dialects, dialectTable, openStream } from './open-stream.ts';
export type { RealArray, Stream, TruncatedNormalOptions } from './stream.ts';
export { foldIn, type Key, key, split, threefryBlock } from './threefry.ts';
export { threefry, threefryFromKey } from './threefry-stream.ts';
