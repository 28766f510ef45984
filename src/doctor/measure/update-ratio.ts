import { isAdaptive, optimizerConstants } from '../../training/optimizer.ts';
import type { MeasureOptions } from './examination.ts';

/**
 * Norm of the optimizer's first update of a weight over the norm of the weight; null where the weight is 0 or a number is not
 * finite. Without weight decay. The first update is: rate · g for SGD and momentum, rate · (1 + momentum) g for Nesterov's; rate
 * · g / (|g| + epsilon) for Adam; rate · g / (sqrt(1 - decay) |g| + epsilon) for RMSProp.
 */
export function updateRatio(
  weights: Float32Array,
  gradient: Float32Array,
  { optimizer = { name: 'adam' }, learningRate = 1e-3 }: Pick<MeasureOptions, 'optimizer' | 'learningRate'>,
): number | null {
  const { name, epsilon, decay, momentum } = optimizerConstants(optimizer);
  const shrink = name === 'rmsprop' ? Math.sqrt(1 - decay) : 1;
  const adaptive = isAdaptive(name);
  const factor = name === 'nesterov' ? 1 + momentum : 1;
  let update = 0;
  let size = 0;
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i];
    const step = adaptive ? g / (shrink * Math.abs(g) + epsilon) : factor * g;
    update += step * step;
    size += weights[i] * weights[i];
  }
  const ratio = learningRate * Math.sqrt(update / size);
  return Number.isFinite(ratio) ? ratio : null;
}
