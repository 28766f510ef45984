import { describe, expect, test } from 'vitest';
import { failedContestant, sampleRace, sampleStarts } from '../../../test/samples/race.ts';
import { closeAccuracyFigure, testFigure } from './accuracy.ts';
import { axisFor, position, ticksOf } from './axis.ts';
import { costFigure } from './cost.ts';
import { depthFigures, traceAt } from './depth.ts';
import { verbatim } from './figure.ts';
import { gradientFigure } from './gradient.ts';
import { histogramBars, histogramFigure } from './histograms.ts';
import { formatDeviation, formatNumber, formatTick } from './number-format.ts';
import { headline, resultRows, troublesOf, verdictText } from './results.ts';
import { meanOf, spreadOf } from './seeds.ts';
import { standingStill } from './standing-still.ts';
import { stepWindows } from './step-windows.ts';

const race = sampleRace();
const withFailure = {
  ...race,
  contestants: [...race.contestants, failedContestant('orthogonal', 0, 'cannot')],
};

describe('costFigure', () => {
  test('starts at step 0 with the losses of the result: median in the middle, range as band', () => {
    const { curves } = costFigure(race);
    const first = race.contestants
      .filter(({ start }) => start === 'zeros')
      .map((one) => one.history.stepLosses[0]);
    const sorted = first.map(Number).sort((a, b) => a - b);
    expect(curves[0].points[0]).toEqual({
      x: 0,
      low: sorted[0],
      middle: sorted[1],
      high: sorted[2],
      count: 3,
    });
  });

  test('a point is the mean of its window for each seed', () => {
    const long = sampleRace({ epochs: 5, steps: 600, seeds: 1 });
    const { curves } = costFigure(long);
    const losses = long.contestants[0].history.stepLosses.map(Number);
    const windows = stepWindows(3000);
    expect(curves[0].points).toHaveLength(windows.length);
    const { from, to } = windows[250];
    const inside = losses.slice(from, to);
    const mean = inside.reduce((sum, loss) => sum + loss, 0) / inside.length;
    expect(curves[0].points[250].middle).toBeCloseTo(mean, 12);
    expect(curves[0].points[250].x).toBe((from + to - 1) / 2);
  });

  test('a diverged start ends at its last finite point, marked for every seed', () => {
    const curve = costFigure(race).curves[1];
    expect(curve.points.at(-1)?.x).toBe(149);
    expect(curve.breaks.map(({ x }) => x)).toEqual([149, 149, 149]);
    expect(costFigure(race).notes.some(({ en }) => en.includes('broke off: normal(std=1)'))).toBe(true);
  });

  test('a start without any value is named', () => {
    const { notes, curves } = costFigure(withFailure);
    expect(curves[4].points).toEqual([]);
    expect(notes.some(({ en, ko }) => en.includes('orthogonal') && ko.includes('orthogonal'))).toBe(true);
  });

  test('exact zeros go to the rail and leave the domain alone', () => {
    const [first, ...rest] = race.contestants;
    const stepLosses = first.history.stepLosses.map((loss, i) => (i > 100 ? 0 : loss));
    const one = { ...first, history: { ...first.history, stepLosses } };
    const { y, notes } = costFigure({ ...race, contestants: [one, ...rest] });
    expect(y.zeroRail).toBe(true);
    expect(y.domain[0]).toBeGreaterThan(0);
    expect(notes.some(({ en }) => en.includes('exactly 0'))).toBe(true);
    expect(costFigure(race).y.zeroRail).toBe(false);
  });

  test('the table holds the cost of every epoch', () => {
    const { table } = costFigure(race);
    expect(table.rows).toHaveLength(5);
    const costs = race.contestants
      .filter(({ start }) => start === 'he-normal')
      .map((one) => one.history.epochs[2].trainLoss);
    expect(table.rows[2][4]).toBe(spreadOf(costs).middle);
    expect(table.rows[4][2]).toBeNull();
  });

  test('a race that never got going is no error', () => {
    const empty = { ...race, contestants: [failedContestant('zeros', 0, 'cannot')] };
    expect(costFigure(empty).summary.en).toContain('No contestant');
    expect(gradientFigure(empty).rows[0].middle).toBeNull();
    expect(closeAccuracyFigure(empty)).toBeNull();
  });
});

describe('testFigure', () => {
  test('median accuracy of every epoch with its range', () => {
    const values = race.contestants
      .filter(({ start }) => start === 'he-normal')
      .map((one) => one.history.epochs[4].testAccuracy);
    expect(testFigure(race).curves[3].points[4]).toEqual({ x: 4, ...spreadOf(values) });
  });

  test('the close view leaves out what ends far below, and says so', () => {
    const close = closeAccuracyFigure(race);
    expect(close?.curves.map(({ start }) => start)).toEqual(['glorot-uniform', 'he-normal']);
    expect(close?.y.domain[0]).toBeGreaterThan(0.85);
    expect(close?.notes[0].en).toContain('zeros');
  });

  test('regression shows the test cost', () => {
    const contestants = race.contestants.map((one) => ({
      ...one,
      history: {
        ...one.history,
        epochs: one.history.epochs.map((epoch) => ({ ...epoch, testAccuracy: null })),
      },
    }));
    const figure = testFigure({ ...race, contestants });
    expect(figure.y.scale).toBe('log');
    expect(figure.curves[3].points[1].middle).toBe(contestants[3].history.epochs[1].testLoss);
  });

  test('one epoch, one seed', () => {
    const short = sampleRace({ epochs: 1, seeds: 1 });
    expect(testFigure(short).curves[0].points).toHaveLength(2);
    expect(testFigure(short).notes[0].en).toContain('One seed');
  });
});

describe('depth, gradient, histograms', () => {
  test('the standard deviations of the traces, layer by layer', () => {
    const { start, end } = depthFigures(race, 'gradients');
    const stds = (when: 'start' | 'end', i: number) =>
      race.contestants
        .filter(({ start: name }) => name === 'he-normal')
        .map((one) => traceAt(one, when)?.layers[i].gradients.preActivations.std);
    expect(start.curves[3].points[0]).toEqual({ x: 1, ...spreadOf(stds('start', 0)) });
    expect(end.curves[3].points[2]).toEqual({ x: 3, ...spreadOf(stds('end', 2)) });
    expect(start.y).toEqual(end.y);
    expect(start.notes.some(({ en }) => en.includes('Exactly 0 in at least one layer: zeros'))).toBe(true);
  });

  test('gradient ratios, zero on the rail, 1 inside the axis', () => {
    const { rows, x, notes } = gradientFigure(withFailure);
    expect(rows.map(({ middle }) => middle)).toEqual([
      0,
      ...[1, 2, 3].map((i) => race.contestants[4 + i].gradientRatio),
      null,
    ]);
    expect(x.zeroRail).toBe(true);
    expect(x.domain[0]).toBeLessThan(1);
    expect(notes.map(({ en }) => en).join(' ')).toContain('No gradient at all reaches layer 1: zeros');
    expect(notes.map(({ en }) => en).join(' ')).toContain('no finite value: orthogonal');
  });

  test('histograms set exact zeros apart', () => {
    const { rows } = histogramFigure(race, 'activations');
    const distribution = rows[3].cells[0].start;
    if (distribution === null) throw new Error('no trace');
    const { bars, zero } = histogramBars(distribution);
    expect(zero).toBe(0.51);
    expect(Math.max(...bars)).toBe(1);
    // A normal curve again: the bin of 0, which held half of all values, is below the middle.
    expect(bars.indexOf(1)).toBeGreaterThan(10);
    expect(histogramBars({ ...distribution, zero: 0 }).bars.indexOf(1)).toBeLessThan(10);
  });

  test('what happens with a zero start', () => {
    const texts = standingStill(race).map(({ en }) => en);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('zeros: Only dense3.bias moves, for ever');
    expect(texts[1]).toContain('256 in dense1 (1 group), 256 in dense2 (1 group)');
  });
});

describe('results', () => {
  test('means and sample standard deviations over the seeds', () => {
    const rows = resultRows(withFailure);
    const he = race.contestants.filter(({ start }) => start === 'he-normal');
    expect(rows[3].finalCost).toEqual(meanOf(he.map(({ history }) => history.epochs[4].trainLoss)));
    expect(rows[3].costAfterEpoch1).toEqual(meanOf(he.map(({ history }) => history.epochs[1].trainLoss)));
    expect(rows[1].finalCost.mean).toBeNull();
    expect(verdictText(rows[4])).toEqual({ en: 'could not run', ko: '실행 실패' });
    expect(meanOf([1, null, 3, undefined])).toEqual({ mean: 2, deviation: Math.SQRT2, count: 2 });
  });

  test('seeds that differ are counted, seeds with one trouble told together', () => {
    const contestants = race.contestants.map((one) =>
      one.start === 'he-normal' && one.seed === 2 ? { ...one, verdict: 'learns-slowly' as const } : one,
    );
    const rows = resultRows({ ...race, contestants });
    expect(verdictText(rows[3]).en).toBe('learns 2/3, learns slowly 1/3');
    expect(troublesOf(rows[1].contestants).map(({ en }) => en)).toEqual([
      'Seeds 0, 1, 2: stopped at update 150, because the pre-activations of dense2 held NaN or infinity.',
    ]);
    expect(headline(race)?.en).toBe('2 of 4 starts learned well; the best at the end was he-normal.');
  });
});

describe('scales and numbers', () => {
  test('windows cover every step once, begin with single steps and stay within the count', () => {
    for (const steps of [0, 1, 5, 299, 300, 301, 9000, 1_000_000]) {
      const windows = stepWindows(steps);
      expect(windows.length).toBeLessThanOrEqual(300);
      expect(windows.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(steps);
      expect(windows.every(({ from }, i) => from === (windows[i - 1]?.to ?? 0))).toBe(true);
    }
    expect(
      stepWindows(9000)
        .slice(0, 10)
        .every(({ from, to }) => to - from === 1),
    ).toBe(true);
  });

  test('ticks are round and inside the domain', () => {
    const axis = (scale: 'log' | 'linear', low: number, high: number) => ({
      ...axisFor(verbatim('x'), scale, []),
      domain: [low, high] as const,
    });
    expect(ticksOf(axis('log', 0.003, 500), 6)).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(ticksOf(axis('log', 1e-12, 1), 5)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
    expect(ticksOf(axis('log', 2, 6), 5)).toEqual([2, 5]);
    expect(ticksOf(axis('linear', 0, 9000), 5)).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(ticksOf(axis('linear', 0, 3), 8)).toEqual([0, 1, 2, 3]);
  });

  test('positions on a log axis; zero goes to the rail', () => {
    const axis = { ...axisFor(verbatim('x'), 'log', []), domain: [0.01, 100] as const };
    expect(position(axis, 1, -1)).toBeCloseTo(0.5, 12);
    expect(position(axis, 0, -1)).toBe(-1);
  });

  test('numbers: three digits, no false zero', () => {
    expect(
      [2.4142, 0, 0.00098, 412.3, 12345, 1e9, -0.05, null, Number.NaN].map((value) => formatNumber(value)),
    ).toEqual(['2.41', '0', '9.80×10⁻⁴', '412', '12,345', '1.00×10⁹', '−0.0500', '–', '–']);
    expect(formatDeviation(0.0122, 0.000098)).toBe('0.0001');
    expect(formatDeviation(2.31, 0.00004)).toBe('4×10⁻⁵');
    expect(formatTick(axisFor(verbatim('x'), 'log', []), 1e-5)).toBe('10⁻⁵');
    expect(formatTick(axisFor(verbatim('x'), 'linear', [], { percent: true }), 0.2)).toBe('20 %');
  });

  test('the sample itself has ten starts', () => {
    expect(costFigure(sampleRace({ starts: sampleStarts, seeds: 1 })).curves).toHaveLength(10);
  });
});
