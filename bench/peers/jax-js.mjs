// jax-js on its wasm backend, value-and-grad and Adam in one jit. Arguments: FOLDER MODEL STEPS WARMUP.
// Arrays are counted references: `.ref` keeps one that is used again, an operation consumes the others.
import { readFileSync } from 'node:fs';
import { gatherBatch, learningRateOf, readTask, report, timeSteps } from './workload.mjs';

globalThis.navigator ??= {}; // Node 20 has none, and the library looks for one.
const { defaultDevice, init, jit, lax, nn, numpy: np, valueAndGrad } = await import('@jax-js/jax');
await init('wasm');
defaultDevice('wasm');

const task = readTask();
const { batch, layers } = task;
const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
const array = (data, shape) => np.array(data).reshape(shape);

function logits(parameters, x) {
  let value = x;
  let next = 0;
  for (const layer of layers) {
    if (layer.kind === 'max-pool') {
      value = lax.reduceWindow(value, np.max, [2, 2], [2, 2]);
      continue;
    }
    const [weight, bias] = [parameters[next++], parameters[next++]];
    value =
      layer.kind === 'conv'
        ? lax.conv(value, weight, [1, 1], 'SAME').add(bias.reshape([1, layer.channels, 1, 1]))
        : np.matmul(value.reshape([batch, layer.inputs]), weight).add(bias);
    // nn.relu is a maximum, which lets half of the gradient through at exactly 0, where a blank background lies.
    if (layer.relu) value = np.where(value.ref.greater(0), value, 0);
  }
  return value;
}

function loss(parameters, x, targets) {
  return nn
    .logSoftmax(logits(parameters, x), -1)
    .mul(targets)
    .sum()
    .mul(-1 / batch);
}

const update = jit((parameters, firsts, seconds, x, targets, stepSize, scale) => {
  const [value, gradients] = valueAndGrad(loss)(
    parameters.map((p) => p.ref),
    x,
    targets,
  );
  const next = parameters.map((p, i) => {
    const g = gradients[i];
    const m = firsts[i].mul(beta1).add(g.ref.mul(1 - beta1));
    const v = seconds[i].mul(beta2).add(g.ref.mul(g).mul(1 - beta2));
    const size = np.sqrt(v.ref).mul(scale.ref).add(epsilon);
    return [p.sub(m.ref.mul(stepSize.ref).div(size)), m, v];
  });
  stepSize.dispose?.();
  scale.dispose?.();
  return [value, next.map((n) => n[0]), next.map((n) => n[1]), next.map((n) => n[2])];
});

const shapes = [];
let parameters = [];
for (const layer of layers) {
  if (layer.kind === 'max-pool') continue;
  const shape = layer.kind === 'conv' ? [layer.channels, layer.inputs, 3, 3] : [layer.inputs, layer.units];
  parameters.push(array(layer.weight, shape), np.array(layer.bias));
  shapes.push(shape, [layer.bias.length]);
}
let firsts = shapes.map((shape) => np.zeros(shape));
let seconds = shapes.map((shape) => np.zeros(shape));

const { secondsPerStep, losses } = await timeSteps(
  task,
  (step) => {
    const { x, y } = gatherBatch(task, step);
    const targets = new Float32Array(batch * 10);
    for (let i = 0; i < batch; i++) targets[i * 10 + y[i]] = 1;
    const stepSize = learningRateOf(task, step) / (1 - beta1 ** (step + 1));
    const scale = 1 / Math.sqrt(1 - beta2 ** (step + 1));
    const out = update(
      parameters,
      firsts,
      seconds,
      array(x, [batch, ...task.model.input]),
      array(targets, [batch, 10]),
      np.array(new Float32Array([stepSize])),
      np.array(new Float32Array([scale])),
    );
    let value;
    [value, parameters, firsts, seconds] = out;
    return value;
  },
  async (value) => (await value.data())[0],
);
const manifest = new URL('../node_modules/@jax-js/jax/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
report({ version: `jax-js ${version} (wasm)`, threads: 1, secondsPerStep, losses });
