/** `torch.nn.init`: constant values, identities and plain distributions. */

import type { TorchStream } from '../../random/index.ts';
import { type Dims, strides } from '../../tensor/tensor.ts';
import { checkNumber } from '../check.ts';
import { blank, checkRank, type TorchTensor, type TorchTensorOptions } from './blank.ts';

/** `uniform_(tensor, a, b)`: U[a, b). Draws one word a number (two in double precision). */
export function uniform(
  stream: TorchStream,
  dims: Dims,
  { a = 0, b = 1, dtype }: TorchTensorOptions & { a?: number; b?: number } = {},
): TorchTensor {
  const tensor = blank('torch uniform', dims, dtype);
  stream.uniform(tensor.data, a, b);
  return tensor;
}

/** `normal_(tensor, mean, std)`. */
export function normal(
  stream: TorchStream,
  dims: Dims,
  { mean = 0, std = 1, dtype }: TorchTensorOptions & { mean?: number; std?: number } = {},
): TorchTensor {
  const tensor = blank('torch normal', dims, dtype);
  stream.normal(tensor.data, mean, std);
  return tensor;
}

/** `constant_(tensor, value)`; `zeros_` with 0, `ones_` with 1. Draws nothing. */
export function constant(dims: Dims, value: number, { dtype }: TorchTensorOptions = {}): TorchTensor {
  checkNumber('torch constant', 'value', value, 'finite');
  const tensor = blank('torch constant', dims, dtype);
  tensor.data.fill(value);
  return tensor;
}

/** `ones_(tensor)`. */
export function ones(dims: Dims, options?: TorchTensorOptions): TorchTensor {
  return constant(dims, 1, options);
}

/** `zeros_(tensor)`. */
export function zeros(dims: Dims, options?: TorchTensorOptions): TorchTensor {
  return constant(dims, 0, options);
}

/** `eye_(tensor)`: 1 on the diagonal of a matrix of any shape. Draws nothing. */
export function eye(dims: Dims, { dtype }: TorchTensorOptions = {}): TorchTensor {
  checkRank('torch eye', dims, dims.length === 2, '2 axes');
  const tensor = blank('torch eye', dims, dtype);
  const [rows, columns] = dims;
  for (let i = 0; i < Math.min(rows, columns); i++) tensor.data[i * columns + i] = 1;
  return tensor;
}

/**
 * `dirac_(tensor, groups)`: the weight [out, in / groups, kernel...] of a convolution that passes channels on, by a tap
 * at index floor(k / 2) of each kernel axis. Draws nothing.
 * @throws initializers.bad_parameter unless there are 3 to 5 axes and the groups divide the first
 */
export function dirac(
  dims: Dims,
  { groups = 1, dtype }: TorchTensorOptions & { groups?: number } = {},
): TorchTensor {
  checkRank('torch dirac', dims, dims.length >= 3 && dims.length <= 5, '3, 4 or 5 axes');
  const whole = Number.isInteger(groups) && groups >= 1 && dims[0] % groups === 0;
  checkNumber('torch dirac', 'groups', groups, `1 ... ${dims[0]}, divides ${dims[0]}`, whole);
  const tensor = blank('torch dirac', dims, dtype);
  if (tensor.data.length === 0) return tensor;
  const step = strides(dims);
  let centre = 0;
  for (let axis = 2; axis < dims.length; axis++) centre += Math.floor(dims[axis] / 2) * step[axis];
  const perGroup = dims[0] / groups;
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < Math.min(perGroup, dims[1]); i++) {
      tensor.data[(group * perGroup + i) * step[0] + i * step[1] + centre] = 1;
    }
  }
  return tensor;
}
