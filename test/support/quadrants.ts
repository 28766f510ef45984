import { threefry } from '../../src/random/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';

/** Normal numbers, 32 an example, and four classes: the signs of the first two. */
export function quadrants(size: number) {
  const features = tensor('float32', [size, 32], threefry(5).normal(new Float32Array(size * 32)));
  const labels = tensor(
    'int32',
    [size],
    Int32Array.from(
      { length: size },
      (_, i) => (features.data[i * 32] > 0 ? 1 : 0) + (features.data[i * 32 + 1] > 0 ? 2 : 0),
    ),
  );
  return { features, labels };
}
