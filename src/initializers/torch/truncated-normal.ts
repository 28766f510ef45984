import type { TorchStream } from '../../random/index.ts';
import { torchTruncatedNormal } from '../../random/index.ts';
import type { Dims } from '../../tensor/tensor.ts';
import { checkNumber } from '../check.ts';
import { blank, type TorchTensor, type TorchTensorOptions } from './blank.ts';

export interface TorchTruncatedNormalOptions extends TorchTensorOptions {
  readonly mean?: number;
  /** Standard deviation before the cut, default 1. */
  readonly std?: number;
  /** Lower bound, default -2: an absolute number, not one of standard deviations. */
  readonly a?: number;
  /** Upper bound, default 2: an absolute number as well. */
  readonly b?: number;
}

/**
 * `trunc_normal_(tensor, mean, std, a, b)`, by the method of the stream's release; see `random/torch/truncated-normal.ts`
 * for how exact each is.
 *
 * @throws initializers.bad_parameter unless std > 0 and a < b; random.bad_truncation
 */
export function truncatedNormal(
  stream: TorchStream,
  dims: Dims,
  { mean = 0, std = 1, a = -2, b = 2, dtype }: TorchTruncatedNormalOptions = {},
): TorchTensor {
  const rule = 'torch truncated-normal';
  checkNumber(rule, 'mean', mean, 'finite');
  checkNumber(rule, 'std', std, '> 0', std > 0);
  checkNumber(rule, 'b', b, `> a (${a})`, Number.isFinite(a) && a < b);
  const tensor = blank(rule, dims, dtype);
  torchTruncatedNormal(stream, tensor.data, mean, std, a, b);
  return tensor;
}
