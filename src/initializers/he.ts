import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';
import { type FanMode, varianceScaling } from './variance-scaling.ts';

export interface HeOptions {
  /** Slope of the leaky rectifier for negative inputs; default 0, plain ReLU. */
  readonly slope?: number;
  /** `fanIn` (default) keeps the signal, `fanOut` the gradient. */
  readonly mode?: FanMode;
}

/**
 * He initialization, normal, for layers followed by a rectifier. Also known as Kaiming, MSRA.
 *
 * Specialization of {@link varianceScaling} with scale 2 / (1 + slope²) and distribution `normal`:
 *
 *   std = sqrt(2 / ((1 + slope²) fanIn))
 *
 * Keeps the second moment of the signal, E[x_l²] = E[x_{l-1}²], when pre-activations are symmetric about 0.
 *
 * @throws initializers.bad_parameter
 * @see He, Zhang, Ren, Sun 2015, eq. 10 (forward), 14 (backward) and 15 (leaky)
 * @example
 * heNormal()(threefry(0), parameterShape({ name: 'w', dims: [784, 256], layout: denseInOut })); // std 0.0505
 */
export function heNormal(options: HeOptions = {}): Initializer {
  return varianceScaling({
    scale: heScale('he-normal', options),
    mode: options.mode,
    distribution: 'normal',
  });
}

/**
 * He initialization, uniform: the variance of {@link heNormal} from U(-l, l) with
 *
 *   l = sqrt(6 / ((1 + slope²) fanIn))
 *
 * @throws initializers.bad_parameter
 */
export function heUniform(options: HeOptions = {}): Initializer {
  return varianceScaling({
    scale: heScale('he-uniform', options),
    mode: options.mode,
    distribution: 'uniform',
  });
}

function heScale(rule: string, { slope = 0 }: HeOptions): number {
  checkNumber(rule, 'slope', slope, 'finite');
  return 2 / (1 + slope * slope);
}
