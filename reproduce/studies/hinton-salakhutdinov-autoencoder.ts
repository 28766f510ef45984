/**
 * Hinton & Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks": the deep autoencoder
 * 784-1000-500-250-30 on MNIST, beside the same network without pre-training and beside principal components.
 */
import { finetune, unrollAutoencoder } from '../../src/boltzmann/index.ts';
import { createNetwork } from '../../src/network/create-network.ts';
import type { Network, ParameterValues } from '../../src/network/network.ts';
import { threefry } from '../../src/random/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { parseStart } from '../../src/starts/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';
import type { TrainingSpec } from '../../src/training/spec.ts';
import { type Digits, loadDigits, pixels, reconstructed } from './digits.ts';
import { autoencoderLayers, pretrainDigits } from './pretraining.ts';
import { principalComponentError } from './principal-components.ts';
import { Stopwatch, type Study, threads } from './study.ts';

const compile = { threads, flushSubnormals: true };

const spec: TrainingSpec = {
  loss: 'binary-cross-entropy',
  optimizer: { name: 'adam' },
  learningRate: 1e-3,
  schedule: { name: 'cosine' },
  batchSize: 100,
  epochs: 40,
};

/** Squared error an image, summed over pixels, mean over images: the unit of the paper's figures. */
async function squaredError(
  network: Network,
  values: ParameterValues,
  digits: Digits,
  runtime: Runtime,
): Promise<number> {
  const batch = 1000;
  const { builder, features, logits } = network.build(batch, 'inference');
  const images = builder.op('Sigmoid', [logits]);
  const error = builder.op('Sub', [images, features]);
  const sum = builder.op('ReduceSum', [builder.op('Mul', [error, error]), builder.ints([0, 1])], {
    keepdims: 0,
  });
  builder.output(sum);
  const program = await runtime.compile(builder.build(), compile);
  let total = 0;
  for (let first = 0; first < digits.test.count; first += batch) {
    const data = digits.test.features.slice(first * pixels, (first + batch) * pixels);
    const results = await program.run({
      ...Object.fromEntries(values),
      [features]: tensor('float32', [batch, pixels], data),
    });
    total += (results[sum].data as Float32Array)[0];
  }
  await program.dispose();
  return total / digits.test.count;
}

async function trained(
  network: Network,
  values: ParameterValues,
  digits: Digits,
  runtime: Runtime,
  say: (text: string) => void,
): Promise<number> {
  const result = await finetune({
    network,
    values,
    train: reconstructed(digits.train),
    test: reconstructed(digits.test),
    spec,
    stream: threefry(0),
    runtime,
    compile,
    onEpoch: ({ epoch, trainLoss, testLoss }) =>
      say(`  epoch ${epoch}: cross-entropy a pixel ${trainLoss?.toFixed(5)}, test ${testLoss?.toFixed(5)}`),
  });
  return squaredError(network, result.values, digits, runtime);
}

export const autoencoderStudy: Study = {
  name: 'autoencoder',
  title: 'Deep autoencoder 784-1000-500-250-30',
  source: 'Hinton & Salakhutdinov 2006, figure 2 B and the authors’ code (mnistdeepauto.m)',
  run: async (say) => {
    const digits = await loadDigits();
    const runtime = await nodeRuntime();
    const pca = principalComponentError(digits, 30);
    say(`30 principal components: ${pca.toFixed(3)}`);
    const time = new Stopwatch();
    const dbn = await pretrainDigits(digits, { layers: autoencoderLayers, seed: 0, runtime, say });
    const unrolled = unrollAutoencoder(dbn);
    const network = createNetwork(unrolled.spec);
    const before = await squaredError(network, unrolled.values, digits, runtime);
    say(`unrolled, before fine-tuning: ${before.toFixed(3)}, ${time}`);
    const after = await trained(network, unrolled.values, digits, runtime, say);
    const minutes = time.wallSeconds / 60;
    const took = String(time);
    say(`fine-tuned: ${after.toFixed(3)}, ${took}`);
    const start = 'glorot-uniform(gain=4)';
    const plainTime = new Stopwatch();
    const random = await parseStart(start).parameters(network, { stream: threefry(0) });
    const plain = await trained(network, random, digits, runtime, say);
    say(`without pre-training: ${plain.toFixed(3)}, ${plainTime}`);
    return {
      rows: [
        {
          what: 'squared error an image, test set',
          published: '3.00',
          bar: '<= 2.6',
          measured: after.toFixed(3),
          holds: after <= 2.6,
        },
        {
          what: 'minutes, pre-training included',
          published: '',
          bar: '<= 15',
          measured: minutes.toFixed(1),
          holds: minutes <= 15,
        },
        { what: 'before fine-tuning', published: '', bar: null, measured: before.toFixed(3), holds: null },
        {
          what: `without pre-training, from \`${start}\`, the same fine-tuning`,
          published: '',
          bar: null,
          measured: plain.toFixed(3),
          holds: null,
        },
        {
          what: '30 principal components',
          published: '13.87',
          bar: '13.866 ± 0.001',
          measured: pca.toFixed(3),
          holds: Math.abs(pca - 13.866) <= 0.0015,
        },
      ],
      notes: [
        `Squared error summed over the 784 pixels in [0, 1], mean over the 10,000 test images. Pre-training: ${autoencoderLayers.map(({ hidden, spec }) => `${hidden.count} ${hidden.kind} units, ${spec.epochs} epochs, rate ${spec.learningRate}`).join('; ')}; CD-1, batch 100, momentum 0.5, then 0.9. Fine-tuning: cross-entropy, Adam ${spec.learningRate} with a cosine to 0, batch ${spec.batchSize}, ${spec.epochs} epochs; seed 0.`,
        `Pre-trained ${took}; without ${plainTime}.`,
      ],
    };
  },
};
