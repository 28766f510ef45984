import { byParameter } from './by-parameter.ts';
import { checkNumber } from './check.ts';
import { constant } from './constant.ts';
import type { ModelRule } from './model-rule.ts';
import { normal } from './normal.ts';

export interface NeuralTangentOptions {
  /** sigma_w: factor on x W / sqrt(fanIn), for the activation; default 1. */
  readonly gain?: number;
  /** beta: factor on biases, which are N(0, 1); default 0: biases start at 0 and learn as usual. */
  readonly beta?: number;
  /**
   * True (default): the factors are multiplied into the values, and the learning rates make up for it, which is the same
   * training step for step. False: values N(0, 1), and the layer has to multiply by `scales.forward`.
   */
  readonly fold?: boolean;
}

/**
 * Neural-tangent parametrization: weights N(0, 1) behind a factor gain / sqrt(fanIn), so that the tangent kernel has a
 * limit at infinite width.
 *
 *   z = gain / sqrt(fanIn) x W + beta b,   W, b ~ N(0, 1)
 *
 * Folded: w ~ N(0, gain² / fanIn) with learning rates times gain² / fanIn (SGD) or gain / sqrt(fanIn) (Adam).
 *
 * @throws initializers.bad_parameter
 * @see Jacot, Gabriel, Hongler 2018, section 2 (eq. for the preactivations); Yang, Hu 2021, table 1 (equivalence)
 */
export function neuralTangent({ gain = 1, beta = 0, fold = true }: NeuralTangentOptions = {}): ModelRule {
  checkNumber('ntk', 'gain', gain, '> 0', gain > 0);
  checkNumber('ntk', 'beta', beta, '>= 0', beta >= 0);
  return byParameter(
    () =>
      ({ role, fanIn }) => {
        if (role === 'bias' && beta === 0) return { values: constant(0) };
        if (role !== 'weight' && role !== 'bias') return undefined;
        const factor = role === 'bias' ? beta : gain / Math.sqrt(Math.max(1, fanIn));
        return fold
          ? { values: normal({ std: factor }), scale: { sgd: factor * factor, adam: factor, forward: 1 } }
          : { values: normal({ std: 1 }), scale: { sgd: 1, adam: 1, forward: factor } };
      },
    true,
  );
}
