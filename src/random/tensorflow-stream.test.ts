import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digest } from '../../test/support/digest.ts';
import { KerasJaxStream } from './keras-jax-stream.ts';
import { kerasSeeds } from './keras-seeds.ts';
import { philoxBlock } from './philox.ts';
import { KerasStream, TensorflowGenerator, TensorflowStream } from './tensorflow-stream.ts';

type Draws = Record<
  | 'uniform'
  | 'uniformBetween'
  | 'normal'
  | 'normalScaled'
  | 'truncatedNormal'
  | 'truncatedScaled'
  | 'uniform64'
  | 'normal64'
  | 'truncatedNormal64',
  string
> & { bits: number[] };
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/${name}.json`, import.meta.url), 'utf8'));
const tensorflow = read('tensorflow-random') as {
  versions: { tensorflow: string };
  stateless: (Draws & { seed: [string, string] })[];
  generator: (Draws & { seed: string; sequence: string[] })[];
};
interface Backend {
  generators: {
    seed: number;
    uniform: string;
    normal: string;
    truncatedNormal: string;
    shuffle: string;
    last: string;
  }[];
  initializers: { GlorotUniform: string; HeNormal: string; RandomNormal: string };
  model: { dims: number[]; digest: string }[];
}
const keras = read('keras-random') as { versions: { keras: string }; tensorflow: Backend; jax: Backend };

const singles = (n: number) => new Float32Array(n);
const doubles = (n: number) => new Float64Array(n);

describe('Philox-4x32, 10 rounds', () => {
  // kat_vectors of Random123 1.14, philox4x32 10.
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('known answer for counter %o', (counter, key, expected) => {
    const out = new Uint32Array(4);
    philoxBlock({ counter: Uint32Array.from(counter), key: Uint32Array.from(key) }, out);
    expect([...out].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(expected);
  });
});

function expectDraws(open: () => TensorflowStream | TensorflowGenerator, theirs: Draws): void {
  expect([...open().bits(new Uint32Array(11))]).toEqual(theirs.bits);
  expect(digest(open().uniform(singles(10001)))).toBe(theirs.uniform);
  expect(digest(open().uniform(singles(1001), -0.3, 0.8))).toBe(theirs.uniformBetween);
  expect(digest(open().normal(singles(20001)))).toBe(theirs.normal);
  expect(digest(open().normal(singles(1001), 0.5, 0.1))).toBe(theirs.normalScaled);
  expect(digest(open().truncatedNormal(singles(20002)))).toBe(theirs.truncatedNormal);
  expect(digest(open().truncatedNormal(singles(1001), { mean: 0.5, std: 0.1 }))).toBe(theirs.truncatedScaled);
  expect(digest(open().uniform(doubles(1001)))).toBe(theirs.uniform64);
  expect(digest(open().normal(doubles(5001)))).toBe(theirs.normal64);
  expect(digest(open().truncatedNormal(doubles(5001)))).toBe(theirs.truncatedNormal64);
}

describe(`equals tensorflow ${tensorflow.versions.tensorflow}, bit for bit`, () => {
  test.each(tensorflow.stateless)('tf.random.stateless_*, seed $seed', ({ seed, ...theirs }) => {
    expectDraws(() => new TensorflowStream([BigInt(seed[0]), BigInt(seed[1])]), theirs);
  });

  test.each(tensorflow.generator)('tf.random.Generator.from_seed($seed)', ({ seed, sequence, ...theirs }) => {
    expectDraws(() => new TensorflowGenerator(BigInt(seed)), theirs);
    const stream = new TensorflowGenerator(BigInt(seed));
    const drawn = [
      stream.normal(singles(7)),
      stream.uniform(singles(1000)),
      stream.truncatedNormal(singles(9)),
    ];
    expect(drawn.map(digest)).toEqual(sequence);
  });
});

const backends = [
  { name: 'tensorflow', theirs: keras.tensorflow, open: (seed: number) => new KerasStream(seed) },
  { name: 'jax', theirs: keras.jax, open: (seed: number) => new KerasJaxStream(seed) },
] as const;

describe.each(backends)(`equals keras ${keras.versions.keras} on $name, bit for bit`, ({ theirs, open }) => {
  test.each(theirs.generators)('SeedGenerator($seed), draw after draw', (generator) => {
    const stream = open(generator.seed);
    expect(digest(stream.uniform(singles(1001), -0.3, 0.8))).toBe(generator.uniform);
    expect(digest(stream.normal(singles(1001), 0.5, 0.1))).toBe(generator.normal);
    expect(digest(stream.truncatedNormal(singles(1001), { mean: 0.5, std: 0.1 }))).toBe(
      generator.truncatedNormal,
    );
    expect(digest(stream.permutation(100))).toBe(generator.shuffle);
    expect(digest(stream.normal(singles(5)))).toBe(generator.last);
  });

  const glorot = (seed: number, dims: readonly number[], fans: number) => {
    const limit = Math.sqrt((3 * 2) / fans);
    return digest(open(seed).uniform(singles(dims.reduce((a, b) => a * b)), -limit, limit));
  };

  test('initializers with an integer seed', () => {
    expect(glorot(1, [30, 20], 50)).toBe(theirs.initializers.GlorotUniform);
    const std = Math.sqrt(2 / 30) / 0.8796256610342398;
    expect(digest(open(1).truncatedNormal(singles(600), { std }))).toBe(theirs.initializers.HeNormal);
    expect(digest(open(1).normal(singles(600), 0, 0.05))).toBe(theirs.initializers.RandomNormal);
  });

  test('a model after keras.utils.set_random_seed(5): each layer with a kernel takes the next seed', () => {
    const seeds = kerasSeeds(5);
    const fans = { 4: 27 + 36, 10: 144 + 10, 3: 13 };
    for (const { dims, digest: expected } of theirs.model) {
      const last = dims.at(-1) as keyof typeof fans;
      const ours = dims.length === 1 ? digest(singles(last)) : glorot(seeds(), dims, fans[last]);
      expect(ours, String(dims)).toBe(expected);
    }
  });
});

test('other bounds than -2 and 2 are kept too', () => {
  const drawn = new TensorflowStream(1).truncatedNormal(singles(500), { lower: -1, upper: 0.5 });
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(0.5);
});

test('bad seeds are refused', () => {
  const bad = (make: () => unknown) =>
    expect(make).toThrow(expect.objectContaining({ code: 'random.bad_seed' }));
  for (const seed of [0.5, Number.NaN, 1n << 63n]) bad(() => new TensorflowStream(seed));
  for (const seed of [-1, 1n << 63n]) bad(() => new KerasStream(seed));
  for (const seed of [-1, 2 ** 32]) bad(() => new KerasJaxStream(seed));
  for (const seed of [-1, 1n << 64n]) bad(() => new TensorflowGenerator(seed));
  for (const seed of [-1, 2 ** 32]) bad(() => kerasSeeds(seed));
});
