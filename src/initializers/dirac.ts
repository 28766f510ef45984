import { OutsetError } from '../messages/error.ts';
import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { checkNumber, layoutOf } from './check.ts';
import { checkLayout, groupedAxis } from './fans.ts';
import type { Initializer } from './initializer.ts';

/**
 * Identity: output i starts as input i. Dense weights only, also rectangular: what has no partner is 0.
 *
 * @param options.gain  value on the diagonal, default 1
 * @throws initializers.bad_parameter, initializers.needs_dense (a convolution: use {@link dirac})
 */
export function identity({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber('identity', 'gain', gain, 'finite');
  const place = dirac({ gain });
  return (stream, parameter) => {
    if (layoutOf('identity', parameter).kernelAxes.length > 0) {
      throw new OutsetError('initializers.needs_dense', {
        rule: 'identity',
        name: parameter.name,
        dims: [...parameter.dims],
        instead: 'dirac',
      });
    }
    return place(stream, parameter);
  };
}

/**
 * Dirac: the identity as a convolution. In each group, output channel i passes input channel i on unchanged, by a
 * single tap at the centre (index floor(k / 2)) of the kernel; channels without a partner give 0.
 *
 * @param options.gain  value of the tap, default 1
 * @throws initializers.bad_parameter, initializers.needs_layout
 * @see PyTorch `torch.nn.init.dirac_(groups)`; Zagoruyko, Komodakis 2017, "DiracNets"
 */
export function dirac({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber('dirac', 'gain', gain, 'finite');
  return (_stream, parameter) => {
    const { dims } = parameter;
    const layout = layoutOf('dirac', parameter);
    checkLayout(dims, layout);
    const out = new Float32Array(elementCount(dims));
    if (out.length === 0) return tensor('float32', dims, out);
    const step = strides(dims);
    const long = groupedAxis(layout);
    const short = layout.transposed ? layout.outAxis : layout.inAxis;
    const perGroup = dims[long] / layout.groups;
    let centre = 0;
    for (const axis of layout.kernelAxes) centre += Math.floor(dims[axis] / 2) * step[axis];
    for (let group = 0; group < layout.groups; group++) {
      for (let i = 0; i < Math.min(perGroup, dims[short]); i++) {
        out[(group * perGroup + i) * step[long] + i * step[short] + centre] = gain;
      }
    }
    return tensor('float32', dims, out);
  };
}
