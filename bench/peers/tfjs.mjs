// TensorFlow.js: WASM where it can, the plain cpu backend for convolutions (the wasm backend has no kernel for the
// gradient of their weights). Run as a bundle, see ../bundle-tfjs.ts. Arguments: FOLDER MODEL STEPS WARMUP.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { gatherBatch, learningRateOf, readTask, report, timeSteps } from './workload.mjs';

const task = readTask();
const hasConvolution = task.layers.some(({ kind }) => kind === 'conv');
const { resolve } = createRequire(import.meta.url);
const wasmMain = resolve('@tensorflow/tfjs-backend-wasm');
const { version } = JSON.parse(readFileSync(resolve('@tensorflow/tfjs-core/package.json'), 'utf8'));
setWasmPaths(`${dirname(wasmMain)}/`);
await tf.setBackend(hasConvolution ? 'cpu' : 'wasm');
await tf.ready();

// Images are channels last here, so kernels and the first dense layer behind an image are laid out anew.
let side = task.model.input.length === 3 ? task.model.input[1] : 0;
let channels = task.model.input[0];
const layers = task.layers.map((layer) => {
  if (layer.kind === 'max-pool') {
    side /= 2;
    return layer;
  }
  const bias = tf.variable(tf.tensor1d(layer.bias));
  if (layer.kind === 'conv') {
    channels = layer.channels;
    const weight = tf.transpose(
      tf.tensor4d(layer.weight, [layer.channels, layer.inputs, 3, 3]),
      [2, 3, 1, 0],
    );
    return { ...layer, weight: tf.variable(weight), bias };
  }
  let weight = tf.tensor2d(layer.weight, [layer.inputs, layer.units]);
  if (side > 0) {
    const image = tf.reshape(weight, [channels, side, side, layer.units]);
    weight = tf.reshape(tf.transpose(image, [1, 2, 0, 3]), [layer.inputs, layer.units]);
    side = 0;
  }
  return { ...layer, weight: tf.variable(weight), bias };
});

function logits(x) {
  let value = x;
  for (const layer of layers) {
    if (layer.kind === 'max-pool') {
      value = tf.maxPool(value, 2, 2, 'valid');
      continue;
    }
    const product =
      layer.kind === 'conv'
        ? tf.conv2d(value, layer.weight, 1, 'same')
        : tf.matMul(tf.reshape(value, [task.batch, layer.inputs]), layer.weight);
    value = tf.add(product, layer.bias);
    if (layer.relu) value = tf.relu(value);
  }
  return value;
}

const optimizer = tf.train.adam(task.learningRate, 0.9, 0.999, 1e-8);
const shape = task.model.input.length === 3 ? [task.batch, 28, 28, 1] : [task.batch, ...task.model.input];
const { secondsPerStep, losses } = await timeSteps(
  task,
  (step) => {
    const batch = gatherBatch(task, step);
    optimizer.learningRate = learningRateOf(task, step);
    return tf.tidy(() => {
      const x = tf.tensor(batch.x, shape);
      const targets = tf.cast(tf.oneHot(tf.tensor1d(batch.y, 'int32'), 10), 'float32');
      return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(targets, logits(x)), true);
    });
  },
  async (loss) => (await loss.data())[0],
);
report({ version: `tfjs ${version} (${tf.getBackend()})`, threads: 1, secondsPerStep, losses });
