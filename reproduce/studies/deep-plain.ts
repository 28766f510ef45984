/** Plain networks of 1,000 and of 10,000 layers that learn, from orthogonal weights. */
import { denseInOut, orthogonal, parameterShape } from '../../src/initializers/index.ts';
import { type Stream, threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { float32 } from '../../src/tensor/tensor.ts';
import { loadDigits } from './digits.ts';
import { inputs, outputs } from './segmented-graphs.ts';
import {
  batchOf,
  createSegments,
  type Matrix,
  SegmentedNetwork,
  type SegmentedWeights,
  standardizedImages,
} from './segmented-network.ts';
import { mean, type PartContext, percent, Stopwatch, type Study, timeOf } from './study.ts';

interface DeepRun {
  readonly losses: readonly number[];
  readonly accuracy: number;
  readonly secondsPerStep: number;
  readonly createSeconds: number;
}

const settings: Readonly<Record<string, { depth: number; steps: number; rate: number }>> = {
  'layers-1000': { depth: 1000, steps: 200, rate: 1e-4 },
  'layers-10000': { depth: 10_000, steps: 50, rate: 1e-5 },
};
const [width, batch, segment] = [32, 64, 100];
const tested = 1024;
const momentum = 0.9;

async function runPart(part: string, { say }: PartContext): Promise<DeepRun> {
  const { depth, steps, rate } = settings[part];
  const { train, test } = await loadDigits();
  const stream = threefry(0);
  const images = standardizedImages(train.features);
  const clock = new Stopwatch();
  const segments = await createSegments({ width, batch, segment, biases: false }, await nodeRuntime());
  // The ends see signals and gradients of another size than the layers between: the last in units of its own.
  const network = new SegmentedNetwork(segments, orthogonalWeights(depth, stream), {
    learningRate: rate,
    lastRate: rate * depth,
    momentum,
  });
  const createSeconds = clock.wallSeconds;
  say(`${depth} layers stand, ${clock}`);
  const order = stream.child('shuffle').permutation(train.count);
  const losses: number[] = [];
  const began = clock.wallSeconds;
  for (let step = 0; step < steps; step++) {
    const { features, labels } = batchOf(images, train.labels, order.slice(step * batch, (step + 1) * batch));
    losses.push(await network.step(features, labels));
    if (step % 10 === 9) say(`step ${step + 1}: loss ${mean(losses.slice(-10)).toFixed(3)}, ${clock}`);
  }
  const secondsPerStep = (clock.wallSeconds - began) / steps;
  const accuracy = await network.accuracy(
    standardizedImages(test.features.slice(0, tested * 784)),
    test.labels.slice(0, tested),
  );
  say(`${percent(accuracy)} right`);
  return { losses, accuracy, secondsPerStep, createSeconds };
}

/**
 * Variance q = 1 / (2 depth) behind the first layer: with weights of gain 1, q' = q - 2 q² keeps half of it, and every
 * layer is nearly linear, so that the product of all Jacobians is nearly orthogonal.
 */
function orthogonalWeights(depth: number, stream: Stream): SegmentedWeights {
  const start = Math.sqrt(1 / (2 * depth));
  const draw = (name: string, dims: number[], gain: number): Matrix =>
    orthogonal({ gain })(stream.child(name), parameterShape({ name, dims, layout: denseInOut }));
  const square = width * width;
  return {
    first: draw('first', [inputs, width], start * Math.sqrt(inputs / width)),
    last: draw('last', [width, outputs], 0.5 / start),
    pieces: Array.from({ length: depth / segment }, (_, p) => {
      const data = new Float32Array(segment * square);
      for (let l = 0; l < segment; l++) data.set(draw(`${p}.${l}`, [width, width], 1).data, l * square);
      return float32([segment, width, width], data);
    }),
  };
}

export const deepPlainStudy: Study = {
  name: 'deep-plain',
  title: 'Plain tanh networks of 1,000 and 10,000 layers',
  source:
    'Xiao et al. 2018, "Dynamical isometry and a mean field theory of CNNs: how to train 10,000-layer vanilla convolutional neural networks" (there convolutions, 10,000 layers on MNIST)',
  stages: [['layers-1000'], ['layers-10000']],
  runPart,
  conclude: (parts) => ({
    rows: [...parts].map(([part, { data }]) => {
      const { accuracy, losses } = data as DeepRun;
      const { depth, steps } = settings[part];
      return {
        what: `${depth.toLocaleString('en')} layers of ${width}, ${steps} steps of ${batch}: accuracy on ${tested} test images`,
        published: '',
        bar: null,
        measured: `${percent(accuracy)} (loss ${mean(losses.slice(0, 10)).toFixed(3)} -> ${mean(losses.slice(-10)).toFixed(3)})`,
        holds: null,
      };
    }),
    notes: [
      `784 - ${width} x depth - 10, tanh, no biases, no shortcuts, no normalization. Weights orthogonal with gain 1; the first layer makes the variance 1 / (2 depth), of which half is left at the end (q' = q - 2 q²), and the last brings the logits to the size of 1/2. Momentum ${momentum}, rate 0.1 / depth (last layer: 0.1), seed 0, standardized MNIST.`,
      ...[...parts].map(([part, result]) => {
        const { secondsPerStep, createSeconds } = result.data as DeepRun;
        return `${part}: ${timeOf(result)}; ${createSeconds.toFixed(1)} s to draw and compile, ${secondsPerStep.toFixed(2)} s a step. The network runs in pieces of ${segment} layers, each piece forward, and forward and back again.`;
      }),
    ],
  }),
};
