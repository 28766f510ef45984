import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';
import { varianceScaling } from './variance-scaling.ts';

export interface GlorotOptions {
  /** Factor on the standard deviation, for the activation that follows; default 1. */
  readonly gain?: number;
}

/**
 * Glorot initialization, uniform. Also known as Xavier.
 *
 * Specialization of {@link varianceScaling} with scale gain², mode `fanAvg`, distribution `uniform`:
 *
 *   limit = gain sqrt(6 / (fanIn + fanOut))
 *
 * A compromise between keeping the signal (fanIn) and the gradient (fanOut) of a linear layer.
 *
 * @throws initializers.bad_parameter
 * @see Glorot, Bengio 2010, eq. 16 ("normalized initialization")
 */
export function glorotUniform({ gain = 1 }: GlorotOptions = {}): Initializer {
  checkNumber('glorot-uniform', 'gain', gain, '> 0', gain > 0);
  return varianceScaling({ scale: gain * gain, mode: 'fanAvg', distribution: 'uniform' });
}

/**
 * Glorot initialization, normal. Also known as Xavier.
 *
 * Specialization of {@link varianceScaling} with scale gain², mode `fanAvg`, distribution `normal`:
 *
 *   std = gain sqrt(2 / (fanIn + fanOut))
 *
 * Not cut off, as in PyTorch; Keras's GlorotNormal is `varianceScaling` with `truncatedNormal`.
 *
 * @throws initializers.bad_parameter
 * @see Glorot, Bengio 2010, eq. 12
 */
export function glorotNormal({ gain = 1 }: GlorotOptions = {}): Initializer {
  checkNumber('glorot-normal', 'gain', gain, '> 0', gain > 0);
  return varianceScaling({ scale: gain * gain, mode: 'fanAvg', distribution: 'normal' });
}
