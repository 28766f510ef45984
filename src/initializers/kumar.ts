import { type ActivationFunctionName, activationFunction } from './activation-functions.ts';
import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';
import { varianceScaling } from './variance-scaling.ts';

/**
 * Kumar's initialization: the variance that keeps the signal of an activation g that is differentiable at 0, from its
 * value and slope there.
 *
 *   Var(w) = 1 / (fanIn g'(0)² (1 + g(0)²))        tanh: 1 / fanIn        sigmoid: 12.8 / fanIn, std 3.6 / sqrt(fanIn)
 *
 * ReLU has no slope at 0; the paper takes He's 2 / fanIn for it, and so does this.
 *
 * @param activation  default `sigmoid`
 * @throws initializers.unknown_activation, initializers.bad_parameter where the slope at 0 is 0
 * @see Kumar 2017, "On weight initialization in deep neural networks", eq. 11 (smooth) and section 3.3 (ReLU)
 */
export function kumar({ activation = 'sigmoid' }: { activation?: ActivationFunctionName } = {}): Initializer {
  return varianceScaling({ scale: kumarScale(activation), mode: 'fanIn', distribution: 'normal' });
}

/** fanIn Var(w). */
export function kumarScale(activation: ActivationFunctionName): number {
  if (activation === 'relu') return 2;
  const { value, derivative } = activationFunction(activation);
  const slope = derivative(0);
  checkNumber('kumar', 'activation', slope, "g'(0) != 0", slope !== 0);
  return 1 / (slope * slope * (1 + value(0) * value(0)));
}
