import type { NumpyGenerator } from '../../../src/random/numpy-generator.ts';
import { TensorflowGenerator, TensorflowStream } from '../../../src/random/tensorflow-stream.ts';
import { elementCount, type Plain, real, type TripleLibrary, whole } from './library.ts';

const singles = (dims: readonly number[]) => new Float32Array(elementCount(dims));
const doubles = (dims: readonly number[]) => new Float64Array(elementCount(dims));
const whole64 = (draw: NumpyGenerator) =>
  String(draw.integers(-(1n << BigInt(whole(draw, 1, 63))), 1n << BigInt(whole(draw, 1, 62)), 1, 'int64')[0]);
const pair = (draw: NumpyGenerator): Plain => [whole64(draw), whole64(draw)];
const natural = (draw: NumpyGenerator): Plain =>
  String(draw.integers(0, 1n << BigInt(whole(draw, 1, 62)), 1, 'int64')[0]);
const stateless = (seed: Plain) => {
  const [first, second] = seed as readonly string[];
  return new TensorflowStream([BigInt(first), BigInt(second)]);
};
const generator = (seed: Plain) => new TensorflowGenerator(BigInt(seed as string));
const bounds = (draw: NumpyGenerator) => [real(draw, -5, 0), real(draw, 0, 5)];
const moments = (draw: NumpyGenerator) => [real(draw, -5, 5), real(draw, 0, 3)];

/** Functions of tf.random; `generator_` are those of tf.random.Generator. */
export const tensorflowTriples: TripleLibrary = {
  module: 'tensorflow',
  interpreter: 'OUTSET_PYTHON_JAX',
  functions: {
    bits: { seed: pair, ours: (seed, dims) => stateless(seed).bits(new Uint32Array(elementCount(dims))) },
    uniform: {
      seed: pair,
      arguments: bounds,
      ours: (seed, dims, low, high) => stateless(seed).uniform(singles(dims), low as number, high as number),
    },
    normal: {
      seed: pair,
      arguments: moments,
      ours: (seed, dims, mean, std) => stateless(seed).normal(singles(dims), mean as number, std as number),
    },
    truncated_normal: {
      seed: pair,
      arguments: moments,
      ours: (seed, dims, mean, std) =>
        stateless(seed).truncatedNormal(singles(dims), { mean: mean as number, std: std as number }),
    },
    normal64: { seed: pair, ours: (seed, dims) => stateless(seed).normal(doubles(dims)) },
    truncated_normal64: { seed: pair, ours: (seed, dims) => stateless(seed).truncatedNormal(doubles(dims)) },
    generator_uniform: {
      seed: natural,
      arguments: bounds,
      ours: (seed, dims, low, high) => generator(seed).uniform(singles(dims), low as number, high as number),
    },
    generator_second_normal: {
      seed: natural,
      ours: (seed, dims) => {
        const stream = generator(seed);
        stream.uniform(singles(dims));
        return stream.normal(singles(dims));
      },
    },
  },
};
