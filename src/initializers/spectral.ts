import { byParameter } from './by-parameter.ts';
import { checkNumber } from './check.ts';
import { constant } from './constant.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';

/**
 * Spectral parametrization: weights and updates whose largest singular value is sqrt(fanOut / fanIn), up to a constant,
 * so that features move by the same amount at any width. muP in one line.
 *
 *   std = gain / sqrt(fanIn) min(1, sqrt(fanOut / fanIn))        learning rate: SGD fanOut / fanIn, Adam 1 / fanIn
 *
 * The factors on the learning rate, from `scales`, belong to it. Biases are vectors with fanIn 1: SGD fanOut, Adam 1.
 *
 * @param options.gain  default 1
 * @throws initializers.bad_parameter
 * @see Yang, Simon, Bernstein 2023, "A spectral condition for feature learning", condition 1 and parametrization 1
 */
export function spectral({ gain = 1 }: { gain?: number } = {}): ModelRule {
  checkNumber('spectral', 'gain', gain, '> 0', gain > 0);
  return byParameter(
    () => (parameter) => {
      const [fanIn, fanOut] = [Math.max(1, parameter.fanIn), Math.max(1, parameter.fanOut)];
      if (parameter.role !== 'weight') {
        const sgd = parameter.role === 'bias' ? fanOut : 1;
        return { values: constant(parameter.role === 'scale' ? 1 : 0), scale: { sgd, adam: 1, forward: 1 } };
      }
      const std = (gain / Math.sqrt(fanIn)) * Math.min(1, Math.sqrt(fanOut / fanIn));
      return { values: normal({ std }), scale: { sgd: fanOut / fanIn, adam: 1 / fanIn, forward: 1 } };
    },
    true,
  );
}
