/**
 * Variance scaling: the general form of LeCun's, Glorot's and He's rules.
 *
 *   variance = scale / fan
 *
 * with `fan` one of the layer's fans or a mean of both, and a distribution of mean 0. If the inputs of a layer are
 * independent of its weights, E[z^2] = fanIn Var(w) E[x^2], so scale 1 with fanIn keeps the second moment of a
 * linear layer, and fanOut that of the gradient.
 */

import { OutsetError } from '../messages/error.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNotNegative } from './check.ts';
import type { Initializer, ParameterShape } from './initializer.ts';
import { truncatedNormalStd } from './truncated-normal.ts';

/** `fanAvg` is the arithmetic mean of the fans (Glorot), `fanGeometric` the geometric one. */
export const fanModes = ['fanIn', 'fanOut', 'fanAvg', 'fanGeometric'] as const;
export type FanMode = (typeof fanModes)[number];

/** `truncatedNormal` is cut at 2 standard deviations and widened so that the variance is as asked for. */
export const distributions = ['uniform', 'normal', 'truncatedNormal'] as const;
export type Distribution = (typeof distributions)[number];

export interface VarianceScalingOptions {
  /** Default 1. */
  readonly scale?: number;
  /** Default `fanIn`. */
  readonly mode?: FanMode;
  /** Default `truncatedNormal`, as in Keras and JAX. */
  readonly distribution?: Distribution;
}

/**
 * Draws with variance scale / fan.
 *
 *   uniform: U(-l, l), l = sqrt(3 scale / fan)      normal: N(0, scale / fan)
 *   truncatedNormal: N(0, s^2) cut at 2 s, s = sqrt(scale / fan) / 0.87962566103423978
 *
 * A fan below 1 counts as 1, so that a layer without inputs gets finite numbers.
 *
 * @throws initializers.bad_parameter
 * @see Keras `VarianceScaling`, JAX `variance_scaling`
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const { scale = 1, mode = 'fanIn', distribution = 'truncatedNormal' } = options;
  checkNotNegative('variance-scaling', 'scale', scale);
  checkChoice('mode', mode, fanModes);
  checkChoice('distribution', distribution, distributions);
  return (stream, parameter) => {
    const { dims } = parameter;
    const std = Math.sqrt(scale / Math.max(1, fanOf(parameter, mode)));
    const out = new Float32Array(elementCount(dims));
    if (distribution === 'uniform') stream.uniform(out, -Math.sqrt(3) * std, Math.sqrt(3) * std);
    else if (distribution === 'normal') stream.normal(out, 0, std);
    else stream.truncatedNormal(out, { std: std / truncatedNormalStd });
    return tensor('float32', dims, out);
  };
}

/** The fan that a mode picks. */
export function fanOf({ fanIn, fanOut }: Pick<ParameterShape, 'fanIn' | 'fanOut'>, mode: FanMode): number {
  if (mode === 'fanIn') return fanIn;
  if (mode === 'fanOut') return fanOut;
  return mode === 'fanAvg' ? (fanIn + fanOut) / 2 : Math.sqrt(fanIn * fanOut);
}

function checkChoice(parameter: string, got: string, allowed: readonly string[]): void {
  if (allowed.includes(got)) return;
  throw new OutsetError('initializers.bad_parameter', {
    rule: 'variance-scaling',
    parameter,
    got,
    expected: allowed.join(' | '),
  });
}
