import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import type { NetworkSpec } from '../network/spec.ts';
import { threefry } from '../random/threefry-stream.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { type OrtModule, ortRuntime } from '../runtime/onnxruntime.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import type { LossName, OptimizerSpec } from './spec.ts';
import { createTrainer } from './trainer.ts';

interface Curve {
  name: string;
  network: NetworkSpec;
  loss: LossName;
  optimizer: OptimizerSpec;
  learningRate: number;
  start: Record<string, number[]>;
  features: number[];
  answers: number[];
  losses: number[];
  runningMeans: number[][];
}

const { curves }: { curves: Curve[] } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/training-curves.json', import.meta.url), 'utf8'),
);

/** Losses of training on all examples at once: their order in the batch only moves roundings. */
async function trainAlong(
  curve: Curve,
  runtime: Runtime,
  steps: number,
): Promise<{ losses: number[]; buffers: ReadonlyMap<string, number[]> }> {
  const network = createNetwork(curve.network);
  const parameters = new Map(
    network.parameters.map(({ name, dims }) => [name, float32(dims, curve.start[name])]),
  );
  const labels = curve.loss === 'softmax-cross-entropy';
  const outputs = network.outputDims[0];
  const count = labels ? curve.answers.length : curve.answers.length / outputs;
  const examples = {
    features: float32([count, ...curve.network.input], curve.features),
    answers: labels
      ? tensor('int32', [count], Int32Array.from(curve.answers))
      : float32([count, outputs], curve.answers),
  };
  const trainer = await createTrainer({
    network,
    parameters,
    train: examples,
    test: examples,
    spec: {
      loss: curve.loss,
      optimizer: curve.optimizer,
      learningRate: curve.learningRate,
      schedule: { name: 'constant' },
      batchSize: count,
      epochs: steps,
    },
    stream: threefry(0),
    runtime,
  });
  await trainer.train();
  const losses = trainer.history.stepLosses.map((loss) => loss!);
  const buffers = new Map([...trainer.buffers].map(([name, { data }]) => [name, [...data]]));
  await trainer.dispose();
  return { losses, buffers };
}

/** Largest relative difference of two curves. */
function worst(got: readonly number[], wanted: readonly number[]): number {
  return Math.max(...got.map((value, i) => Math.abs(value / wanted[i] - 1)));
}

describe('training curves equal those of torch', async () => {
  const runtime = await nodeRuntime();
  test.each(curves.map((curve) => [curve.name, curve] as const))('%s', async (_, curve) => {
    const { losses, buffers } = await trainAlong(curve, runtime, curve.losses.length);
    expect(worst(losses.slice(0, 20), curve.losses)).toBeLessThan(1e-5);
    // Roundings grow along the way.
    expect(worst(losses, curve.losses)).toBeLessThan(1e-3);
    const means = [...buffers].filter(([name]) => name.includes('mean')).map(([, values]) => values);
    expect(means).toHaveLength(curve.runningMeans.length);
    for (const [k, mean] of curve.runningMeans.entries()) {
      for (const [i, value] of mean.entries()) expect(means[k][i]).toBeCloseTo(value, 4);
    }
  });
});

test('the reference interpreter trains along the same curves', async () => {
  const runtime = referenceRuntime({ precision: 'float32' });
  for (const curve of curves) {
    const { losses } = await trainAlong(curve, runtime, 10);
    expect(worst(losses, curve.losses)).toBeLessThan(1e-5);
  }
});

test('onnxruntime-web trains along the same curves', async () => {
  const module = (await import('onnxruntime-web')) as unknown as OrtModule;
  module.env.wasm.numThreads = 1;
  const name = 'onnxruntime-web wasm';
  const runtime = ortRuntime({ module, name, provider: 'wasm', writesInPlace: false });
  for (const curve of curves) {
    const { losses } = await trainAlong(curve, runtime, 20);
    expect(worst(losses, curve.losses)).toBeLessThan(1e-5);
  }
});
