import { byParameter } from './by-parameter.ts';
import { checkNumber } from './check.ts';
import { constant } from './constant.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';
import { widthRoles } from './width-roles.ts';

export interface MuParametrizationOptions {
  /** Width of the small model whose learning rate was tuned; there the rule is the standard one. Default 64. */
  readonly base?: number;
  /** Factor on the standard deviation of hidden and input weights, for the activation; default 1. */
  readonly gain?: number;
  /** `small` (default) or `zero`: what the output weights start at. */
  readonly readout?: 'small' | 'zero';
}

/**
 * Maximal update parametrization (muP): with it the best learning rate of a narrow network is that of a wide one.
 *
 * | weight | Var(w) | SGD | Adam |
 * |---|---|---|---|
 * | input, and biases | gain² / fanIn | fanOut / base | 1 |
 * | hidden | gain² / fanIn | fanOut / fanIn | base / fanIn |
 * | output | base / fanIn² | base / fanIn | base / fanIn |
 *
 * The last two columns are factors on the learning rate, from `scales`; without them the values alone are not muP. They are
 * counted from `base`, so that a network of that width trains as it always did. Fans of convolutions are channels: the
 * kernel does not grow. Attention has to divide by the head's size, not its root.
 *
 * @throws initializers.bad_parameter
 * @see Yang et al. 2022, "Tensor programs V", table 3 (variances and learning rates) and appendix B.1 (base shapes)
 */
export function muParametrization(options: MuParametrizationOptions = {}): ModelRule {
  const { base = 64, gain = 1, readout = 'small' } = options;
  checkNumber('mup', 'base', base, '>= 1', base >= 1);
  checkNumber('mup', 'gain', gain, '> 0', gain > 0);
  return byParameter((parameters) => {
    const roles = widthRoles(parameters);
    let layer: { role: string; outputs: number } = { role: 'input', outputs: base };
    const biasFactor = new Map<string, number>();
    for (const parameter of parameters) {
      if (parameter.role === 'weight') {
        layer = { role: roles.get(parameter.name) ?? 'hidden', outputs: channels(parameter).outputs };
      }
      biasFactor.set(parameter.name, layer.role === 'output' ? 1 : layer.outputs / base);
    }
    return (parameter) => {
      const role = roles.get(parameter.name);
      if (role === undefined) {
        const sgd = biasFactor.get(parameter.name) ?? 1;
        return { values: constant(parameter.role === 'scale' ? 1 : 0), scale: { sgd, adam: 1, forward: 1 } };
      }
      const { inputs, outputs } = channels(parameter);
      const std = gain / Math.sqrt(Math.max(1, parameter.fanIn));
      if (role === 'input') {
        return { values: normal({ std }), scale: { sgd: outputs / base, adam: 1, forward: 1 } };
      }
      if (role === 'hidden') {
        return { values: normal({ std }), scale: { sgd: outputs / inputs, adam: base / inputs, forward: 1 } };
      }
      const small = Math.sqrt(base / inputs) / Math.sqrt(Math.max(1, parameter.fanIn));
      return {
        values: readout === 'zero' ? constant(0) : normal({ std: small }),
        scale: { sgd: base / inputs, adam: base / inputs, forward: 1 },
      };
    };
  }, true);
}

/** Inputs and outputs without the kernel: what grows with the width. */
function channels(
  parameter: { dims: readonly number[]; layout?: { kernelAxes: readonly number[] } } & {
    fanIn: number;
    fanOut: number;
  },
): { inputs: number; outputs: number } {
  const kernel = (parameter.layout?.kernelAxes ?? []).reduce(
    (product, axis) => product * parameter.dims[axis],
    1,
  );
  const taps = Math.max(1, kernel);
  return { inputs: Math.max(1, parameter.fanIn / taps), outputs: Math.max(1, parameter.fanOut / taps) };
}
