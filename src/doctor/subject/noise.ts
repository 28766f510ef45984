import type { Stream } from '../../random/stream.ts';
import { type Dims, elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { SubjectInput } from '../subject.ts';

/** Noise for one input: normal numbers, whole numbers below `categories`, or ones for masks. */
export function noiseFor(input: SubjectInput, size: number, stream: Stream): Tensor {
  const dims: Dims = input.dims.map((length) => (length < 0 ? size : length));
  const count = elementCount(dims);
  if (input.dtype === 'float32') {
    const numbers = stream.normal(new Float32Array(count));
    if (input.usual !== undefined) unstandardize(numbers, input.usual);
    return tensor('float32', dims, numbers);
  }
  if (input.dtype === 'bool') return tensor('bool', dims, new Uint8Array(count).fill(1));
  const categories = input.categories ?? (input.dtype === 'uint8' ? 256 : 2);
  const isMask = input.categories === undefined && /mask/i.test(input.name);
  const uniform = stream.uniform(new Float64Array(count));
  const whole = Array.from(uniform, (u) =>
    isMask ? 1 : Math.min(Math.floor(u * categories), categories - 1),
  );
  if (input.dtype === 'int64') return tensor('int64', dims, BigInt64Array.from(whole, BigInt));
  return input.dtype === 'int32'
    ? tensor('int32', dims, Int32Array.from(whole))
    : tensor('uint8', dims, Uint8Array.from(whole));
}

/** Gives standard normal numbers the means and deviations that the model expects. */
function unstandardize(
  numbers: Float32Array,
  { means, deviations }: NonNullable<SubjectInput['usual']>,
): void {
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = means[i % means.length] + numbers[i] * deviations[i % deviations.length];
  }
}
