/**
 * Numbers of TensorFlow.js with a seed -> test/fixtures/tfjs-random.json
 *
 *   npm install --prefix test/peers/tfjs --ignore-scripts
 *   node test/peers/tfjs/random.mjs > test/fixtures/tfjs-random.json
 *
 * Sequences are written as the SHA-256 of their singles, little-endian.
 */
import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';

const digest = (tensor) => {
  const values = tensor.dataSync();
  return createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
};
const seeds = [1, 42, -7, 0.25, 123456789012, 1e21];
await tf.setBackend('cpu');
const result = {
  command: 'node test/peers/tfjs/random.mjs > test/fixtures/tfjs-random.json',
  versions: { '@tensorflow/tfjs-core': tf.version_core, node: process.version },
  draws: seeds.map((seed) => ({
    seed,
    first: [...tf.randomUniform([3], 0, 1, 'float32', seed).dataSync()],
    uniform: digest(tf.randomUniform([2001], -0.3, 0.8, 'float32', seed)),
    normal: digest(tf.randomNormal([50001], 0, 1, 'float32', seed)),
    normalScaled: digest(tf.randomNormal([2001], 0.5, 0.1, 'float32', seed)),
    truncatedNormal: digest(tf.truncatedNormal([50001], 0, 1, 'float32', seed)),
    truncatedScaled: digest(tf.truncatedNormal([2001], 0.5, 0.1, 'float32', seed)),
  })),
  uniformOfSeed0: digest(tf.randomUniform([1000], 0, 1, 'float32', 0)),
  initializers: {
    glorotNormal: digest(initializers.glorotNormal({ seed: 42 }).apply([30, 20])),
    glorotUniform: digest(initializers.glorotUniform({ seed: 42 }).apply([30, 20])),
  },
};
process.stdout.write(`${JSON.stringify(result, undefined, 1)}\n`);
