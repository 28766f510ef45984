import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { checkNumber, layoutOf } from './check.ts';
import { checkLayout } from './fans.ts';
import type { Initializer, Layout, ParameterShape } from './initializer.ts';
import { orthogonal } from './orthogonal.ts';

/**
 * Delta-orthogonal initialization: a convolution that is an orthogonal matrix at the centre of its kernel and 0 around it.
 *
 * With as many outputs as inputs or more, and padding that keeps the size, it keeps the length of every image exactly;
 * with fewer outputs it keeps that of every gradient (JAX refuses this case). The centre is floor((k - 1) / 2), as in
 * JAX. Grouped convolutions get a matrix per group; dense weights are {@link orthogonal}.
 *
 * @param options.gain  default 1; sqrt(2) for ReLU
 * @throws initializers.bad_parameter, initializers.needs_layout
 * @see Xiao et al. 2018, "Dynamical isometry and a mean field theory of CNNs", algorithm 1; JAX `delta_orthogonal`
 */
export function deltaOrthogonal({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber('delta-orthogonal', 'gain', gain, 'finite');
  const draw = orthogonal({ gain });
  return (stream, parameter) => {
    const { dims } = parameter;
    const layout = layoutOf('delta-orthogonal', parameter);
    checkLayout(dims, layout);
    const centre = layout.kernelAxes.map((axis) => Math.floor((dims[axis] - 1) / 2));
    const { data } = draw(stream, oneTap(parameter, layout));
    return tensor('float32', dims, atTap(dims, layout, centre, data));
  };
}

/** The weight with a kernel of one tap. */
export function oneTap(parameter: ParameterShape, layout: Layout): ParameterShape {
  const dims = parameter.dims.map((n, axis) => (layout.kernelAxes.includes(axis) ? Math.min(n, 1) : n));
  return { ...parameter, dims };
}

/** A weight that is 0 but for one tap of its kernel, which holds `values` (row-major over the other axes). */
function atTap(
  dims: readonly number[],
  layout: Layout,
  tap: readonly number[],
  values: Float32Array,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(elementCount(dims));
  if (out.length === 0) return out;
  const step = strides(dims);
  let offset = 0;
  for (const [i, axis] of layout.kernelAxes.entries()) offset += tap[i] * step[axis];
  const [first, second] = [layout.inAxis, layout.outAxis].sort((a, b) => a - b);
  for (let i = 0; i < dims[first]; i++) {
    for (let j = 0; j < dims[second]; j++) {
      out[offset + i * step[first] + j * step[second]] = values[i * dims[second] + j];
    }
  }
  return out;
}
