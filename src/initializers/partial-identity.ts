/** The identity for layers that are not square: ZerO and IDInit. Both without chance. */
import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { checkNumber, layoutOf } from './check.ts';
import { checkLayout } from './fans.ts';
import type { Initializer, ParameterShape } from './initializer.ts';

/**
 * ZerO initialization: the identity where a layer narrows or stays, a Hadamard matrix where it widens. Also known as ZerO.
 *
 *   outputs <= inputs:  w[o, i] = 1 if o = i, else 0
 *   outputs > inputs:   w[o, i] = 2^(-k/2) H[o, i],  H the Hadamard matrix of size 2^k >= outputs
 *
 * The Hadamard matrix is what breaks the symmetry: with zeros there, training could not leave the rank of the inputs.
 * In a convolution the centre tap (floor(k / 2)) holds the matrix and the rest is 0.
 *
 * @throws initializers.needs_layout
 * @see Zhao, Schäfer, Anandkumar 2022, "ZerO initialization", algorithm 1; H[o, i] = (-1)^popcount(o & i)
 */
export function zeroHadamard(): Initializer {
  return (_stream, parameter) =>
    matrixAtCentre('zero-hadamard', parameter, (outputs, inputs) => {
      if (outputs <= inputs) return (o, i) => (o === i ? 1 : 0);
      let size = 1;
      while (size < outputs) size *= 2;
      const scale = 1 / Math.sqrt(size);
      return (o, i) => (bitCount(o & i) % 2 === 0 ? scale : -scale);
    });
}

/**
 * Padded identity: IDInit's matrix for the main path. Where a layer widens the inputs are repeated, where it narrows they
 * are added up.
 *
 *   w[o, i] = scale if o = i (mod the smaller of outputs and inputs), else 0
 *
 * In a convolution the centre tap (floor(k / 2)) holds the matrix; the paper's patch form of it, IDIC, is not offered.
 * The last layer of a residual branch gets scale 1e-6 in the start `idinit`, which looks for it.
 *
 * @param options.scale  tau, default 1
 * @throws initializers.bad_parameter, initializers.needs_layout
 * @see Pan et al. 2025, "IDInit", section 3.1 (IDI) and 3.2 (IDIZ)
 */
export function paddedIdentity({ scale = 1 }: { scale?: number } = {}): Initializer {
  checkNumber('padded-identity', 'scale', scale, 'finite');
  return (_stream, parameter) =>
    matrixAtCentre('padded-identity', parameter, (outputs, inputs) => {
      const period = Math.max(1, Math.min(outputs, inputs));
      return (o, i) => (o % period === i % period ? scale : 0);
    });
}

/**
 * Flux's `identity_init`: the identity times `gain`, outputs shifted by `shift` places around; a convolution has it at its
 * centre, which is tap floor((k - 1) / 2) here because Flux counts ceil(k / 2) from 1.
 *
 * @throws initializers.bad_parameter, initializers.needs_layout
 * @see Flux.jl `identity_init`
 */
export function fluxIdentity({ gain = 1, shift = 0 }: { gain?: number; shift?: number } = {}): Initializer {
  checkNumber('flux-identity', 'gain', gain, 'finite');
  checkNumber('flux-identity', 'shift', shift, 'whole', Number.isInteger(shift));
  return (_stream, parameter) =>
    matrixAtCentre(
      'flux-identity',
      parameter,
      (outputs) => (o, i) => (o === (((i + shift) % outputs) + outputs) % outputs ? gain : 0),
      (k) => Math.floor((k - 1) / 2),
    );
}

/** A weight whose centre tap is a matrix, per group, and 0 elsewhere. */
function matrixAtCentre(
  rule: string,
  parameter: ParameterShape,
  matrix: (outputs: number, inputs: number) => (output: number, input: number) => number,
  centreOf: (length: number) => number = (k) => Math.floor(k / 2),
) {
  const { dims } = parameter;
  const layout = layoutOf(rule, parameter);
  checkLayout(dims, layout);
  const out = new Float32Array(elementCount(dims));
  if (out.length === 0) return tensor('float32', dims, out);
  const step = strides(dims);
  const [inStep, outStep] = [step[layout.inAxis], step[layout.outAxis]];
  const inputs = dims[layout.inAxis] / (layout.transposed ? layout.groups : 1);
  const outputs = dims[layout.outAxis] / (layout.transposed ? 1 : layout.groups);
  const value = matrix(outputs, inputs);
  let centre = 0;
  for (const axis of layout.kernelAxes) centre += centreOf(dims[axis]) * step[axis];
  for (let group = 0; group < layout.groups; group++) {
    const start = centre + group * (layout.transposed ? inputs * inStep : outputs * outStep);
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) out[start + o * outStep + i * inStep] = value(o, i);
    }
  }
  return tensor('float32', dims, out);
}

function bitCount(n: number): number {
  let count = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
