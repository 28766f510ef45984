/**
 * Milliseconds of processor time for a million numbers, ours and NumPy's in turn, the best of several: what docs/streams.md
 * and the benchmark say about speed.
 *
 *   npm run build && OUTSET_PYTHON=python3 node scripts/time-streams.mjs
 */
import { spawnSync } from 'node:child_process';
import { NumpyGenerator, NumpyRandomState, openStream } from '../dist/random/index.js';

const count = 1_000_000;
const doubles = new Float64Array(count);
const singles = new Float32Array(count);
const generator = new NumpyGenerator(0);
const legacy = new NumpyRandomState(1);
const ours = {
  'default_rng.standard_normal': () => generator.normal(doubles),
  'default_rng.standard_normal float32': () => generator.standardNormalSingle(singles),
  'default_rng.random': () => generator.uniform(doubles),
  'RandomState.standard_normal': () => legacy.normal(doubles),
  'RandomState.random_sample': () => legacy.uniform(doubles),
  'jax.random.normal float32': () => openStream('jax', 1).normal(singles),
  'tf.random.stateless_normal float32': () => openStream('tensorflow', 1).normal(singles),
  'torch.randn float32': () => openStream('torch-avx2', 1).normal(singles),
};
const script = `
import json, sys, time
import numpy as np
generator, legacy, n = np.random.default_rng(0), np.random.RandomState(1), ${count}
def best(draw):
    times = []
    for _ in range(6):
        start = time.process_time(); draw(); times.append(time.process_time() - start)
    return 1000 * min(times)
print(json.dumps({
    "default_rng.standard_normal": best(lambda: generator.standard_normal(n)),
    "default_rng.standard_normal float32": best(lambda: generator.standard_normal(n, dtype=np.float32)),
    "default_rng.random": best(lambda: generator.random(n)),
    "RandomState.standard_normal": best(lambda: legacy.standard_normal(n)),
    "RandomState.random_sample": best(lambda: legacy.random_sample(n)),
}))`;

const best = {};
const theirs = {};
for (let round = 0; round < 3; round++) {
  for (const [name, draw] of Object.entries(ours)) {
    for (let i = 0; i < 6; i++) {
      const start = process.cpuUsage();
      draw();
      const { user, system } = process.cpuUsage(start);
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, (user + system) / 1000);
    }
  }
  const { status, stdout } = spawnSync(process.env.OUTSET_PYTHON ?? 'python3', ['-c', script], {
    encoding: 'utf8',
  });
  if (status !== 0) continue;
  for (const [name, time] of Object.entries(JSON.parse(stdout))) {
    theirs[name] = Math.min(theirs[name] ?? Number.POSITIVE_INFINITY, time);
  }
}
for (const [name, time] of Object.entries(best)) {
  const other = theirs[name];
  const ratio =
    other === undefined ? '' : `   numpy ${other.toFixed(1)} ms   ratio ${(time / other).toFixed(2)}`;
  process.stdout.write(`${name.padEnd(36)} ${time.toFixed(1).padStart(6)} ms${ratio}\n`);
}
