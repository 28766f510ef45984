import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NumpyRandomState, threefry } from '../random/index.ts';
import { denseInOut, parameterShape } from './fans.ts';
import { lectureHe, lectureXavier, xavierInit } from './lecture.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/numpy-legacy.json', import.meta.url), 'utf8'),
) as { sequences: { seed: number | number[]; lectureXavier: string; lectureHe: string }[] };

const digest = (values: Float32Array) =>
  createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
const weight = parameterShape({ name: 'w', dims: [784, 256], layout: denseInOut });

describe("the lecture's formulas with NumPy's own numbers, 200,704 weights bit for bit", () => {
  test.each(fixture.sequences)('np.random.seed($seed)', ({ seed, ...numpy }) => {
    expect(digest(lectureXavier()(new NumpyRandomState(seed), weight).data)).toBe(numpy.lectureXavier);
    expect(digest(lectureHe()(new NumpyRandomState(seed), weight).data)).toBe(numpy.lectureHe);
  });
});

describe('xavierInit', () => {
  test('takes its numbers of inputs and outputs as arguments, whatever the shape', () => {
    const { data } = xavierInit(100, 50)(threefry(0), weight);
    const limit = Math.sqrt(6 / 150);
    const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(0.999 * limit);
  });

  test('truncated: values beyond 2 stddev are drawn again, from the same sequence', () => {
    const stddev = Math.sqrt(3 / (784 + 256));
    const kept = [...new NumpyRandomState(3).normal(new Float64Array(1000))].filter((z) => Math.abs(z) <= 2);
    const { data } = xavierInit(784, 256, false)(new NumpyRandomState(3), weight);
    expect([...data.subarray(0, 900)]).toEqual(kept.slice(0, 900).map((z) => Math.fround(stddev * z)));
  });

  test.each([
    [0, 5],
    [5, -1],
    [Number.NaN, 5],
  ])('numbers that are not above 0 are refused: %f, %f', (inputs, outputs) => {
    expect(() => xavierInit(inputs, outputs)).toThrow(
      expect.objectContaining({ code: 'initializers.bad_parameter' }),
    );
  });
});
