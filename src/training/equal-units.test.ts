import { describe, expect, test } from 'vitest';
import type { ParameterShape } from '../initializers/initializer.ts';
import { float32 } from '../tensor/tensor.ts';
import { equalOutgoing, equalUnits } from './equal-units.ts';

const dense = (inputs: number, units: number): ParameterShape => ({
  name: 'w',
  role: 'weight',
  dims: [inputs, units],
  layout: { inAxis: 0, outAxis: 1, kernelAxes: [], groups: 1, transposed: false },
  fanIn: inputs,
  fanOut: units,
});

describe('equalUnits', () => {
  test('columns of a dense weight', () => {
    const weight = float32([2, 5], [1, 2, 1, 3, 2, 4, 5, 4, 5, 5]);
    expect(equalUnits(dense(2, 5), weight, undefined)).toEqual({ groups: 2, units: 4 });
  });

  test('a bias tells units apart', () => {
    const weight = float32([1, 3], [0, 0, 0]);
    expect(equalUnits(dense(1, 3), weight, float32([3], [0, 0, 1]))).toEqual({ groups: 1, units: 2 });
    expect(equalUnits(dense(1, 3), weight, float32([3], [0, 2, 1]))).toEqual({ groups: 0, units: 0 });
  });

  test('output channels of a convolution', () => {
    const shape: ParameterShape = {
      ...dense(1, 1),
      dims: [3, 1, 1, 2],
      layout: { inAxis: 1, outAxis: 0, kernelAxes: [2, 3], groups: 1, transposed: false },
    };
    expect(equalUnits(shape, float32([3, 1, 1, 2], [1, 2, 2, 1, 1, 2]), undefined)).toEqual({
      groups: 1,
      units: 2,
    });
  });

  test('all zero is one group, and random numbers are none', () => {
    expect(equalUnits(dense(30, 50), float32([30, 50], new Float32Array(1500)), undefined)).toEqual({
      groups: 1,
      units: 50,
    });
    const different = Float32Array.from({ length: 1500 }, (_, i) => Math.sin(i * i));
    expect(equalUnits(dense(30, 50), float32([30, 50], different), undefined)).toEqual({
      groups: 0,
      units: 0,
    });
  });

  test('a view into a larger memory is read at its place', () => {
    const memory = Float32Array.of(9, 9, 1, 2, 1);
    const weight = float32([1, 3], [0, 0, 0]);
    const view = { ...weight, data: memory.subarray(2) };
    expect(equalUnits(dense(1, 3), view, undefined)).toEqual({ groups: 1, units: 2 });
  });
});

describe('equalOutgoing', () => {
  test('rows of the next dense weight; blocks of rows behind a flattened image', () => {
    expect(equalOutgoing(dense(3, 2), float32([3, 2], [1, 2, 1, 2, 1, 2]), 3)).toBe(true);
    expect(equalOutgoing(dense(3, 2), float32([3, 2], [1, 2, 1, 2, 1, 3]), 3)).toBe(false);
    expect(equalOutgoing(dense(4, 1), float32([4, 1], [1, 2, 1, 2]), 2)).toBe(true);
    expect(equalOutgoing(dense(4, 1), float32([4, 1], [1, 2, 1, 2]), 4)).toBe(false);
    expect(equalOutgoing(dense(4, 1), float32([4, 1], [1, 2, 1, 2]), 3)).toBeUndefined();
  });

  test('input channels of the next convolution', () => {
    const layout = { inAxis: 1, outAxis: 0, kernelAxes: [2, 3], groups: 1, transposed: false };
    const shape: ParameterShape = { ...dense(1, 1), dims: [2, 2, 1, 2], layout };
    expect(equalOutgoing(shape, float32([2, 2, 1, 2], [1, 2, 1, 2, 3, 4, 3, 4]), 2)).toBe(true);
    expect(equalOutgoing(shape, float32([2, 2, 1, 2], [1, 2, 1, 2, 3, 4, 3, 5]), 2)).toBe(false);
    expect(
      equalOutgoing({ ...shape, layout: { ...layout, groups: 2 } }, float32([0], []), 2),
    ).toBeUndefined();
  });
});
