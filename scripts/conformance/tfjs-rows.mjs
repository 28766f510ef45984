/** Standard deviations of TensorFlow.js's initializers and layers, asked and got; and what its seeds do. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

await tf.setBackend('cpu');
const { initializers: init, layers: make } = layers;
const shape = [1000, 1000];
const layout = { kind: 'dense-in-out' };
const rows = [];

function add(call, tensor, asked, rule, note = '') {
  const values = tensor.dataSync();
  let squares = 0;
  let largest = 0;
  for (const value of values) {
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  const got = Math.sqrt(squares / values.length);
  rows.push({
    call,
    asked,
    got,
    samples: values.length,
    largest: largest / got,
    rule,
    dims: shape,
    layout,
    note,
  });
}

const cut = 'cut-variance-lost';
add(
  'randomNormal({ stddev: 0.05, seed: 1 })',
  init.randomNormal({ stddev: 0.05, seed: 1 }).apply(shape),
  0.05,
  'normal(std=0.05)',
);
add(
  'randomUniform({ seed: 1 })',
  init.randomUniform({ seed: 1 }).apply(shape),
  0.05 / Math.sqrt(3),
  'uniform',
);
add(
  'truncatedNormal({ stddev: 0.05, seed: 1 })',
  init.truncatedNormal({ stddev: 0.05, seed: 1 }).apply(shape),
  0.05,
  'truncated-normal(correct=yes)',
  'cut-uncorrected',
);
for (const [name, variance, rule, note] of [
  ['glorotUniform', 2 / 2000, 'glorot-uniform', ''],
  ['glorotNormal', 2 / 2000, 'keras-glorot-normal', cut],
  ['heUniform', 2 / 1000, 'he-uniform', ''],
  ['heNormal', 2 / 1000, 'keras-he-normal', cut],
  ['leCunUniform', 1 / 1000, 'lecun-uniform', ''],
  ['leCunNormal', 1 / 1000, 'keras-lecun-normal', cut],
]) {
  add(`${name}({ seed: 1 })`, init[name]({ seed: 1 }).apply(shape), Math.sqrt(variance), rule, note);
}
const dense = make.dense({ units: 1000 });
dense.build([null, 1000]);
add('layers.dense({ units: 1000 })', dense.getWeights()[0], Math.sqrt(2 / 2000), 'keras-default', cut);

const same = (name, options) => {
  const [a, b] = [0, 1].map(() => init[name](options).apply([20, 20]).dataSync());
  return a.every((value, i) => value === b[i]);
};
const names = [
  'randomUniform',
  'glorotUniform',
  'randomNormal',
  'truncatedNormal',
  'glorotNormal',
  'heNormal',
];
const facts = {
  seedZeroRepeats: Object.fromEntries(names.map((name) => [name, same(name, { seed: 0 })])),
  seedOneRepeats: Object.fromEntries(names.map((name) => [name, same(name, { seed: 1 })])),
  uniformFromZeroLeast: Math.min(
    ...init.randomUniform({ minval: 0, maxval: 1, seed: 1 }).apply([1000]).dataSync(),
  ),
};
process.stdout.write(
  `${JSON.stringify({ framework: 'TensorFlow.js', version: layers.version_layers, rows, facts })}\n`,
);
