/**
 * The trainers are one algorithm: from the same start, on batches so large that noise hardly counts, kernels for sparse
 * states, engine and (with chains run long enough) enumeration take the same steps, whatever the settings.
 */
import { describe, expect, test } from 'vitest';
import { createDenseTrainer } from '../../src/boltzmann/dense/dense-trainer.ts';
import { sampleExactly } from '../../src/boltzmann/enumeration/exact-sampling.ts';
import { createExactTrainer } from '../../src/boltzmann/exact-trainer.ts';
import { createSparseTrainer } from '../../src/boltzmann/kernels/sparse-trainer.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import type { RbmTrainer, RbmTrainerOptions } from '../../src/boltzmann/rbm-trainer.ts';
import type { RbmTrainingSpec } from '../../src/boltzmann/rbm-training-spec.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { discrete, tinyRbm } from '../support/tiny-rbm.ts';

const runtime = await nodeRuntime();
const count = 20_000;
const steps = 8;

const plain: RbmTrainingSpec = {
  negative: { name: 'cd', steps: 1 },
  centered: false,
  offsetRate: 0.2,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.8, switchEpoch: 4 },
  learningRate: 0.1,
  schedule: { name: 'constant' },
  batchSize: count,
  epochs: steps,
  weightDecay: { l1: 0, l2: 0 },
  grey: 'grey',
};

const settings: [string, Partial<RbmTrainingSpec>][] = [
  ['plain', {}],
  ['centred', { centered: true }],
  ['weight decay', { weightDecay: { l1: 0.05, l2: 0.1 } }],
  ['sparsity', { sparsity: { target: 0.1, cost: 1, decay: 0.5 } }],
  [
    'centred with everything',
    { centered: true, weightDecay: { l1: 0.02, l2: 0.1 }, sparsity: { target: 0.2, cost: 0.5, decay: 0.9 } },
  ],
  ['Adam, centred', { centered: true, optimizer: { name: 'adam' }, learningRate: 0.02 }],
  ['a schedule, three steps of chains', { negative: { name: 'cd', steps: 3 }, schedule: { name: 'cosine' } }],
];

const layers = [
  ['bernoulli', 'bernoulli'],
  ['spin', 'spin'],
  ['spin', 'bernoulli'],
  ['potts', 'spin'],
] as const;

async function trained(make: Promise<RbmTrainer>): Promise<{ rbm: Rbm; activity: number; error: number }> {
  const trainer = await make;
  expect(await trainer.train()).toBe('complete');
  const { hiddenActivity, reconstructionError } = trainer.history.at(-1)!;
  await trainer.dispose();
  return { rbm: trainer.rbm(), activity: hiddenActivity!, error: reconstructionError! };
}

/** Largest distance between two parameters, by array. */
function distances(a: Rbm, b: Rbm): number[] {
  const arrays = ({ weights, visibleParameters, hiddenParameters }: Rbm) => [
    weights.data,
    visibleParameters.bias,
    hiddenParameters.bias,
  ];
  return arrays(a).map((values, k) => Math.max(...values.map((x, i) => Math.abs(x - arrays(b)[k][i]))));
}

/**
 * The steps of two trainers differ by the noise of their negative phases: at most the range of a statistic over
 * sqrt(rows) each; momentum adds them up to `sum of factors` times. Adam divides by the size of the gradient.
 */
function tolerance(spec: RbmTrainingSpec, range: number): number {
  const noise = (range / 2) * Math.sqrt(2 / count) * Math.sqrt(steps);
  const gain = spec.optimizer.name === 'adam' ? 12 : 4;
  return 5 * spec.learningRate * gain * noise;
}

describe.each(layers)('%s-%s', (visible, hidden) => {
  const rbm = tinyRbm(discrete[visible](4), discrete[hidden](3), 4, 0.8);
  const data = sampleExactly(tinyRbm(discrete[visible](4), discrete[hidden](3), 9, 1.5), count, threefry(1));
  // Products of spins range over 2, with their offsets over 4.
  const range = visible === 'spin' || hidden === 'spin' ? 4 : 1;
  const given = (change: Partial<RbmTrainingSpec>): RbmTrainerOptions => ({
    rbm,
    data,
    stream: threefry(7),
    spec: { ...plain, ...change },
  });

  test.each(settings)('sparse kernels and engine: %s', async (_, change) => {
    const options = given(change);
    const sparse = await trained(createSparseTrainer(options));
    const dense = await trained(createDenseTrainer({ ...options, runtime }));
    const bound = tolerance(options.spec, range);
    for (const distance of distances(sparse.rbm, dense.rbm)) expect(distance).toBeLessThan(bound);
    // They did move, by much more than that.
    expect(Math.max(...distances(sparse.rbm, rbm))).toBeGreaterThan(2 * bound);
    expect(Math.abs(sparse.activity - dense.activity)).toBeLessThan(0.02);
    expect(Math.abs(sparse.error / dense.error - 1)).toBeLessThan(0.03);
  });

  test('engine and enumeration, from long chains', async () => {
    const change = { centered: true, negative: { name: 'cd', steps: 30 } } as const;
    const dense = await trained(createDenseTrainer({ ...given(change), runtime }));
    const exact = await trained(createExactTrainer(given({ ...change, negative: { name: 'exact' } })));
    const bound = tolerance(given(change).spec, range);
    for (const distance of distances(dense.rbm, exact.rbm)) expect(distance).toBeLessThan(bound);
  });
});
