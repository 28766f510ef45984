import { describe, expect, test } from 'vitest';
import stftFixture from '../../test/fixtures/keras-stft.json' with { type: 'json' };
import { threefry } from '../random/index.ts';
import { conv, convChannelsLast, denseInOut, denseOutIn, parameterShape } from './fans.ts';
import type { Initializer, Layout } from './initializer.ts';
import { fluxIdentity, paddedIdentity, zeroHadamard } from './partial-identity.ts';
import { stft } from './stft.ts';

const draw = (rule: Initializer, dims: number[], layout: Layout) => [
  ...rule(threefry(0), parameterShape({ name: 'w', dims, layout })).data,
];

describe('zero-hadamard', () => {
  test('narrowing or square: the identity', () => {
    expect(draw(zeroHadamard(), [2, 3], denseOutIn)).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test('widening 2 to 3: the Hadamard matrix of size 4, halved', () => {
    // Sylvester's H4 begins with the rows ++, +-, ++ in its first two columns.
    expect(draw(zeroHadamard(), [3, 2], denseOutIn)).toEqual([0.5, 0.5, 0.5, -0.5, 0.5, 0.5]);
  });

  test('the layout decides: [in, out] is the transpose of [out, in]', () => {
    const outIn = draw(zeroHadamard(), [5, 3], denseOutIn);
    const inOut = draw(zeroHadamard(), [3, 5], denseInOut);
    for (let o = 0; o < 5; o++) for (let i = 0; i < 3; i++) expect(inOut[i * 5 + o]).toBe(outIn[o * 3 + i]);
  });

  test('widening to a power of two keeps lengths: WᵀW = I', () => {
    const w = draw(zeroHadamard(), [8, 5], denseOutIn);
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b < 5; b++) {
        let sum = 0;
        for (let o = 0; o < 8; o++) sum += w[o * 5 + a] * w[o * 5 + b];
        expect(sum).toBeCloseTo(a === b ? 1 : 0, 6);
      }
    }
  });

  test('a convolution has it at its centre, per group', () => {
    const w = draw(zeroHadamard(), [4, 1, 3], conv(1, { groups: 2 }));
    const half = Math.fround(Math.SQRT1_2);
    expect(w).toEqual([0, half, 0, 0, half, 0, 0, half, 0, 0, half, 0]);
  });
});

describe('padded-identity', () => {
  test.each([
    [
      [3, 2],
      [1, 0, 0, 1, 1, 0],
    ],
    [
      [2, 3],
      [1, 0, 1, 0, 1, 0],
    ],
    [
      [2, 2],
      [1, 0, 0, 1],
    ],
  ])('%j', (dims, expected) => {
    expect(draw(paddedIdentity(), dims, denseOutIn)).toEqual(expected);
  });

  test('scale, and the centre of a kernel', () => {
    expect(draw(paddedIdentity({ scale: 0.5 }), [3, 1, 1], convChannelsLast(1))).toEqual([0, 0.5, 0]);
  });
});

test('flux-identity: outputs shifted around; the centre of an even kernel is the earlier tap', () => {
  expect(draw(fluxIdentity({ gain: 2, shift: 1 }), [3, 3], denseOutIn)).toEqual([0, 0, 2, 2, 0, 0, 0, 2, 0]);
  expect(draw(fluxIdentity({ shift: -1 }), [2, 2], denseOutIn)).toEqual([0, 1, 1, 0]);
  expect(draw(fluxIdentity(), [1, 1, 4], conv(1))).toEqual([0, 1, 0, 0]);
});

describe('stft', () => {
  test.each(stftFixture.cases)("$side $window $scaling $periodic: Keras's numbers", (one) => {
    const rule = stft({
      side: one.side as 'real' | 'imag',
      window: one.window as 'hann' | 'hamming' | 'none',
      scaling: one.scaling as 'density' | 'spectrum' | 'none',
      periodic: one.periodic,
    });
    const ours = draw(rule, one.shape, convChannelsLast(1));
    // Keras computes in single precision: angles up to 8 pi have an error of 2e-6.
    for (const [i, value] of ours.entries()) expect(Math.abs(value - one.values[i])).toBeLessThan(3e-6);
  });

  test.each([[[9, 2, 5]], [[9, 1, 1]]])('%j is refused', (dims) => {
    expect(() => draw(stft(), dims, convChannelsLast(1))).toThrow(
      expect.objectContaining({ code: 'initializers.needs_spectrum' }),
    );
  });
});
