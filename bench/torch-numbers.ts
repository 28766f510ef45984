/**
 * Our numbers of PyTorch and PyTorch's own, drawn by turns on one thread: the best of many rounds, in milliseconds.
 *
 *   OUTSET_PYTHON=python3 npx tsx bench/torch-numbers.ts
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type TorchDialect, TorchStream } from '../src/random/index.ts';

const rounds = 120;
const cases = [
  ['normal_', 'float32', 235_200],
  ['normal_', 'float32', 1_000_000],
  ['uniform_', 'float32', 1_000_000],
  ['normal_', 'float64', 1_000_000],
  ['uniform_', 'float64', 1_000_000],
] as const;

const python = process.env.OUTSET_PYTHON ?? 'python3';
const script = fileURLToPath(new URL('peers/torch_numbers_peer.py', import.meta.url));

console.log('| dialect | draw | count | ours, ms | torch, ms | ours / torch |');
console.log('|---|---|---:|---:|---:|---:|');
for (const [capability, dialect] of [
  ['avx2', 'torch-avx2'],
  ['default', 'torch-scalar'],
] as const) {
  const torch = spawn(python, [script], {
    env: { ...process.env, ATEN_CPU_CAPABILITY: capability },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: torch.stdout })[Symbol.asyncIterator]();
  for (const [draw, dtype, count] of cases) {
    let ours = Number.POSITIVE_INFINITY;
    let theirs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      ours = Math.min(ours, timeOurs(dialect, draw, dtype, count, round));
      torch.stdin.write(`${draw} ${dtype} ${count} ${round}\n`);
      theirs = Math.min(theirs, Number((await answers.next()).value));
    }
    const ratio = (ours / theirs).toFixed(2);
    console.log(
      `| ${dialect} | \`${draw}\` ${dtype} | ${count.toLocaleString('en')} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${ratio} |`,
    );
  }
  torch.stdin.end();
}

function timeOurs(
  dialect: TorchDialect,
  draw: 'normal_' | 'uniform_',
  dtype: 'float32' | 'float64',
  count: number,
  seed: number,
): number {
  const out = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  const stream = new TorchStream(seed, { dialect });
  const start = performance.now();
  if (draw === 'normal_') stream.normal(out, 0, 0.02);
  else stream.uniform(out, -0.1, 0.1);
  return performance.now() - start;
}
