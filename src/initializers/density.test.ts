import { describe, expect, test } from 'vitest';
import { threefry } from '../random/threefry-stream.ts';
import { weightDensity } from './density.ts';
import { denseInOut, parameterShape } from './fans.ts';
import { distributions, varianceScaling } from './variance-scaling.ts';

/** Midpoint rule over ±8 standard deviations; the densities jump at most twice. */
function integral(f: (w: number) => number, std: number): number {
  const steps = 400_000;
  const step = (16 * std) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += f(-8 * std + (i + 0.5) * step);
  return sum * step;
}

describe.each(distributions)('density of %s', (distribution) => {
  const std = 0.07;
  const { at, limit } = weightDensity(distribution, std);

  test('integrates to 1, with the variance that was asked for', () => {
    expect(integral(at, std)).toBeCloseTo(1, 4);
    expect(integral((w) => w * w * at(w), std) / std ** 2).toBeCloseTo(1, 4);
  });

  test('is that of the weights that are drawn: every bin within 5 standard errors', () => {
    const [fanIn, fanOut] = [400, 250];
    const shape = parameterShape({ name: 'w', dims: [fanIn, fanOut], layout: denseInOut });
    const { data } = varianceScaling({ scale: std * std * fanIn, distribution })(threefry(5), shape);
    const bins = 40;
    const width = (6 * std) / bins;
    const counts = new Float64Array(bins);
    for (const w of data) {
      expect(Math.abs(w)).toBeLessThanOrEqual(limit * (1 + 1e-6));
      const bin = Math.floor((w + 3 * std) / width);
      if (bin >= 0 && bin < bins) counts[bin]++;
    }
    for (let bin = 0; bin < bins; bin++) {
      let share = 0;
      for (let i = 0; i < 50; i++) share += (at(-3 * std + (bin + (i + 0.5) / 50) * width) * width) / 50;
      // 120 bins in all: 5 standard errors (and the 1/50 of a bin that the sum above may miss) are never reached by chance.
      const error = Math.sqrt(data.length * share * (1 - share)) + 0.02 * data.length * share;
      expect(Math.abs(counts[bin] - data.length * share)).toBeLessThan(5 * error + 1);
    }
  });
});
