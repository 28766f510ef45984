import { elementCount, tensor } from '../tensor/tensor.ts';
import { checkNumber } from './check.ts';
import type { Initializer } from './initializer.ts';

/**
 * Every value the same.
 *
 * For weights only as a lesson: units of a layer that start equal stay equal, because their gradients are equal.
 *
 * @param value  any finite number
 * @throws initializers.bad_parameter
 */
export function constant(value: number): Initializer {
  checkNumber('constant', 'value', value, 'finite');
  return (_stream, { dims }) => tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value));
}

/** Every value 0: {@link constant}(0). The usual start of a bias and of a shift. */
export function zeros(): Initializer {
  return constant(0);
}

/** Every value 1: {@link constant}(1). The usual start of a scale. */
export function ones(): Initializer {
  return constant(1);
}
