import { OutsetError } from '../messages/error.ts';
import { elementCount, strides, tensor } from '../tensor/tensor.ts';
import { checkNotNegative, checkNumber, layoutOf } from './check.ts';
import { checkLayout } from './fans.ts';
import type { Initializer } from './initializer.ts';
import { rowsByGroup } from './orthogonal.ts';

/**
 * Sparse initialization: each output has the same small number of incoming weights that are not 0.
 *
 * The total input of a unit then does not grow with the layer, and units start out different from each other.
 *
 * @param options.connections  incoming weights per output, default 15; all of them where there are fewer inputs
 * @param options.std  standard deviation of those weights, default 1
 * @throws initializers.bad_parameter, initializers.needs_layout
 * @see Martens 2010, "Deep learning via Hessian-free optimization", section 5
 */
export function sparse({
  connections = 15,
  std = 1,
}: {
  connections?: number;
  std?: number;
} = {}): Initializer {
  checkNumber(
    'sparse',
    'connections',
    connections,
    'whole, >= 1',
    Number.isInteger(connections) && connections >= 1,
  );
  checkNotNegative('sparse', 'std', std);
  return (stream, parameter) => {
    const { dims } = parameter;
    const layout = layoutOf('sparse', parameter);
    checkLayout(dims, layout);
    const out = new Float32Array(elementCount(dims));
    if (out.length === 0) return tensor('float32', dims, out);
    for (const rows of rowsByGroup(dims, layout)) {
      for (const row of rows) {
        const chosen = stream.permutation(row.length).subarray(0, connections);
        const values = stream.normal(new Float32Array(chosen.length), 0, std);
        for (let i = 0; i < chosen.length; i++) out[row[chosen[i]]] = values[i];
      }
    }
    return tensor('float32', dims, out);
  };
}

/**
 * Sparse initialization as `torch.nn.init.sparse_` has it: normal numbers everywhere, then for each *input* a fraction
 * of its outgoing weights set to 0. Dense weights only.
 *
 * @param options.sparsity  fraction of the outputs, 0 to 1, rounded up to whole ones; default 0.9
 * @param options.std  standard deviation of the weights that stay, default 0.01
 * @throws initializers.bad_parameter, initializers.needs_layout, initializers.needs_dense
 */
export function torchSparse({
  sparsity = 0.9,
  std = 0.01,
}: {
  sparsity?: number;
  std?: number;
} = {}): Initializer {
  checkNumber('torch-sparse', 'sparsity', sparsity, '0 ... 1', sparsity >= 0 && sparsity <= 1);
  checkNotNegative('torch-sparse', 'std', std);
  return (stream, parameter) => {
    const { dims, name } = parameter;
    const layout = layoutOf('torch-sparse', parameter);
    checkLayout(dims, layout);
    if (layout.kernelAxes.length > 0) {
      throw new OutsetError('initializers.needs_dense', {
        rule: 'torch-sparse',
        name,
        dims: [...dims],
        instead: 'sparse',
      });
    }
    const out = stream.normal(new Float32Array(elementCount(dims)), 0, std);
    const step = strides(dims);
    const outputs = dims[layout.outAxis];
    const zeroCount = Math.ceil(sparsity * outputs);
    for (let input = 0; input < dims[layout.inAxis]; input++) {
      const order = stream.permutation(outputs);
      for (let i = 0; i < zeroCount; i++)
        out[input * step[layout.inAxis] + order[i] * step[layout.outAxis]] = 0;
    }
    return tensor('float32', dims, out);
  };
}
