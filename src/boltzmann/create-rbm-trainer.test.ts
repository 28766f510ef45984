import { afterEach, expect, test, vi } from 'vitest';
import { discrete, real, tinyRbm } from '../../test/support/tiny-rbm.ts';
import { threefry } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { createRbmTrainer } from './create-rbm-trainer.ts';
import { sampleExactly } from './enumeration/exact-sampling.ts';
import type { RbmTrainingSpec } from './rbm-training-spec.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function trainerOf(visible: keyof typeof discrete, hidden: 'bernoulli' | 'gaussian'): Promise<unknown> {
  const rbm = tinyRbm(
    discrete[visible](6),
    hidden === 'gaussian' ? real.gaussian(3) : discrete.bernoulli(3),
    1,
    0.1,
  );
  const data = sampleExactly(tinyRbm(discrete[visible](6), discrete.bernoulli(3), 1, 0.1), 40, threefry(2));
  const spec: RbmTrainingSpec = {
    negative: { name: 'cd', steps: 1 },
    centered: true,
    offsetRate: 0.01,
    optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 5 },
    learningRate: 0.01,
    schedule: { name: 'constant' },
    batchSize: 10,
    epochs: 1,
    weightDecay: { l1: 0, l2: 0 },
    grey: 'threshold',
  };
  const problem = { rbm, data, spec, stream: threefry(3), labels: 0 };
  const trainer = await createRbmTrainer(problem, { runtime: await nodeRuntime() });
  expect(await trainer.train()).toBe('complete');
  const { origin } = trainer.snapshot();
  await trainer.dispose();
  return origin.trainer;
}

test('discrete units on both sides learn on the sparse kernels, others on the engine', async () => {
  expect(await trainerOf('bernoulli', 'bernoulli')).toBe('sparse');
  expect(await trainerOf('potts', 'bernoulli')).toBe('sparse');
  expect(await trainerOf('bernoulli', 'gaussian')).toBe('dense');
});

test('without SIMD in WebAssembly discrete units learn on the engine too', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(await trainerOf('bernoulli', 'bernoulli')).toBe('dense');
});
