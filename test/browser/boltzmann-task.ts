import {
  annealedImportanceSampling,
  createRbm,
  createSparseTrainer,
  kernelAis,
} from '../../src/boltzmann/index.ts';
import { threefry } from '../../src/random/index.ts';
import type { ThreadHost } from '../../src/runtime/threads.ts';

/**
 * Learns a small RBM by contrastive divergence from levels, then by persistent chains, and estimates its partition
 * function. Returns every number that came out, as bits.
 */
export async function learn(threads: number, host?: ThreadHost): Promise<string> {
  const [count, width] = [200, 50];
  const data = threefry(2)
    .uniform(new Float32Array(count * width))
    .map((x, i) => (x < 0.2 ? 1 : x < 0.3 && i % 2 === 0 ? x : 0));
  const rows = { form: 'dense', count, width, data } as const;
  const units = (size: number) => ({ kind: 'bernoulli', count: size }) as const;
  let rbm = createRbm(units(width), units(35), { stream: threefry(1), data: rows });
  const resources = { threads, ...(host && { host }) };
  for (const name of ['cd', 'pcd'] as const) {
    const trainer = await createSparseTrainer({
      rbm,
      data: rows,
      stream: threefry(3),
      ...resources,
      spec: {
        negative: { name, steps: 1 },
        centered: true,
        offsetRate: 0.01,
        optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 1 },
        learningRate: 0.1,
        schedule: { name: 'constant' },
        batchSize: 30,
        epochs: 3,
        weightDecay: { l1: 0, l2: 1e-4 },
        grey: 'resampled',
      },
    });
    await trainer.train();
    rbm = trainer.rbm();
    await trainer.dispose();
  }
  const { logEstimates } = await annealedImportanceSampling(rbm, {
    stream: threefry(4),
    chains: 10,
    temperatures: Float64Array.from({ length: 101 }, (_, i) => i / 100),
    engine: kernelAis(resources),
  });
  const words = (array: Float32Array | Float64Array) => [...new Uint32Array(array.slice().buffer)];
  return [...words(rbm.weights.data), ...words(rbm.visibleParameters.bias), ...words(logEstimates)].join(' ');
}
