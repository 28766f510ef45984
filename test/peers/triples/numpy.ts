import type { IntegerType } from '../../../src/random/bounded-integers.ts';
import { NumpyGenerator } from '../../../src/random/numpy-generator.ts';
import { NumpyRandomState } from '../../../src/random/numpy-legacy.ts';
import { elementCount, type Plain, real, type TripleLibrary, whole } from './library.ts';

const doubles = (dims: readonly number[]) => new Float64Array(elementCount(dims));
const singles = (dims: readonly number[]) => new Float32Array(elementCount(dims));
const legacy = (seed: Plain) => new NumpyRandomState(seed as number | number[]);
const generator = (seed: Plain) =>
  new NumpyGenerator(
    typeof seed === 'object' ? seed.map((word) => BigInt(word as string)) : BigInt(seed as string),
  );

/** An integer below 2^32, or a list of such. */
const legacySeed = (draw: NumpyGenerator): Plain =>
  whole(draw, 0, 3) > 0
    ? whole(draw, 0, 2 ** 32 - 1)
    : Array.from({ length: whole(draw, 1, 700) }, () => whole(draw, 0, 2 ** 32 - 1));

/** An integer of up to 200 bits, or a list of such. */
const anySeed = (draw: NumpyGenerator): Plain => {
  const one = () =>
    String(
      Array.from({ length: whole(draw, 1, 6) }, () => BigInt(whole(draw, 0, 2 ** 32 - 1))).reduce(
        (a, b) => (a << 32n) | b,
      ),
    );
  return whole(draw, 0, 3) > 0 ? one() : Array.from({ length: whole(draw, 1, 5) }, one);
};

const bounds = (draw: NumpyGenerator) => [real(draw, -5, 0), real(draw, 0, 5)];
const moments = (draw: NumpyGenerator) => [real(draw, -5, 5), real(draw, 0, 3)];

const types = ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const;
/** A type, and bounds that fit it: any, and often those with few values. */
const integerRange = (draw: NumpyGenerator): Plain[] => {
  const type: IntegerType = types[whole(draw, 0, types.length - 1)];
  const bits = type === 'bool' ? 1 : Number(/\d+$/.exec(type)![0]);
  const least = type.startsWith('int') ? -(2n ** BigInt(bits - 1)) : 0n;
  const most = least + 2n ** BigInt(bits);
  const span = BigInt(whole(draw, 0, 2 ** 32 - 1)) * BigInt(whole(draw, 0, 2 ** 31));
  const low = least + (span % 2n ** BigInt(whole(draw, 0, bits)));
  const width =
    1n +
    (((BigInt(whole(draw, 0, 2 ** 32 - 1)) << 32n) | BigInt(whole(draw, 0, 2 ** 32 - 1))) %
      2n ** BigInt(whole(draw, 0, bits)));
  const high = low + width > most || whole(draw, 0, 9) === 0 ? most : low + width;
  return [type, String(low), String(high)];
};

/** Functions of NumPy; `legacy_` are those of RandomState. */
export const numpyTriples: TripleLibrary = {
  module: 'numpy',
  interpreter: 'OUTSET_PYTHON',
  functions: {
    legacy_random_sample: { seed: legacySeed, ours: (seed, dims) => legacy(seed).uniform(doubles(dims)) },
    legacy_uniform: {
      seed: legacySeed,
      arguments: bounds,
      ours: (seed, dims, low, high) => legacy(seed).uniform(doubles(dims), low as number, high as number),
    },
    legacy_standard_normal: { seed: legacySeed, ours: (seed, dims) => legacy(seed).normal(doubles(dims)) },
    legacy_normal: {
      seed: legacySeed,
      arguments: moments,
      ours: (seed, dims, mean, std) => legacy(seed).normal(doubles(dims), mean as number, std as number),
    },
    legacy_randint: {
      seed: legacySeed,
      arguments: integerRange,
      ours: (seed, dims, type, low, high) =>
        legacy(seed).randint(
          BigInt(low as string),
          BigInt(high as string),
          elementCount(dims),
          type as IntegerType,
        ),
    },
    legacy_permutation: {
      seed: legacySeed,
      ours: (seed, dims) => legacy(seed).permutation(elementCount(dims)),
    },
    random: { seed: anySeed, ours: (seed, dims) => generator(seed).uniform(doubles(dims)) },
    random_single: { seed: anySeed, ours: (seed, dims) => generator(seed).randomSingle(singles(dims)) },
    uniform: {
      seed: anySeed,
      arguments: bounds,
      ours: (seed, dims, low, high) => generator(seed).uniform(doubles(dims), low as number, high as number),
    },
    standard_normal: { seed: anySeed, ours: (seed, dims) => generator(seed).normal(doubles(dims)) },
    standard_normal_single: {
      seed: anySeed,
      ours: (seed, dims) => generator(seed).standardNormalSingle(singles(dims)),
    },
    normal: {
      seed: anySeed,
      arguments: moments,
      ours: (seed, dims, mean, std) => generator(seed).normal(doubles(dims), mean as number, std as number),
    },
    integers: {
      seed: anySeed,
      arguments: integerRange,
      ours: (seed, dims, type, low, high) =>
        generator(seed).integers(
          BigInt(low as string),
          BigInt(high as string),
          elementCount(dims),
          type as IntegerType,
        ),
    },
    permutation: { seed: anySeed, ours: (seed, dims) => generator(seed).permutation(elementCount(dims)) },
    spawned_standard_normal: {
      seed: anySeed,
      arguments: (draw) => [whole(draw, 1, 5)],
      ours: (seed, dims, count) =>
        generator(seed)
          .spawn(count as number)
          .at(-1)!
          .spawn(2)[1]
          .normal(doubles(dims)),
    },
  },
};
