import { describe, expect, test } from 'vitest';
import { expectedCd } from '../../../test/support/expected-cd.ts';
import { barsAndStripes } from '../../../test/support/patterns.ts';
import { checkStationarity, visibleLaw } from '../../../test/support/stationarity.ts';
import { discrete, real, tinyRbm } from '../../../test/support/tiny-rbm.ts';
import { inverseErrorFunction } from '../../random/error-function.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import { bindRbm } from '../bound-rbm.ts';
import { denseRows, selectRows } from '../convert-rows.ts';
import { type Direction, downward, forEachInput, upward } from '../direction.ts';
import { parametersOf } from '../learner-parameters.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows } from '../state-rows.ts';
import { hasPrecision } from '../units/bind-units.ts';
import { createNoiseSource } from './noise-source.ts';
import { buildStepGraph, type StepGraph } from './step-graph.ts';

const runtime = await nodeRuntime();
const make = { ...discrete, ...real };
type Kind = keyof typeof make;
const kinds = Object.keys(make) as Kind[];

/** Runs a step graph once; noise of `step`. */
async function runStep(
  { graph, noise }: StepGraph,
  rbm: Rbm,
  inputs: Record<string, Float32Array>,
  step: number,
) {
  const source = await createNoiseSource(noise);
  source.fill(threefry(1).child('noise'), step);
  const all = new Map<string, Float32Array>([
    ...parametersOf(rbm),
    ...source.arrays,
    ...Object.entries(inputs),
  ]);
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name, dims }) => [name, tensor('float32', dims, all.get(name)!)]),
  );
  const program = await runtime.compile(graph);
  const results = await program.run(feeds);
  await program.dispose();
  return { results, noise: source.arrays };
}

/** A draw in double precision with the graph's noise. */
function drawn({ asked }: Direction, inputs: Float64Array, noise: Float32Array, row: number): Float64Array {
  const { noiseWidth } = asked;
  const fine = asked.states === null;
  const stride = fine ? 2 * noiseWidth : noiseWidth;
  const uniforms = Float64Array.from({ length: noiseWidth }, (_, i) => {
    const coarse = noise[row * stride + i];
    if (!fine) return coarse;
    const u = Math.fround(
      coarse + Math.fround(Math.fround(noise[row * stride + noiseWidth + i] - 0.5) / 65536),
    );
    return Math.min(u, 1 - 2 ** -24);
  });
  const given =
    asked.noise === 'normal' ? uniforms.map((u) => Math.SQRT2 * inverseErrorFunction(2 * u - 1)) : uniforms;
  const out = new Float64Array(asked.width);
  asked.sample(inputs, 0, given, 0, out, 0);
  return out;
}

function pass(direction: Direction, rows: DenseRows, noise: Float32Array): DenseRows {
  const width = direction.asked.width;
  const data = new Float32Array(rows.count * width);
  forEachInput(direction, rows, (inputs, start, row) => {
    data.set(drawn(direction, inputs.slice(start, start + width), noise, row), row * width);
  });
  return { form: 'dense', count: rows.count, width, data };
}

const rowCount = 24;
const pairs = kinds.flatMap((a) => kinds.map((b) => [a, b] as const));

describe.each(pairs)('%s-%s: the graph against double precision with the same noise', (a, b) => {
  const rbm = tinyRbm(make[a](5), make[b](4), 3, 0.15);
  const model = bindRbm(rbm);
  const scale = threefry(9).uniform(new Float32Array(rowCount), 0.5, 2);
  const total = scale.reduce((x, y) => x + y);
  const rowWeights = scale.map((x) => x / total);
  // Data that the visible units take: a draw of them.
  const hiddenRows: DenseRows = {
    form: 'dense',
    count: rowCount,
    width: model.hidden.width,
    data: new Float32Array(rowCount * model.hidden.width),
  };
  const fine = model.visible.states === null ? 2 : 1;
  const dataNoise = threefry(2).uniform(
    new Float32Array(rowCount * model.visible.noiseWidth * fine),
    0.001,
    0.999,
  );
  const data = pass(downward(model), hiddenRows, dataNoise);

  test.each([
    { steps: 1, chains: 0 },
    { steps: 2, chains: 0 },
    { steps: 1, chains: 7 },
  ])('CD-$steps, $chains chains', async ({ steps, chains }) => {
    const built = buildStepGraph({ rbm, rows: rowCount, chains, steps });
    const start = selectRows(
      data,
      Uint32Array.from({ length: chains }, (_, i) => 2 * i),
    ) as DenseRows;
    const { results, noise } = await runStep(
      built,
      rbm,
      { data: data.data, 'row weights': rowWeights, chains: start.data },
      5,
    );
    const arrays = [...noise.values()];
    let next = 0;
    const dataHidden = pass(upward(model), data, arrays[next++]);
    let v = chains > 0 ? start : data;
    for (let step = 0; step < steps; step++) {
      const h = chains === 0 && step === 0 ? dataHidden : pass(upward(model), v, arrays[next++]);
      v = pass(downward(model), h, arrays[next++]);
    }
    if (chains > 0) close(results['next chains'].data as Float32Array, v.data, 'chains');
    const expected = [moments(rbm, data, rowWeights)];
    expected.push(moments(rbm, v, chains > 0 ? new Float32Array(chains).fill(1 / chains) : rowWeights));
    for (const name of parametersOf(rbm).keys()) {
      const difference = expected[0].get(name)!.map((x, i) => x - expected[1].get(name)![i]);
      close(results[`gradient of ${name}`].data as Float32Array, difference, name);
    }
    close(results['hidden mean'].data as Float32Array, expected[0].get('hidden bias')!, 'hidden mean');
    const back = denseMeans(downward(model), dataHidden);
    let error = 0;
    data.data.forEach((x, k) => {
      error += rowWeights[Math.floor(k / data.width)] * (x - back[k]) ** 2;
    });
    close(results['squared error'].data as Float32Array, [error], 'squared error');
  });
});

/** Single precision, sums of 24 rows, a polynomial fit of the tail. */
function close(got: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(got.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(got[i] - expected[i]), `${what}[${i}]: ${got[i]} and ${expected[i]}`).toBeLessThan(
      2e-4 * (1 + Math.abs(expected[i])),
    );
  }
}

function denseMeans(direction: Direction, rows: DenseRows): Float64Array {
  const { asked } = direction;
  const out = new Float64Array(rows.count * asked.width);
  forEachInput(direction, rows, (inputs, start, row) => asked.mean(inputs, start, out, row * asked.width));
  return out;
}

/** Weighted plain moments by parameter, with hidden means. */
function moments(rbm: Rbm, rows: DenseRows, weights: Float32Array): Map<string, Float64Array> {
  const { visible, hidden } = bindRbm(rbm);
  const [m, n] = [visible.width, hidden.width];
  const products = new Float64Array(m * n);
  const of = (width: number, precision: boolean) => ({
    bias: new Float64Array(width),
    ...(precision && { logPrecision: new Float64Array(width) }),
  });
  const v = of(m, hasPrecision(rbm.visible));
  const h = of(n, hasPrecision(rbm.hidden));
  const mean = new Float64Array(n);
  forEachInput(upward(bindRbm(rbm)), rows, (inputs, start, row) => {
    hidden.mean(inputs, start, mean, 0);
    visible.addStateMoments(rows.data, row * m, weights[row], v);
    hidden.addMoments(inputs, start, weights[row], h);
    for (let k = 0; k < m * n; k++) {
      products[k] += weights[row] * rows.data[row * m + Math.floor(k / n)] * mean[k % n];
    }
  });
  const result = new Map([
    ['weights', products],
    ['visible bias', v.bias],
    ['hidden bias', h.bias],
  ]);
  if (v.logPrecision) result.set('visible logPrecision', v.logPrecision);
  if (h.logPrecision) result.set('hidden logPrecision', h.logPrecision);
  return result;
}

test.each([
  ['bernoulli', 'bernoulli'],
  ['potts', 'spin'],
  ['spin', 'potts'],
  ['bernoulli', 'gaussian'],
  ['bernoulli', 'relu'],
] as const)('%s-%s: persistent chains stay at the law of the model', async (a, b) => {
  const rbm = tinyRbm(make[a](4), make[b](3), 9, 0.7);
  const chains = 8000;
  const built = buildStepGraph({ rbm, rows: 1, chains, steps: 1 });
  const width = rbm.weights.dims[0];
  const one = firstState(rbm);
  const results = await checkStationarity({
    units: rbm.visible,
    law: visibleLaw(rbm),
    chains,
    seed: 4,
    after: [1, 4],
    kernel: async (states, sweep) => {
      const inputs = {
        data: one.data,
        'row weights': Float32Array.of(1),
        chains: denseRows(rbm.visible, states).data,
      };
      const { results } = await runStep(built, rbm, inputs, 100 + sweep);
      const data = results['next chains'].data as Float32Array;
      return { form: 'dense', count: chains, width, data };
    },
  });
  for (const { totalVariation, bound } of results) expect(totalVariation).toBeLessThan(bound);
});

function firstState(rbm: Rbm): DenseRows {
  const { visible } = bindRbm(rbm);
  const row = new Float64Array(visible.width);
  for (let unit = 0; unit < rbm.visible.count; unit++) visible.putState(unit, 0, row);
  return { form: 'dense', count: 1, width: visible.width, data: Float32Array.from(row) };
}

test.each([1, 3])(
  'CD-%d has the expectation of the transition matrix, within 5 standard errors',
  async (steps) => {
    const rbm = tinyRbm(discrete.bernoulli(4), discrete.bernoulli(3), 2, 1.5);
    const patterns = barsAndStripes(2, 'distinct');
    const rows = 12_000;
    const order = Uint32Array.from({ length: rows }, (_, i) => i % patterns.count);
    const built = buildStepGraph({ rbm, rows, chains: 0, steps });
    const inputs = {
      data: (selectRows(patterns, order) as DenseRows).data,
      'row weights': new Float32Array(rows).fill(1 / rows),
    };
    const { results } = await runStep(built, rbm, inputs, 0);
    const expected = expectedCd(rbm, patterns, steps);
    const got = results['gradient of weights'].data as Float32Array;
    // A product of numbers in [0, 1] has a standard deviation of at most 1/2.
    const bound = (5 * 0.5) / Math.sqrt(rows);
    expected.weights.forEach((x, k) => {
      expect(Math.abs(got[k] - x)).toBeLessThan(bound);
    });
    // Not by accident: CD-1 and CD-3 differ by more than that.
    const other = expectedCd(rbm, patterns, 4 - steps);
    expect(Math.max(...got.map((x, k) => Math.abs(x - other.weights[k])))).toBeGreaterThan(bound);
  },
);

test('truncated normal draws far out: no NaN, mean within 5 standard errors', async () => {
  // One visible Bernoulli unit drives rectified units with t = bias sqrt(γ) from -40 to 40.
  const cuts = [-40, -20, -9.5, -8.5, -3, -1, 0, 1, 3, 9, 40];
  const rbm: Rbm = {
    visible: discrete.bernoulli(1),
    hidden: real.relu(cuts.length),
    weights: float32([1, cuts.length], new Float32Array(cuts.length)),
    visibleParameters: { bias: new Float32Array(1) },
    hiddenParameters: { bias: Float32Array.from(cuts), logPrecision: new Float32Array(cuts.length) },
  };
  const transposed: Rbm = {
    visible: rbm.hidden,
    hidden: rbm.visible,
    weights: float32([cuts.length, 1], new Float32Array(cuts.length)),
    visibleParameters: rbm.hiddenParameters,
    hiddenParameters: rbm.visibleParameters,
  };
  const chains = 10_000;
  const built = buildStepGraph({ rbm: transposed, rows: 1, chains, steps: 1 });
  const { results } = await runStep(
    built,
    transposed,
    {
      data: new Float32Array(cuts.length),
      'row weights': Float32Array.of(1),
      chains: new Float32Array(chains * cuts.length),
    },
    3,
  );
  const states = results['next chains'].data as Float32Array;
  const { hidden } = bindRbm(rbm);
  const mean = new Float64Array(cuts.length);
  hidden.mean(new Float64Array(cuts.length), 0, mean, 0);
  cuts.forEach((cut, j) => {
    let [sum, squares] = [0, 0];
    for (let chain = 0; chain < chains; chain++) {
      const x = states[chain * cuts.length + j];
      if (!(x >= 0 && x < 50)) throw new Error(`draw of ${x} at ${cut}`);
      sum += x;
      squares += x * x;
    }
    const error = Math.sqrt((squares / chains - (sum / chains) ** 2) / chains);
    expect(Math.abs(sum / chains - mean[j]), `at ${cut}`).toBeLessThan(5 * error);
  });
});
