import type { TorchStream } from '../../random/index.ts';
import type { Dims } from '../../tensor/tensor.ts';
import { checkNumber } from '../check.ts';
import { checkRank, type TorchTensor, type TorchTensorOptions } from './blank.ts';
import { normal } from './fill.ts';

/**
 * `sparse_(tensor, sparsity, std)`: normal numbers, then in each column a fraction of the rows set to 0, chosen by a
 * permutation of the rows.
 *
 * @param options.sparsity  fraction from 0 to 1, rounded up to whole rows
 * @param options.std  default 0.01
 * @throws initializers.bad_parameter unless there are 2 axes
 */
export function sparse(
  stream: TorchStream,
  dims: Dims,
  { sparsity, std = 0.01, dtype }: TorchTensorOptions & { sparsity: number; std?: number },
): TorchTensor {
  checkRank('torch sparse', dims, dims.length === 2, '2 axes');
  checkNumber('torch sparse', 'sparsity', sparsity, '0 ... 1', sparsity >= 0 && sparsity <= 1);
  const tensor = normal(stream, dims, { std, dtype });
  const [rows, columns] = dims;
  const zeroCount = Math.ceil(sparsity * rows);
  for (let column = 0; column < columns; column++) {
    const order = stream.permutation(rows);
    for (let i = 0; i < zeroCount; i++) tensor.data[order[i] * columns + column] = 0;
  }
  return tensor;
}
