import { OutsetError } from '../messages/error.ts';
import type { Stream } from '../random/stream.ts';
import { householderQR } from '../tensor/householder-qr.ts';
import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { checkNumber, layoutOf } from './check.ts';
import { checkLayout } from './fans.ts';
import type { Initializer, Layout } from './initializer.ts';
import { standardNormals } from './standard-normals.ts';

/**
 * Orthogonal convolutions in one to three dimensions: the convolution itself, not its kernel as a matrix, keeps the length
 * of every signal (with full or circular padding), and no tap of the kernel is 0.
 *
 * An orthogonal matrix, convolved along each axis k - 1 times with a pair of taps [P, I - P], where P is a random
 * orthogonal projection of the outputs: P + (I - P) z is unitary for every frequency z, and so is every product of such.
 *
 * Needs as many outputs as inputs or more. Kernels may be of any, also unequal, lengths. Grouped convolutions get an
 * orthogonal convolution per group; dense weights an orthogonal matrix.
 *
 * @param options.gain  default 1; sqrt(2) for ReLU
 * @throws initializers.bad_parameter, initializers.needs_layout, initializers.needs_wide (fewer outputs than inputs)
 * @see Xiao et al. 2018, algorithm 2 and appendix; Kautsky, Turcajova 1994; TensorFlow 1 `ConvolutionOrthogonal1D` to `3D`
 */
export function convolutionOrthogonal({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber('conv-orthogonal', 'gain', gain, 'finite');
  return (stream, parameter) => {
    const { dims, name } = parameter;
    const layout = layoutOf('conv-orthogonal', parameter);
    checkLayout(dims, layout);
    const inputs = dims[layout.inAxis] / (layout.transposed ? layout.groups : 1);
    const outputs = dims[layout.outAxis] / (layout.transposed ? 1 : layout.groups);
    if (inputs > outputs) {
      throw new OutsetError('initializers.needs_wide', {
        rule: 'conv-orthogonal',
        name,
        dims: [...dims],
        inputs,
        outputs,
        instead: 'delta-orthogonal',
      });
    }
    const out = new Float32Array(elementCount(dims));
    if (out.length === 0) return tensor('float32', dims, out);
    const kernel = layout.kernelAxes.map((axis) => dims[axis]);
    for (let group = 0; group < layout.groups; group++) {
      place(out, dims, layout, group, paraunitary(stream, inputs, outputs, kernel), gain);
    }
    return tensor('float32', dims, out);
  };
}

/** A kernel [...taps, inputs, outputs] whose convolution keeps lengths: rows of length 1 at every frequency. */
function paraunitary(
  stream: Stream,
  inputs: number,
  outputs: number,
  kernel: readonly number[],
): Float64Array {
  const frame = orthonormalColumns(stream, outputs, inputs);
  let current = new Float64Array(inputs * outputs);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) current[i * outputs + o] = frame[i * outputs + o];
  }
  const lengths = kernel.map(() => 1);
  for (let axis = 0; axis < kernel.length; axis++) {
    while (lengths[axis] < kernel[axis]) {
      current = addTap(current, lengths, axis, inputs, outputs, projection(stream, outputs));
      lengths[axis] += 1;
    }
  }
  return current;
}

/** The kernel convolved along one axis with the taps [P, I - P]. */
function addTap(
  kernel: Float64Array,
  lengths: readonly number[],
  axis: number,
  inputs: number,
  outputs: number,
  projector: Float64Array,
): Float64Array<ArrayBuffer> {
  const block = inputs * outputs;
  const inner = lengths.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = lengths.slice(0, axis).reduce((a, b) => a * b, 1);
  const length = lengths[axis];
  const out = new Float64Array(outer * (length + 1) * inner * block);
  for (let a = 0; a < outer; a++) {
    for (let t = 0; t < length; t++) {
      for (let b = 0; b < inner; b++) {
        const from = ((a * length + t) * inner + b) * block;
        const first = ((a * (length + 1) + t) * inner + b) * block;
        const second = first + inner * block;
        for (let i = 0; i < inputs; i++) {
          for (let o = 0; o < outputs; o++) {
            let projected = 0;
            for (let k = 0; k < outputs; k++) {
              projected += kernel[from + i * outputs + k] * projector[k * outputs + o];
            }
            out[first + i * outputs + o] += projected;
            out[second + i * outputs + o] += kernel[from + i * outputs + o] - projected;
          }
        }
      }
    }
  }
  return out;
}

/** Projection onto about half of the directions of a random orthonormal basis: each is kept with probability 1/2. */
function projection(stream: Stream, n: number): Float64Array {
  const basis = orthonormalColumns(stream, n, n);
  const kept = standardNormals(stream, n);
  const out = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    if (!(kept[c] > 0)) continue;
    for (let i = 0; i < n; i++) {
      const left = basis[c * n + i];
      for (let j = 0; j < n; j++) out[i * n + j] += left * basis[c * n + j];
    }
  }
  return out;
}

/** `columns` orthonormal vectors of length `rows`, Haar; vector c at c * rows. */
function orthonormalColumns(stream: Stream, rows: number, columns: number): Float64Array {
  const { q, diagonal } = householderQR(
    Float64Array.from(standardNormals(stream, rows * columns)),
    rows,
    columns,
  );
  for (let c = 0; c < columns; c++) {
    if (diagonal[c] < 0) for (let i = 0; i < rows; i++) q[c * rows + i] = -q[c * rows + i];
  }
  return q;
}

function place(
  out: Float32Array,
  dims: readonly number[],
  layout: Layout,
  group: number,
  kernel: Float64Array,
  gain: number,
): void {
  const step = strides(dims);
  const inputs = dims[layout.inAxis] / (layout.transposed ? layout.groups : 1);
  const outputs = dims[layout.outAxis] / (layout.transposed ? 1 : layout.groups);
  const start = layout.transposed
    ? group * inputs * step[layout.inAxis]
    : group * outputs * step[layout.outAxis];
  const taps = kernel.length / (inputs * outputs);
  for (let tap = 0; tap < taps; tap++) {
    let offset = start;
    let rest = tap;
    for (let k = layout.kernelAxes.length - 1; k >= 0; k--) {
      const axis = layout.kernelAxes[k];
      offset += (rest % dims[axis]) * step[axis];
      rest = Math.floor(rest / dims[axis]);
    }
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        out[offset + i * step[layout.inAxis] + o * step[layout.outAxis]] =
          gain * kernel[(tap * inputs + i) * outputs + o];
      }
    }
  }
}
