import { describe, expect, test } from 'vitest';
import { float32 } from '../tensor/tensor.ts';
import { inputSignal } from './input-signal.ts';

describe('moments of a batch', () => {
  test('vectors: squares and products by hand', () => {
    const signal = inputSignal(float32([3, 2], Float32Array.of(1, 2, 3, 4, 5, -6)));
    expect(signal.mean).toBeCloseTo(9 / 6, 12);
    expect(signal.square).toEqual(Float64Array.of(91 / 6));
    // Pairs of different examples: 3 + 8, 5 - 12, 15 - 24, two features each.
    expect((signal.product as Float64Array)[0]).toBeCloseTo((11 - 7 - 9) / 3 / 2, 12);
    expect(signal.spatial).toBeUndefined();
  });

  test('images: place by place, and places of one image against each other', () => {
    // Two images of two channels and two places.
    const signal = inputSignal(float32([2, 2, 1, 2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)));
    expect(signal.square).toEqual(Float64Array.of((1 + 9 + 25 + 49) / 4, (4 + 16 + 36 + 64) / 4));
    expect(signal.product).toEqual(Float64Array.of((5 + 21) / 2, (12 + 32) / 2));
    expect(signal.spatial).toBeCloseTo((2 + 12 + 30 + 56) / 4, 12);
  });

  test('one example is its own neighbour; no example and broken numbers are refused', () => {
    expect(inputSignal(float32([1, 2], Float32Array.of(3, 4))).product).toEqual(Float64Array.of(12.5));
    for (const batch of [
      float32([0, 4], new Float32Array(0)),
      float32([1, 2], Float32Array.of(1, Number.NaN)),
      float32([1, 1], Float32Array.of(Number.POSITIVE_INFINITY)),
    ])
      expect(() => inputSignal(batch)).toThrow(expect.objectContaining({ code: 'theory.input' }));
  });
});
