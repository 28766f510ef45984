// What the JavaScript engines share: reading the files of ../workload.ts, gathering batches, timing, reporting.
// Every engine is started as `node X.mjs [threads] FOLDER MODEL STEPS WARMUP` and prints one line of JSON at the end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The task of this process, from the last four arguments. */
export function readTask(args = process.argv.slice(2)) {
  const [folder, name, steps, warmup] = args.slice(-4);
  const workload = JSON.parse(readFileSync(join(folder, 'workload.json'), 'utf8'));
  const model = workload.models.find((candidate) => candidate.name === name);
  const floats = (file) => new Float32Array(bytes(join(folder, file)));
  return {
    ...workload,
    model,
    steps: Number(steps),
    warmup: Number(warmup),
    features: floats('features.f32'),
    labels: new Int32Array(bytes(join(folder, 'labels.i32'))),
    order: new Uint32Array(bytes(join(folder, 'order.u32'))),
    layers: model.layers.map((layer) =>
      layer.weightFile === undefined
        ? layer
        : { ...layer, weight: floats(layer.weightFile), bias: floats(layer.biasFile) },
    ),
  };
}

function bytes(path) {
  const data = readFileSync(path);
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}

/** Learning rate of a step, counted from 0. */
export function learningRateOf({ learningRate, warmupSteps }, step) {
  return learningRate * Math.min(1, (step + 1) / warmupSteps);
}

/** Batch number `step` of the epoch, in arrays of its own. */
export function gatherBatch({ features, labels, order, batch, model }, step) {
  const width = model.input.reduce((product, length) => product * length, 1);
  const x = new Float32Array(batch * width);
  const y = new Int32Array(batch);
  for (let i = 0; i < batch; i++) {
    const row = order[step * batch + i];
    x.set(features.subarray(row * width, (row + 1) * width), i * width);
    y[i] = labels[row];
  }
  return { x, y };
}

/**
 * Runs the steps. The gathering of a batch is part of the work, reading the losses is not.
 * @param trainStep does step i and returns something that `readLoss` turns into a number
 */
export async function timeSteps({ steps, warmup }, trainStep, readLoss) {
  const pending = [];
  let began = performance.now();
  for (let i = 0; i < steps; i++) {
    if (i === warmup) {
      for (let k = 0; k < pending.length; k++) pending[k] = await readLoss(pending[k]);
      began = performance.now();
    }
    pending.push(await trainStep(i));
  }
  // Lazily evaluated work counts too.
  pending[steps - 1] = await readLoss(pending[steps - 1]);
  const seconds = (performance.now() - began) / 1000;
  const losses = [];
  for (const value of pending) losses.push(typeof value === 'number' ? value : await readLoss(value));
  return { secondsPerStep: seconds / (steps - warmup), losses };
}

/** The one line that the benchmark reads. */
export function report(result) {
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
}
