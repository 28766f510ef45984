import { OutsetError } from '../../messages/error.ts';
import { type Dims, elementCount, type Tensor, zerosTensor } from '../../tensor/tensor.ts';

/** Precision of the tensors that PyTorch's initializers fill; `float32` unless asked otherwise. */
export type TorchPrecision = 'float32' | 'float64';

/** A tensor that one of PyTorch's initializers filled. */
export type TorchTensor = Tensor<'float32'> | Tensor<'float64'>;

/** What every function of this folder takes besides its own parameters. */
export interface TorchTensorOptions {
  /** Precision of the tensor, default `float32`. */
  readonly dtype?: TorchPrecision;
}

/**
 * A tensor of zeros to draw into.
 * @throws initializers.bad_parameter unless the axes are whole numbers and there are fewer than 2^31 elements
 */
export function blank(rule: string, dims: Dims, dtype: TorchPrecision = 'float32'): TorchTensor {
  const count = elementCount(dims);
  if (!dims.every((length) => Number.isInteger(length) && length >= 0) || count >= 2 ** 31) {
    throw new OutsetError('initializers.bad_parameter', {
      rule,
      parameter: 'dims',
      got: `[${dims.join(', ')}]`,
      expected: 'whole numbers >= 0, product < 2^31',
    });
  }
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new OutsetError('initializers.bad_parameter', {
      rule,
      parameter: 'dtype',
      got: String(dtype),
      expected: 'float32 | float64',
    });
  }
  return zerosTensor(dtype, dims) as TorchTensor;
}

/** @throws initializers.bad_parameter unless there are as many axes as `expected` says */
export function checkRank(rule: string, dims: Dims, holds: boolean, expected: string): void {
  if (holds) return;
  throw new OutsetError('initializers.bad_parameter', {
    rule,
    parameter: 'dims',
    got: `[${dims.join(', ')}]`,
    expected,
  });
}
