// Outset through its public library, in a worker thread as its users run it. Arguments: THREADS FOLDER MODEL STEPS WARMUP.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { readTask, report } from './workload.mjs';

// bench/ has a package.json of its own, so Outset's public entries are looked up from the one above.
const { resolve } = createRequire(new URL('../../package.json', import.meta.url));
const outset = (entry) => import(pathToFileURL(resolve(`outset/${entry}`)).href);

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv.slice(2) });
  worker.on('message', report);
} else {
  parentPort.postMessage(await train(Number(workerData[0]), readTask(workerData)));
}

async function train(threads, task) {
  const { createNetwork } = await outset('network');
  const { openStream } = await outset('random');
  const { nodeRuntime } = await outset('runtime/node');
  const { createTrainer, examplesFor } = await outset('training');
  const { model, layers, features, labels, count, batch, steps, warmup } = task;
  const network = createNetwork(model.spec);
  const tensor = (dims, data) => ({ dtype: 'float32', dims, data });
  const dims = new Map(network.parameters.map((parameter) => [parameter.name, parameter.dims]));
  const parameters = new Map();
  for (const { weight, bias, weightName, biasName } of layers) {
    if (weight === undefined) continue;
    parameters.set(weightName, tensor(dims.get(weightName), weight));
    parameters.set(biasName, tensor(dims.get(biasName), bias));
  }
  const runtime = await nodeRuntime();
  const trainer = await createTrainer({
    network,
    parameters,
    train: examplesFor(network, { count, features, labels }),
    // A batch is enough: the time of the evaluation is not part of the comparison.
    test: examplesFor(network, {
      count: batch,
      features: features.subarray(0, (batch * features.length) / count),
      labels: labels.subarray(0, batch),
    }),
    spec: {
      loss: 'softmax-cross-entropy',
      optimizer: { name: 'adam' },
      learningRate: task.learningRate,
      schedule: { name: 'constant', warmupSteps: task.warmupSteps },
      batchSize: batch,
      epochs: 1,
    },
    stream: openStream('threefry', task.seed).child('training'),
    runtime,
    compile: { threads, flushSubnormals: true },
  });
  for (let i = 0; i < warmup; i++) await trainer.trainStep();
  const began = performance.now();
  for (let i = warmup; i < steps; i++) await trainer.trainStep();
  const secondsPerStep = (performance.now() - began) / 1000 / (steps - warmup);
  const losses = [...trainer.history.stepLosses];
  await trainer.dispose();
  return { version: `${runtime.name}`, threads, secondsPerStep, losses };
}
