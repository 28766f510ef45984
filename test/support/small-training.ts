/** Small trainings that several tests share. */
import { createNetwork } from '../../src/network/create-network.ts';
import type { Network, ParameterValues } from '../../src/network/network.ts';
import type { NetworkSpec } from '../../src/network/spec.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { elementCount, tensor } from '../../src/tensor/tensor.ts';
import type { Examples } from '../../src/training/examples.ts';
import type { TrainingSpec } from '../../src/training/spec.ts';

/** Two interleaved spirals in the plane, classes 0 and 1 in turn, with a little noise. */
export function twoSpirals(count: number, seed: number): Examples {
  const noise = threefry(seed)
    .child('noise')
    .normal(new Float32Array(2 * count), 0, 0.02);
  const features = new Float32Array(2 * count);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    const t = 0.25 + (0.75 * i) / count;
    const angle = 3 * Math.PI * t + label * Math.PI;
    features[2 * i] = t * Math.cos(angle) + noise[2 * i];
    features[2 * i + 1] = t * Math.sin(angle) + noise[2 * i + 1];
    labels[i] = label;
  }
  return { features: tensor('float32', [count, 2], features), answers: tensor('int32', [count], labels) };
}

/** Normal weights of variance 2 / fanIn, biases 0, scales 1. */
export function heStart(network: Network, seed: number): ParameterValues {
  const stream = threefry(seed).child('start');
  return new Map(
    network.parameters.map(({ name, role, dims, fanIn }) => {
      const data = new Float32Array(elementCount(dims));
      if (role === 'weight') stream.child(name).normal(data, 0, Math.sqrt(2 / fanIn));
      if (role === 'scale') data.fill(1);
      return [name, tensor('float32', dims, data)];
    }),
  );
}

/** A network on two inputs with everything that has state: batch norm, dropout. */
export const statefulSpec: NetworkSpec = {
  input: [2],
  layers: [
    { type: 'dense', units: 12 },
    { type: 'batch-norm' },
    { type: 'activation', activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 12, activation: 'tanh' },
    { type: 'dense', units: 2 },
  ],
};

/** A multilayer perceptron on two inputs. */
export function mlp(activation: 'relu' | 'tanh' | 'sigmoid', ...units: readonly number[]): Network {
  return createNetwork({
    input: [2],
    layers: units.map((count, i) => ({
      type: 'dense',
      units: count,
      activation: i < units.length - 1 ? activation : 'linear',
    })),
  });
}

export const adamSpec: TrainingSpec = {
  loss: 'softmax-cross-entropy',
  optimizer: { name: 'adam' },
  learningRate: 0.01,
  schedule: { name: 'constant' },
  batchSize: 32,
  epochs: 3,
};
