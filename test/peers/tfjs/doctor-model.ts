/**
 * A model of TensorFlow.js as it saves it, for test/fixtures/doctor/tfjs: weights from its own initializers with fixed seeds.
 *
 *   npm install --prefix test/peers/tfjs --ignore-scripts
 *   npx tsx test/peers/tfjs/doctor-model.ts
 */
import path from 'node:path';
import { loadTfjs, saveModel } from './peer.ts';

const tf = await loadTfjs();
const dense = (units: number, activation: string, seed: number, more: object = {}) =>
  tf.layers.dense({ units, activation, kernelInitializer: tf.initializers.glorotUniform({ seed }), ...more });
const model = tf.sequential({
  layers: [
    dense(24, 'tanh', 1, { inputShape: [16], name: 'first' }),
    dense(24, 'tanh', 2, { name: 'second' }),
    dense(4, 'linear', 3, { name: 'last' }),
  ],
});
await saveModel(model, path.resolve(import.meta.dirname, '../../fixtures/doctor/tfjs'));
