/** The initializers of PyTorch, bit for bit, on PyTorch's own numbers ({@link TorchStream}). */
export type { TorchPrecision, TorchTensor, TorchTensorOptions } from './blank.ts';
export { constant, dirac, eye, normal, ones, uniform, zeros } from './fill.ts';
export { orthogonal } from './orthogonal.ts';
export {
  type KaimingOptions,
  kaimingNormal,
  kaimingUniform,
  type XavierOptions,
  xavierNormal,
  xavierUniform,
} from './scaled.ts';
export { sparse } from './sparse.ts';
export { type TorchTruncatedNormalOptions, truncatedNormal } from './truncated-normal.ts';
