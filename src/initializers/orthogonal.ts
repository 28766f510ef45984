import { householderQR } from '../tensor/householder-qr.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNumber, layoutOf } from './check.ts';
import { checkLayout, groupedAxis } from './fans.ts';
import type { Initializer, Layout } from './initializer.ts';
import { standardNormals } from './standard-normals.ts';

/**
 * Orthogonal initialization, uniform over all orthogonal matrices (Haar measure).
 *
 * The weight of each group is a matrix of outputs x (inputs and kernel). Normal numbers, their QR decomposition in
 * double precision, the columns of Q turned so that R has a positive diagonal (without that Q is not uniform), times
 * gain. With W of [outputs, rest]:
 *
 *   outputs <= rest:  W Wᵀ = gain² I        outputs >= rest:  Wᵀ W = gain² I
 *
 * A linear network of square orthogonal layers keeps the length of every signal and gradient exactly.
 *
 * @param options.gain  default 1; sqrt(2) for ReLU
 * @throws initializers.bad_parameter, initializers.needs_layout (for a bias, say)
 * @see Saxe, McClelland, Ganguli 2014; Mezzadri 2007, "How to generate random matrices from the classical compact groups"
 */
export function orthogonal({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber('orthogonal', 'gain', gain, 'finite');
  return (stream, parameter) => {
    const { dims } = parameter;
    const layout = layoutOf('orthogonal', parameter);
    checkLayout(dims, layout);
    const out = new Float32Array(elementCount(dims));
    if (out.length === 0) return tensor('float32', dims, out);
    for (const rows of rowsByGroup(dims, layout)) {
      const height = rows.length;
      const width = rows[0].length;
      const m = Math.max(height, width);
      const n = Math.min(height, width);
      const { q, diagonal } = householderQR(Float64Array.from(standardNormals(stream, m * n)), m, n);
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const short = height <= width ? row : column;
          const long = height <= width ? column : row;
          const sign = diagonal[short] < 0 ? -gain : gain;
          out[rows[row][column]] = sign * q[short * m + long];
        }
      }
    }
    return tensor('float32', dims, out);
  };
}

/**
 * The places of a weight's elements as matrices: per group, per output, over inputs then kernel in the order of the
 * axes. `result[group][output][k]` is an offset into the row-major data.
 */
export function rowsByGroup(dims: readonly number[], layout: Layout): Int32Array[][] {
  const count = elementCount(dims);
  const perGroup = dims[groupedAxis(layout)] / layout.groups;
  const outputs = layout.transposed ? dims[layout.outAxis] : perGroup;
  const width = count / layout.groups / outputs;
  const result = Array.from({ length: layout.groups }, () =>
    Array.from({ length: outputs }, () => new Int32Array(width)),
  );
  const used = new Int32Array(layout.groups * outputs);
  const index = new Int32Array(dims.length);
  for (let offset = 0; offset < count; offset++) {
    const group = Math.floor(index[groupedAxis(layout)] / perGroup);
    const output = layout.transposed ? index[layout.outAxis] : index[layout.outAxis] % perGroup;
    result[group][output][used[group * outputs + output]++] = offset;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      if (++index[axis] < dims[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}
