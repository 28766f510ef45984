import { JaxStream } from '../../../src/random/jax-stream.ts';
import type { NumpyGenerator } from '../../../src/random/numpy-generator.ts';
import { elementCount, type Plain, real, type TripleFunction, type TripleLibrary, whole } from './library.ts';

const singles = (dims: readonly number[]) => new Float32Array(elementCount(dims));
const doubles = (dims: readonly number[]) => new Float64Array(elementCount(dims));
const seed64 = (draw: NumpyGenerator): Plain =>
  String(draw.integers(0, 1n << BigInt(whole(draw, 1, 62)), 1, 'int64')[0]);

/** The first argument of every function is the mode: true for partitionable. */
function drawn(
  ours: (stream: JaxStream, dims: readonly number[], ...args: Plain[]) => ArrayBufferView,
  args: TripleFunction['arguments'] = () => [],
): TripleFunction {
  return {
    seed: seed64,
    arguments: (draw) => [whole(draw, 0, 1) === 1, ...args(draw)],
    ours: (seed, dims, partitionable, ...rest) =>
      ours(
        new JaxStream(BigInt(seed as string), partitionable ? 'partitionable' : 'original'),
        dims,
        ...rest,
      ),
  };
}

const bounds = (draw: NumpyGenerator) => [real(draw, -5, 0), real(draw, 0, 5)];
const types = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64'] as const;
const integerRange = (draw: NumpyGenerator): Plain[] => {
  const type = types[whole(draw, 0, types.length - 1)];
  const bits = Number(/\d+$/.exec(type)![0]);
  const least = type.startsWith('int') ? -(2 ** (bits - 1)) : 0;
  const size = Math.min(2 ** bits, 2 ** 53) - 1;
  const low = least + Math.floor(real(draw, 0, 0.5) ** real(draw, 1, 5) * size);
  const high = Math.min(
    low + 1 + Math.floor(real(draw, 0, 0.5) * size * real(draw, 0, 1) ** 4),
    least + size,
  );
  return [type, String(BigInt(low)), String(BigInt(high))];
};

/** Functions of jax.random, in both modes of its Threefry; those with 64 in the name need `jax_enable_x64`. */
export const jaxTriples: TripleLibrary = {
  module: 'jax',
  interpreter: 'OUTSET_PYTHON_JAX',
  shapes: 1,
  functions: {
    bits: drawn((stream, dims) => stream.bits(new Uint32Array(elementCount(dims)))),
    uniform: drawn(
      (stream, dims, low, high) => stream.uniform(singles(dims), low as number, high as number),
      bounds,
    ),
    uniform64: drawn((stream, dims) => stream.uniform(doubles(dims))),
    normal: drawn((stream, dims) => stream.normal(singles(dims))),
    normal64: drawn((stream, dims) => stream.normal(doubles(dims))),
    truncated_normal: drawn(
      (stream, dims, lower, upper) =>
        stream.truncatedNormal(singles(dims), { lower: lower as number, upper: upper as number }),
      (draw) => [real(draw, -3, 0), real(draw, 0, 3)],
    ),
    permutation: drawn((stream, dims) => stream.permutation(elementCount(dims))),
    randint: drawn(
      (stream, dims, type, low, high) =>
        stream.randint(BigInt(low as string), BigInt(high as string), elementCount(dims), type as 'int32'),
      integerRange,
    ),
    split: drawn(
      (stream, _dims, count) => Uint32Array.from(stream.split(count as number).flatMap(({ key }) => key)),
      (draw) => [whole(draw, 2, 3)],
    ),
    fold_in: drawn(
      (stream, _dims, data) => Uint32Array.from(stream.child(data as number).key),
      (draw) => [whole(draw, 0, 2 ** 32 - 1)],
    ),
  },
};
