export type { IntegerArray, IntegerType } from './bounded-integers.ts';
export { CudaStream, type CudaStreamOptions } from './cuda-stream.ts';
export type { Agreement, AgreementTable, DialectEntry } from './dialect.ts';
export {
  exponential,
  hyperbolicTangent,
  logarithm,
  logOnePlusExponential,
} from './elementary.ts';
export { errorFunction, inverseErrorFunction } from './error-function.ts';
export { foldInNames, type ThreefryMode } from './jax-random.ts';
export { JaxStream } from './jax-stream.ts';
export { KerasJaxStream } from './keras-jax-stream.ts';
export { kerasSeeds } from './keras-seeds.ts';
export { NumpyGenerator } from './numpy-generator.ts';
export { NumpyRandomState } from './numpy-legacy.ts';
export type { RandomStateSnapshot } from './numpy-twister.ts';
export { type Dialect, dialects, dialectTable, openStream } from './open-stream.ts';
export type { Pcg64State } from './pcg64.ts';
export { type Entropy, SeedSequence } from './seed-sequence.ts';
export type { RealArray, Stream, TruncatedNormalOptions } from './stream.ts';
export { KerasStream, TensorflowGenerator, TensorflowStream } from './tensorflow-stream.ts';
export { TfjsStream } from './tfjs-stream.ts';
export { foldIn, type Key, key, split, threefryBlock } from './threefry.ts';
export { threefry, threefryFromKey } from './threefry-stream.ts';
export type { TorchRelease } from './torch/release.ts';
export { type TorchDialect, TorchStream, type TorchStreamOptions } from './torch/torch-stream.ts';
export { truncatedNormal as torchTruncatedNormal } from './torch/truncated-normal.ts';
