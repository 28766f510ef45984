import type { TorchStream } from '../../random/index.ts';
import { householderQR } from '../../tensor/householder-qr.ts';
import type { Dims } from '../../tensor/tensor.ts';
import { checkNumber } from '../check.ts';
import { blank, checkRank, type TorchTensor, type TorchTensorOptions } from './blank.ts';
import { normal } from './fill.ts';

const fround = Math.fround;

/**
 * `orthogonal_(tensor, gain)`: the weight as a matrix [first axis, rest] with orthonormal rows or columns, times gain.
 *
 * The normal numbers are PyTorch's bit for bit. Their QR decomposition is made in double precision, where PyTorch calls
 * LAPACK in single; with the signs fixed it is unique, so that the results agree to about the rounding error of LAPACK:
 * 2e-6 for 256 x 256, less for oblong ones. It differs between builds of PyTorch as much.
 *
 * @throws initializers.bad_parameter unless there are 2 axes or more
 */
export function orthogonal(
  stream: TorchStream,
  dims: Dims,
  { gain = 1, dtype }: TorchTensorOptions & { gain?: number } = {},
): TorchTensor {
  checkRank('torch orthogonal', dims, dims.length >= 2, '2 axes or more');
  checkNumber('torch orthogonal', 'gain', gain, 'finite');
  const tensor = blank('torch orthogonal', dims, dtype);
  if (tensor.data.length === 0) return tensor;
  const rows = dims[0];
  const columns = tensor.data.length / rows;
  const drawn = normal(stream, [rows, columns], { dtype }).data;
  const m = Math.max(rows, columns);
  const n = Math.min(rows, columns);
  // householderQR takes a matrix by columns: a wide one as it lies, since its transpose is decomposed; a tall one turned.
  const matrix = new Float64Array(m * n);
  if (rows < columns) matrix.set(drawn);
  else for (let i = 0; i < m * n; i++) matrix[(i % n) * m + Math.floor(i / n)] = drawn[i];
  const { q, diagonal } = householderQR(matrix, m, n);
  const round = tensor.dtype === 'float32' ? fround : (x: number) => x;
  const scale = round(gain);
  for (let long = 0; long < m; long++) {
    for (let short = 0; short < n; short++) {
      const value = round(diagonal[short] < 0 ? -q[short * m + long] : q[short * m + long]);
      tensor.data[rows < columns ? short * m + long : long * n + short] = value * scale;
    }
  }
  return tensor;
}
