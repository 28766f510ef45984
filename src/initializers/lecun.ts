import type { Initializer } from './initializer.ts';
import { varianceScaling } from './variance-scaling.ts';

/**
 * LeCun initialization, normal.
 *
 * Specialization of {@link varianceScaling} with scale 1, mode `fanIn`, distribution `normal`:
 *
 *   std = sqrt(1 / fanIn)
 *
 * Keeps the second moment of the signal through a linear layer; also the rule of SELU networks.
 *
 * @see LeCun, Bottou, Orr, Müller 1998, "Efficient backprop", eq. 16; Klambauer et al. 2017
 */
export function lecunNormal(): Initializer {
  return varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'normal' });
}

/**
 * LeCun initialization, uniform: the variance of {@link lecunNormal} from U(-l, l) with l = sqrt(3 / fanIn).
 */
export function lecunUniform(): Initializer {
  return varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'uniform' });
}
