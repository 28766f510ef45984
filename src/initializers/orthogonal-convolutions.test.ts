/** Convolutions that keep lengths: seen by convolving, with an implementation written here. */
import { describe, expect, test } from 'vitest';
import { threefry } from '../random/index.ts';
import { elementCount, strides } from '../tensor/tensor.ts';
import { convolutionOrthogonal } from './convolution-orthogonal.ts';
import { deltaOrthogonal } from './delta-orthogonal.ts';
import { conv, convChannelsLast, convTranspose, denseInOut, parameterShape } from './fans.ts';
import type { Layout } from './initializer.ts';
import { orthogonal } from './orthogonal.ts';

const weight = (dims: number[], layout: Layout) => parameterShape({ name: 'w', dims, layout });

/**
 * Squared length of the circular convolution of a random signal with a kernel, divided by that of the signal. A circle of
 * the kernel's length or more has no border, so an orthogonal convolution gives 1.
 */
function stretch(dims: readonly number[], layout: Layout, data: Float32Array, seed: number): number {
  const kernel = layout.kernelAxes.map((axis) => dims[axis]);
  const circle = kernel.map((k) => k + 1);
  const inputs = layout.transposed ? dims[layout.inAxis] : dims[layout.inAxis] * layout.groups;
  const outputs = layout.transposed ? dims[layout.outAxis] * layout.groups : dims[layout.outAxis];
  const pixels = elementCount(circle);
  const x = threefry(seed).normal(new Float64Array(inputs * pixels));
  const y = new Float64Array(outputs * pixels);
  const step = strides(dims);
  const index = (flat: number, lengths: readonly number[]) => {
    const out: number[] = [];
    for (let k = lengths.length - 1, rest = flat; k >= 0; k--) {
      out.unshift(rest % lengths[k]);
      rest = Math.floor(rest / lengths[k]);
    }
    return out;
  };
  const flatten = (at: readonly number[]) => at.reduce((sum, p, k) => sum * circle[k] + p, 0);
  for (let tap = 0; tap < elementCount(kernel); tap++) {
    const shift = index(tap, kernel);
    const offset = shift.reduce((sum, t, k) => sum + t * step[layout.kernelAxes[k]], 0);
    for (let p = 0; p < pixels; p++) {
      const target = flatten(index(p, circle).map((q, k) => (q + shift[k]) % circle[k]));
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          const group = Math.floor((o * layout.groups) / outputs);
          if (Math.floor((i * layout.groups) / inputs) !== group) continue;
          const row = layout.transposed ? i : i % dims[layout.inAxis];
          const column = layout.transposed ? o % dims[layout.outAxis] : o;
          y[o * pixels + target] +=
            data[offset + row * step[layout.inAxis] + column * step[layout.outAxis]] * x[i * pixels + p];
        }
      }
    }
  }
  const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  return square(y) / square(x);
}

const cases: [string, number[], Layout][] = [
  ['1-D', [7, 4, 3], conv(1)],
  ['2-D', [6, 5, 3, 3], conv(2)],
  ['2-D, square', [4, 4, 2, 4], conv(2)],
  ['3-D', [3, 2, 3, 2, 3], conv(3)],
  ['channels last', [3, 3, 3, 5], convChannelsLast(2)],
  ['one tap', [5, 3, 1, 1], conv(2)],
  ['grouped', [8, 2, 3], conv(1, { groups: 2 })],
  ['depthwise', [3, 1, 3, 3], conv(2, { groups: 3 })],
  ['transposed', [3, 5, 3, 3], convTranspose(2)],
  ['grouped transposed', [4, 3, 3], convTranspose(1, { groups: 2 })],
];

describe.each([
  ['conv-orthogonal', convolutionOrthogonal],
  ['delta-orthogonal', deltaOrthogonal],
])('%s', (_, rule) => {
  test.each(cases)('%s keeps every length', (_name, dims, layout) => {
    const { data } = rule()(threefry(1), weight(dims, layout));
    for (const seed of [1, 2]) expect(stretch(dims, layout, data, seed)).toBeCloseTo(1, 5);
  });

  test('gain 2 doubles lengths', () => {
    const [, dims, layout] = cases[1];
    const { data } = rule({ gain: 2 })(threefry(1), weight(dims, layout));
    expect(stretch(dims, layout, data, 1)).toBeCloseTo(4, 4);
  });

  test('without inputs or outputs', () => {
    expect(rule()(threefry(0), weight([5, 0, 3], conv(1))).dims).toEqual([5, 0, 3]);
    expect(rule()(threefry(0), weight([0, 0, 3], conv(1))).dims).toEqual([0, 0, 3]);
  });
});

test('orthogonal keeps the kernel as a matrix, not the convolution: the test sees the difference', () => {
  const [, dims, layout] = cases[1];
  const { data } = orthogonal()(threefry(1), weight(dims, layout));
  expect(Math.abs(stretch(dims, layout, data, 1) - 1)).toBeGreaterThan(0.05);
});

test('conv-orthogonal: every tap is alive; fewer outputs than inputs are refused', () => {
  const { data } = convolutionOrthogonal()(threefry(3), weight([6, 5, 3, 3], conv(2)));
  for (let tap = 0; tap < 9; tap++) {
    expect(data.some((value, i) => i % 9 === tap && Math.abs(value) > 1e-3)).toBe(true);
  }
  expect(() => convolutionOrthogonal()(threefry(0), weight([4, 5, 3], conv(1)))).toThrow(
    expect.objectContaining({ code: 'initializers.needs_wide' }),
  );
});

test('delta-orthogonal: only the tap floor((k - 1) / 2), as in JAX; narrowing layers keep gradients', () => {
  const { data } = deltaOrthogonal()(threefry(3), weight([3, 2, 4], conv(1)));
  for (const [i, value] of data.entries()) expect(value !== 0).toBe(i % 4 === 1);
  const narrow = deltaOrthogonal()(threefry(3), weight([2, 5, 3], conv(1))).data;
  const rows = [0, 1].map((o) => [0, 1, 2, 3, 4].map((i) => narrow[(o * 5 + i) * 3 + 1]));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  expect(dot(rows[0], rows[0])).toBeCloseTo(1, 6);
  expect(dot(rows[0], rows[1])).toBeCloseTo(0, 6);
  const dense = weight([3, 5], denseInOut);
  expect(deltaOrthogonal()(threefry(1), dense)).toEqual(orthogonal()(threefry(1), dense));
});
