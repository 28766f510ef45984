import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digest } from '../../test/support/digest.ts';
import type { IntegerType } from './bounded-integers.ts';
import { NumpyGenerator } from './numpy-generator.ts';
import { NumpyRandomState } from './numpy-legacy.ts';
import { SeedSequence } from './seed-sequence.ts';

interface Sequences {
  seed: string | string[];
  words: string;
  random: string;
  randomSingle: string;
  normal: string;
  normalSingle: string;
  normalBetween: string;
  uniform: string;
  permutation: string;
  integers: string[];
  spawned: string;
  mixed: number[];
}
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/numpy-generator.json', import.meta.url), 'utf8'),
) as {
  versions: { numpy: string };
  sequences: Sequences[];
  integers: [IntegerType, string, string][];
  vectors: { file: string; seed: number; count: number; digest: string }[];
};

describe.each(fixture.sequences)(`equals numpy ${fixture.versions.numpy}: default_rng($seed)`, (numpy) => {
  const seed = typeof numpy.seed === 'string' ? BigInt(numpy.seed) : numpy.seed.map(BigInt);
  const stream = () => new NumpyGenerator(seed);

  test('the words of the seed sequence, and a grandchild of it', () => {
    expect(digest(new SeedSequence(seed).words(9))).toBe(numpy.words);
    expect(digest(stream().spawn(3)[2].spawn(2)[1].normal(new Float64Array(100)))).toBe(numpy.spawned);
  });

  test('uniform numbers in double and single precision', () => {
    expect(digest(stream().uniform(new Float64Array(20001)))).toBe(numpy.random);
    expect(digest(stream().randomSingle(new Float32Array(20001)))).toBe(numpy.randomSingle);
    expect(digest(stream().uniform(new Float64Array(1000), -0.05, 0.05))).toBe(numpy.uniform);
  });

  test('normal numbers in double and single precision, tails and wedges too', () => {
    expect(digest(stream().normal(new Float64Array(100001)))).toBe(numpy.normal);
    expect(digest(stream().standardNormalSingle(new Float32Array(100001)))).toBe(numpy.normalSingle);
    expect(digest(stream().normal(new Float64Array(1000), 3, 0.25))).toBe(numpy.normalBetween);
  });

  test('permutation and integers of every type', () => {
    expect(digest(stream().permutation(5000))).toBe(numpy.permutation);
    for (const [i, [type, low, high]] of fixture.integers.entries()) {
      const ours = stream().integers(BigInt(low), BigInt(high), 501, type);
      expect(digest(ours), `${type} ${low} ${high}`).toBe(numpy.integers[i]);
    }
  });

  test('draws in turn: half a word waits through draws of doubles', () => {
    const s = stream();
    const ours = [
      ...s.normal(new Float64Array(3)),
      ...s.randomSingle(new Float32Array(3)),
      ...s.integers(0, 10, 3, 'int64'),
      ...s.uniform(new Float64Array(2)),
      ...s.permutation(5),
    ];
    expect(ours.map(Number)).toEqual(numpy.mixed);
  });
});

describe("numpy's own test vectors", () => {
  test.each(fixture.vectors)('$file', ({ file, seed, count, digest: expected }) => {
    if (file.startsWith('pcg64')) {
      // 64-bit words, the lower half first.
      expect(digest(new NumpyGenerator(seed).bits(new Uint32Array(2 * count)))).toBe(expected);
      return;
    }
    // The bit generator MT19937 takes its state from a seed sequence, with the top bit of the first word alone.
    const words = new SeedSequence(seed).words(624);
    words[0] = 0x80000000;
    const stream = new NumpyRandomState(0);
    stream.setState({ words, position: 623, cachedNormal: undefined });
    expect(digest(stream.bits(new Uint32Array(count)))).toBe(expected);
  });
});

test('the state goes on where it was saved, half a word included; generators do not disturb each other', () => {
  const stream = new NumpyGenerator(1);
  const other = new NumpyGenerator(2);
  stream.randomSingle(new Float32Array(3));
  const state = stream.getState();
  expect(state.waiting).toBeDefined();
  const next = stream.randomSingle(new Float32Array(5));
  other.setState(state);
  stream.normal(new Float64Array(10));
  expect(other.randomSingle(new Float32Array(5))).toEqual(next);
});

test('single-precision arrays of the seam get the doubles, rounded once', () => {
  const doubles = new NumpyGenerator(3).normal(new Float64Array(100), 1, 2);
  expect(new NumpyGenerator(3).normal(new Float32Array(100), 1, 2)).toEqual(Float32Array.from(doubles));
});

test('bad arguments are refused', () => {
  for (const seed of [-1, 0.5, Number.NaN, -1n, [1, -2]]) {
    expect(() => new NumpyGenerator(seed)).toThrow(expect.objectContaining({ code: 'random.bad_seed' }));
  }
  const stream = new NumpyGenerator(0);
  const ranges = [
    [0, 0, 'int8'],
    [-129, 0, 'int8'],
    [0, 129, 'int8'],
    [0, 3, 'bool'],
    [0.5, 3, 'int32'],
    [0, 2n ** 64n + 1n, 'uint64'],
  ] as const;
  for (const [low, high, type] of ranges) {
    expect(() => stream.integers(low, high, 1, type)).toThrow(
      expect.objectContaining({ code: 'random.bad_integer_range' }),
    );
  }
  const state = stream.getState();
  for (const bad of [{ state: -1n }, { increment: 2n }, { waiting: 0.5 }]) {
    expect(() => stream.setState({ ...state, ...bad })).toThrow(
      expect.objectContaining({ code: 'random.bad_pcg64_state' }),
    );
  }
});
