/** Outset's side of `npm run bench:rbm`: reads the task of rbm_peer.py from standard input, prints the same answer. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import {
  annealedImportanceSampling,
  createRbm,
  createSparseTrainer,
  kernelAis,
} from '../../dist/boltzmann/index.js';
import { threefry } from '../../dist/random/index.js';
import { nodeThreads } from '../../dist/runtime/node.js';

const task = JSON.parse(await text(process.stdin));
const { threads, visible, states, hidden, batch, epochs } = task;
const bits = readFileSync(task.data);
const rows = Math.min(task.examples ?? Number.POSITIVE_INFINITY, bits.length / visible);
const count = Math.floor(rows / batch) * batch;
const offsets = new Uint32Array(count + 1);
const indices = [];
for (let row = 0; row < count; row++) {
  for (let i = 0; i < visible; i++) if (bits[row * visible + i] === 1) indices.push(i);
  offsets[row + 1] = indices.length;
}
const data = { form: 'sparse', count, width: visible, offsets, indices: Uint16Array.from(indices) };
const units =
  states > 0 ? { kind: 'potts', count: visible / states, states } : { kind: 'bernoulli', count: visible };
const rbm = createRbm(units, { kind: 'bernoulli', count: hidden }, { stream: threefry(1) });
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const settings = (batchSize, count) => ({
  negative: { name: task.persistent ? 'pcd' : 'cd', steps: 1 },
  centered: false,
  offsetRate: 0,
  optimizer: { name: 'momentum', initial: 0.5, final: 0.5, switchEpoch: 0 },
  learningRate: 0.05,
  schedule: { name: 'constant' },
  batchSize,
  epochs: count,
  weightDecay: { l1: 0, l2: 0 },
  grey: 'threshold',
});
const answer = { library: 'outset', version };
if (task.annealing > 0) {
  // A trained model: an untrained one has half of its hidden units on, and is slower.
  const spec = settings(100, 2);
  const trainer = await createSparseTrainer({
    rbm,
    data,
    stream: threefry(1),
    threads,
    host: nodeThreads,
    spec,
  });
  await trainer.train();
  const trained = trainer.rbm();
  await trainer.dispose();
  const began = performance.now();
  const options = {
    stream: threefry(2),
    chains: 100,
    data,
    engine: kernelAis({ threads, host: nodeThreads }),
  };
  await annealedImportanceSampling(trained, options);
  answer.seconds = [(performance.now() - began) / 1000];
} else {
  const trainer = await createSparseTrainer({
    rbm,
    data,
    stream: threefry(1),
    threads,
    host: nodeThreads,
    spec: settings(batch, epochs),
  });
  await trainer.train();
  answer.seconds = trainer.history.slice(1).map(({ seconds }, i) => seconds - trainer.history[i].seconds);
  answer.reconstruction = trainer.history.at(-1).reconstructionError;
  await trainer.dispose();
}
process.stdout.write(JSON.stringify(answer));
