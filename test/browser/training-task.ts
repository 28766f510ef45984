import { createNetwork } from '../../src/network/create-network.ts';
import { parseNetwork } from '../../src/network/shorthand.ts';
import { openStream } from '../../src/random/index.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { parseStart } from '../../src/starts/registry.ts';
import { elementCount, tensor } from '../../src/tensor/tensor.ts';
import { createTrainer } from '../../src/training/trainer.ts';

/** Networks that a browser trains beside Node. */
export const tasks = {
  dense: { input: [144], network: '144-32-10:relu:dropout=0.2', examples: 250 },
  convolutional: { input: [1, 12, 12], network: '12x12-c6-p-c8-p-10:tanh', examples: 120 },
} as const;

export type TaskName = keyof typeof tasks;

/**
 * Trains a small network for two epochs on generated examples and returns every batch's loss and the last accuracy:
 * the same code in Node and in a page. The last batch is a short one.
 */
export async function trainTask(
  name: TaskName,
  runtime: Runtime,
): Promise<{ engine: string; losses: (number | null)[]; accuracy: number | null }> {
  const { input, network: text, examples: count } = tasks[name];
  const stream = openStream('threefry', 7);
  const width = elementCount(input);
  const features = stream.child('features').uniform(new Float32Array(count * width));
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  // Each class lights a part of its own.
  for (let i = 0; i < count; i++)
    for (let j = labels[i] * 14; j < labels[i] * 14 + 14; j++) features[i * width + j] += 1;
  const examples = {
    features: tensor('float32', [count, ...input], features),
    answers: tensor('int32', [count], labels),
  };
  const network = createNetwork(parseNetwork(text, { input, outputs: 10 }));
  const trainer = await createTrainer({
    network,
    parameters: await parseStart('he-normal').parameters(network, { stream }),
    train: examples,
    test: examples,
    spec: {
      loss: 'softmax-cross-entropy',
      optimizer: { name: 'adam' },
      learningRate: 0.003,
      schedule: { name: 'constant' },
      batchSize: 32,
      epochs: 2,
    },
    stream,
    runtime,
  });
  try {
    await trainer.train();
    return {
      engine: runtime.name,
      losses: [...trainer.history.stepLosses],
      accuracy: trainer.history.epochs.at(-1)?.testAccuracy ?? null,
    };
  } finally {
    await trainer.dispose();
  }
}
