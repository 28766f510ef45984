import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NumpyRandomState } from './numpy-legacy.ts';

interface Sequences {
  seed: number | number[];
  words: number[];
  doubles: string;
  normals: string;
  normalsDouble: string;
  normalsSingle: string;
  normal: string;
  uniform: string;
  lectureXavier: string;
  permutation: string;
  permutationOf10: number[];
  randint: number[];
  randintOne: number[];
  mixed: number[];
}
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/numpy-legacy.json', import.meta.url), 'utf8'),
) as {
  versions: { numpy: string };
  sequences: Sequences[];
  state: { words: string; position: number; normal: number; next: number[] };
};

const digest = (values: ArrayBufferView) =>
  createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
const doubles = (base64: string) => new Float64Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);

describe.each(fixture.sequences)(`equals numpy ${fixture.versions.numpy}: RandomState($seed)`, (numpy) => {
  const stream = () => new NumpyRandomState(numpy.seed);

  test('words and doubles', () => {
    expect([...stream().bits(new Uint32Array(5))]).toEqual(numpy.words);
    expect(digest(stream().uniform(new Float64Array(50000)))).toBe(numpy.doubles);
    expect(stream().uniform(new Float64Array(50), -0.05, 0.05)).toEqual(doubles(numpy.uniform));
  });

  test('200,001 normal numbers in single precision, bit for bit', () => {
    expect(digest(stream().normal(new Float32Array(200001)))).toBe(numpy.normalsSingle);
  });

  test('normal numbers in double precision, bit for bit', () => {
    const theirs = doubles(numpy.normals);
    expect(stream().normal(new Float64Array(theirs.length))).toEqual(theirs);
    expect(digest(stream().normal(new Float64Array(200001)))).toBe(numpy.normalsDouble);
    expect(stream().normal(new Float64Array(50), 3, 0.25)).toEqual(doubles(numpy.normal));
  });

  test('permutation, shuffle, randint', () => {
    expect(digest(stream().permutation(60000))).toBe(numpy.permutation);
    expect([...stream().permutation(10)]).toEqual(numpy.permutationOf10);
    expect(stream().shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual(numpy.permutationOf10);
    expect([...stream().randint(-5, 100, 20, 'int64')].map(Number)).toEqual(numpy.randint);
    expect([...stream().randint(7, 8, 3, 'int64')].map(Number)).toEqual(numpy.randintOne);
  });

  test('draws of every kind in turn: the second normal of a pair waits through the others', () => {
    const s = stream();
    const ours = Float64Array.from([
      ...s.normal(new Float64Array(3)),
      ...s.uniform(new Float64Array(2)),
      ...s.normal(new Float64Array(2)),
      ...s.permutation(5),
      ...s.uniform(new Float64Array(1), 1, 2),
    ]);
    expect(ours).toEqual(Float64Array.from(numpy.mixed));
  });
});

test('the state is that of get_state, and set_state goes on from it', () => {
  const stream = new NumpyRandomState(42);
  stream.normal(new Float64Array(1001));
  const state = stream.getState();
  expect(digest(state.words)).toBe(fixture.state.words);
  expect(state.position).toBe(fixture.state.position);
  expect(state.cachedNormal).toBe(fixture.state.normal);
  stream.normal(new Float64Array(50));
  const other = new NumpyRandomState(0);
  other.setState(state);
  expect([...other.normal(new Float64Array(4))]).toEqual(fixture.state.next);
});

test('truncated normal numbers are the normal ones without those beyond the bounds', () => {
  const all = [...new NumpyRandomState(1).normal(new Float64Array(2000))].filter((z) => Math.abs(z) <= 2);
  const cut = new NumpyRandomState(1).truncatedNormal(new Float64Array(1500), { mean: 1, std: 3 });
  expect([...cut]).toEqual(all.slice(0, 1500).map((z) => 1 + 3 * z));
});

test('a child is the stream itself', () => {
  const stream = new NumpyRandomState(0);
  expect(stream.child('weight')).toBe(stream);
});

test('bad arguments are refused', () => {
  for (const seed of [-1, 2 ** 32, 0.5, Number.NaN, [], [1, -1]]) {
    expect(() => new NumpyRandomState(seed)).toThrow(expect.objectContaining({ code: 'random.bad_seed' }));
  }
  const stream = new NumpyRandomState(0);
  expect(() => stream.randint(3, 3, 1, 'int64')).toThrow(
    expect.objectContaining({ code: 'random.bad_integer_range' }),
  );
  expect(() => stream.truncatedNormal(new Float64Array(1), { lower: 5, upper: 6 })).toThrow(
    expect.objectContaining({ code: 'random.bad_truncation' }),
  );
  for (const bad of [{ words: new Uint32Array(3) }, { position: 700 }, { cachedNormal: Number.NaN }]) {
    expect(() => stream.setState({ ...stream.getState(), ...bad })).toThrow(
      expect.objectContaining({ code: 'random.bad_state' }),
    );
  }
});
