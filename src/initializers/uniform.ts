import { OutsetError } from '../messages/error.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';

/**
 * Uniform numbers in [low, high), whatever the shape.
 *
 *   mean = (low + high) / 2,   std = (high - low) / sqrt(12)
 *
 * @param options.low  default -0.05
 * @param options.high  default 0.05, as in Keras
 * @throws initializers.bad_parameter
 */
export function uniform({ low = -0.05, high = 0.05 }: { low?: number; high?: number } = {}): Initializer {
  checkNumber('uniform', 'low', low, 'finite');
  checkNumber('uniform', 'high', high, 'finite');
  if (low > high) {
    throw new OutsetError('initializers.bad_parameter', {
      rule: 'uniform',
      parameter: 'high',
      got: String(high),
      expected: `>= low (${low})`,
    });
  }
  return (stream, { dims }) =>
    tensor('float32', dims, stream.uniform(new Float32Array(elementCount(dims)), low, high));
}
