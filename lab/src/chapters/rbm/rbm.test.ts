import { describe, expect, test } from 'vitest';
import { initialState } from '../../state/address.ts';
import { smallCommand } from './commands.ts';
import { smallFrame } from './small-frame.ts';
import { smallRun } from './small-run.ts';
import { rbmSchema } from './state.ts';

const initial = initialState(rbmSchema);

describe('the machine of 6 + 4 units', () => {
  test('both methods climb towards ln(1/10), and all probabilities add up to 1', async () => {
    const run = await smallRun({ ...initial, method: 'exact' });
    expect(run.logLikelihoods[0]).toBeCloseTo(-6 * Math.LN2, 1);
    expect(run.best).toBeCloseTo(-Math.log(10), 12);
    const [cd, exact] = run.figure.curves.map(({ points }) => points.at(-1)?.middle ?? Number.NaN);
    expect(exact).toBeGreaterThan(-2.8);
    expect(cd).toBeGreaterThan(-3.2);
    expect(Math.max(cd, exact)).toBeLessThan(run.best);
    const frame = smallFrame({ ...initial, model: run.models.at(-1)! });
    expect(frame.states).toHaveLength(64);
    expect(frame.states.reduce((sum, { model }) => sum + model, 0)).toBeCloseTo(1, 6);
    // The mean log probability of the data, from the bars, is the log-likelihood of the curve.
    const known = frame.states.slice(0, frame.patterns);
    const mean = known.reduce((sum, { model }) => sum + Math.log(model), 0) / known.length;
    expect(mean).toBeCloseTo(run.logLikelihoods.at(-1)!, 6);
  }, 30_000);

  test('CD-k over many draws comes near the exact gradient, the nearer the larger k', async () => {
    const run = await smallRun({ ...initial, method: 'exact' });
    const model = run.models[20];
    const draws = 200;
    const bias = (k: number) => {
      const sums = new Float64Array(24);
      let exact: readonly number[] = [];
      for (let draw = 0; draw < draws; draw++) {
        const { statistics } = smallFrame({ ...initial, model, k, draw });
        exact = statistics.exact;
        for (const [at, value] of statistics.difference.entries()) sums[at] += value / draws;
      }
      return Math.hypot(...sums.map((mean, at) => mean - exact[at]));
    };
    // The noise of 24 means over 200 draws of 10 chains each is at most sqrt(24 / 4 / 2000) = 0.055.
    expect(bias(10)).toBeLessThan(bias(1) + 0.055);
    expect(bias(10)).toBeLessThan(0.25);
  }, 30_000);

  test('the command names what differs from the defaults', () => {
    expect(smallCommand({ method: 'cd', k: 3, rate: '1', seed: 4 })).toBe(
      "outset rbm 'bars-and-stripes(rows=2,columns=3)' --hidden 4 --method cd --steps 3 --epochs 600 --lr 1 --schedule constant --optimizer momentum --momentum 0 --weight-decay 0 --no-centered --weight-std 0.1 --seed 4",
    );
  });
});
