import { describe, expect, test } from 'vitest';
import { openStream } from '../open-stream.ts';
import { TorchStream } from './torch-stream.ts';

/** Expected numbers: test/fixtures/torch-*.json and test/peers/torch-numbers.test.ts; here are those of its documents. */
const hex = (values: Float32Array) =>
  [...new Uint32Array(values.buffer)].map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('numbers that PyTorch users know', () => {
  test('torch.manual_seed(0); torch.rand(5), torch.randn(5), torch.randn(16)', () => {
    const four = (values: Float32Array) => [...values].map((value) => Number(value.toFixed(4)));
    expect(four(new TorchStream(0).uniform(new Float32Array(5)))).toEqual([
      0.4963, 0.7682, 0.0885, 0.132, 0.3074,
    ]);
    expect(four(new TorchStream(0).normal(new Float32Array(5)))).toEqual([
      1.541, -0.2934, -2.1788, 0.5684, -1.0845,
    ]);
    expect(four(new TorchStream(0).normal(new Float32Array(16))).slice(0, 5)).toEqual([
      -1.1258, -1.1524, -0.2506, -0.4339, 0.8487,
    ]);
  });

  test('16 normal numbers of seed 0, with AVX2 and without', () => {
    expect(hex(new TorchStream(0).normal(new Float32Array(16)))).toBe(
      'bf901b85 bf93808a be804bd6 bede255d 3f594515 3f312783 bea1cc6d c0075fc1 3ea50138 bfa1b4f4 3eb330ff 3e9dc3bb 3df56f77 3f9e6b93 3f8ef28e be7d367c',
    );
    expect(hex(openStream('torch-scalar', 0).normal(new Float32Array(16)))).toBe(
      'bf901b85 bf93808a be804bd6 bede255e 3f594515 3f312784 bea1cc6d c0075fc2 3ea50138 bfa1b4f4 3eb330ff 3e9dc3ba 3df56f77 3f9e6b93 3f8ef28e be7d365a',
    );
  });
});

test('only the lower 32 bits of a seed count; negative ones wrap around', () => {
  const first = (seed: number | bigint) => new TorchStream(seed).bits(new Uint32Array(1))[0];
  expect(first(2 ** 32 + 7)).toBe(first(7));
  expect(first(-1)).toBe(first(2n ** 64n - 1n));
  expect(first(-1)).toBe(first(2 ** 32 - 1));
  expect(first(-(2n ** 63n))).toBe(first(0));
});

test('the second of a pair of single normal numbers waits through other draws', () => {
  const stream = new TorchStream(3);
  const one = stream.normal(new Float64Array(1))[0];
  stream.uniform(new Float32Array(7));
  stream.normal(new Float32Array(40));
  const two = stream.normal(new Float64Array(1))[0];
  expect([one, two]).toEqual([...new TorchStream(3).normal(new Float64Array(2))]);
});

test('a count that is no multiple of 16 draws the last 16 numbers again', () => {
  const all = new TorchStream(1).normal(new Float32Array(32));
  const some = new TorchStream(1).normal(new Float32Array(20));
  expect([...some.subarray(0, 4)]).toEqual([...all.subarray(0, 4)]);
  expect(some[4]).not.toBe(all[4]);
});

test('a child is the stream itself; truncated normals keep to their bounds', () => {
  const stream = new TorchStream(0);
  expect(stream.child('weight')).toBe(stream);
  for (const release of ['1.13', '2.13'] as const) {
    const cut = new TorchStream(0, { release }).truncatedNormal(new Float32Array(5000), {
      mean: 1,
      std: 0.5,
      lower: -1,
      upper: 2,
    });
    expect(Math.min(...cut)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...cut)).toBeLessThanOrEqual(2);
  }
  expect([...stream.truncatedNormal(new Float32Array(2), { mean: 3, std: 0 })]).toEqual([3, 3]);
});

test('where rounding reaches the upper bound, newer releases give the lower one', () => {
  // (1 - 2^-24) (b - a) + a rounds to b for many a; 100,000 numbers between neighbouring singles show it.
  const low = 1;
  const high = 1 + 2 ** -23;
  const newer = new TorchStream(0).uniform(new Float32Array(100), low, high);
  const older = new TorchStream(0, { release: '1.13' }).uniform(new Float32Array(100), low, high);
  expect(new Set(newer)).toEqual(new Set([low]));
  expect(new Set(older)).toEqual(new Set([low, high]));
});

test.each([
  [() => new TorchStream(0.5), 'random.bad_torch_seed'],
  [() => new TorchStream(2n ** 64n), 'random.bad_torch_seed'],
  [() => new TorchStream(-(2n ** 63n) - 1n), 'random.bad_torch_seed'],
  [() => new TorchStream(Number.NaN), 'random.bad_torch_seed'],
  [() => new TorchStream(0).uniform(new Float32Array(1), 1, 0), 'random.bad_range'],
  [() => new TorchStream(0).uniform(new Float32Array(1), 0, 1e300), 'random.bad_range'],
  [() => new TorchStream(0).uniform(new Float64Array(1), -1.7e308, 1.7e308), 'random.bad_range'],
  [() => new TorchStream(0).uniform(new Float32Array(1), -3e38, 3e38), 'random.bad_range'],
  [() => new TorchStream(0).normal(new Float32Array(1), 0, -1), 'random.bad_normal'],
  [() => new TorchStream(0).normal(new Float32Array(1), 1e300), 'random.bad_normal'],
  [() => new TorchStream(0).bernoulli(new Float32Array(1), 1.5), 'random.bad_probability'],
  [() => new TorchStream(0).bernoulli(new Float32Array(1), Number.NaN), 'random.bad_probability'],
  [() => new TorchStream(0).randint(3, 3, 1), 'random.bad_integer_range'],
  [() => new TorchStream(0).randint(-(2 ** 53), 2 ** 53, 1), 'random.bad_integer_range'],
  [() => new TorchStream(0).permutation(-1), 'random.bad_count'],
])('%s is refused with %s', (call, code) => {
  expect(call).toThrow(expect.objectContaining({ code }));
});
