import { expect, test } from 'vitest';
import { CudaStream } from './cuda-stream.ts';

test('published numbers of torch.manual_seed(0) on a GPU', () => {
  // torch.rand(5, device='cuda') and torch.randn(5, device='cuda'), as printed in pytorch/pytorch#47347 and elsewhere.
  const uniform = new CudaStream(0).uniform(new Float32Array(5));
  const normal = new CudaStream(0).normal(new Float32Array(5));
  const four = (values: Float32Array) => Array.from(values, (value) => value.toFixed(4));
  expect(four(uniform)).toEqual(['0.3990', '0.5167', '0.0249', '0.9401', '0.9459']);
  expect(four(normal)).toEqual(['-0.9247', '-0.4253', '-2.6438', '0.1452', '-0.1209']);
});

test('below the number of threads the numbers do not depend on it; beyond it they do', () => {
  const draw = (threads: number, n: number) => new CudaStream(7, { threads }).uniform(new Float32Array(n));
  expect(draw(40960, 5000)).toEqual(draw(221184, 5000));
  expect(draw(1024, 5000)).not.toEqual(draw(221184, 5000));
  expect(draw(1024, 5000).subarray(0, 1024)).toEqual(draw(221184, 1024));
  // A thread makes the elements i, i + threads, ... from the four words of a block.
  const words = (n: number) => new CudaStream(7, { threads: 256 }).bits(new Uint32Array(n));
  expect(new Set(words(2048)).size).toBe(2048);
  expect(words(2048).subarray(0, 1025)).toEqual(words(1025));
});

test('draws go on from block to block', () => {
  const stream = new CudaStream(3);
  const first = stream.uniform(new Float32Array(100));
  const second = stream.uniform(new Float32Array(100));
  expect(second).not.toEqual(first);
  expect(stream.uniform(new Float32Array(0))).toHaveLength(0);
  expect([...stream.permutation(50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test('normal numbers have mean 0 and variance 1', () => {
  const n = 200_000;
  const z = new CudaStream(11).normal(new Float32Array(n));
  const mean = z.reduce((sum, x) => sum + x, 0) / n;
  const square = z.reduce((sum, x) => sum + x * x, 0) / n;
  // Standard errors 1/sqrt(n) and sqrt(2/n); 4.4 of them are exceeded once in 10^5.
  expect(Math.abs(mean)).toBeLessThan(4.4 / Math.sqrt(n));
  expect(Math.abs(square - 1)).toBeLessThan(4.4 * Math.sqrt(2 / n));
});

test('bad arguments are refused', () => {
  for (const seed of [-1, 0.5, 1n << 64n]) {
    expect(() => new CudaStream(seed)).toThrow(expect.objectContaining({ code: 'random.bad_seed' }));
  }
  for (const threads of [0, 100, 1000]) {
    expect(() => new CudaStream(0, { threads })).toThrow(
      expect.objectContaining({ code: 'random.bad_count' }),
    );
  }
});
