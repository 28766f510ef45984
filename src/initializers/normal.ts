import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNotNegative, checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';

/**
 * Normal numbers, whatever the shape.
 *
 * @param options.mean  default 0
 * @param options.std  standard deviation, default 0.05 as in Keras
 * @throws initializers.bad_parameter
 */
export function normal({ mean = 0, std = 0.05 }: { mean?: number; std?: number } = {}): Initializer {
  checkNumber('normal', 'mean', mean, 'finite');
  checkNotNegative('normal', 'std', std);
  return (stream, { dims }) =>
    tensor('float32', dims, stream.normal(new Float32Array(elementCount(dims)), mean, std));
}
