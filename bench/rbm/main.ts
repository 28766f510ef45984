/**
 * `npm run bench:rbm`: learning RBMs with Outset beside NumPy, PyTorch and scikit-learn, interleaved, each run in a process
 * of its own. Seconds are those of the faster of two epochs; a table has the median of the rounds.
 *
 *   OUTSET_PYTHON   the Python that has numpy, torch and scikit-learn, default python3
 *   --rounds N      default 3
 *   --only TEXT     only tasks whose name has this text; nothing is written
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDataset } from '../../src/data/node/open.ts';
import { threefry } from '../../src/random/index.ts';
import { describeMachine, load } from '../machine.ts';
import { type RbmTask, rbmTasks } from './tasks.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const python = process.env.OUTSET_PYTHON ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'outset-bench-'));
const peers = new URL('../peers/', import.meta.url);

/** MNIST thresholded at 0.5, and 20,000 sequences of 100 letters of which each has a favourite place in the alphabet. */
async function writeData(): Promise<Record<RbmTask['data'], string>> {
  const files = { mnist: join(folder, 'mnist'), sequences: join(folder, 'sequences') };
  const { train } = await openDataset('mnist');
  writeFileSync(
    files.mnist,
    Uint8Array.from(train.features, (x) => (x >= 0.5 ? 1 : 0)),
  );
  const [count, sites, states] = [20_000, 100, 21];
  const draws = threefry(1).uniform(new Float32Array(count * sites));
  const sequences = new Uint8Array(count * sites * states);
  for (let i = 0; i < draws.length; i++) {
    const letter = (Math.floor(draws[i] ** 2 * states) + (i % sites)) % states;
    sequences[i * states + letter] = 1;
  }
  writeFileSync(files.sequences, sequences);
  return files;
}

interface Answer {
  readonly version: string;
  readonly seconds: readonly number[];
  readonly reconstruction?: number | null;
}

function run(task: RbmTask, library: string, data: string): Answer | string {
  const input = JSON.stringify({ ...task, library, data, epochs: 2 });
  const command =
    library === 'outset'
      ? [process.execPath, fileURLToPath(new URL('rbm_outset.mjs', peers))]
      : [python, fileURLToPath(new URL('rbm_peer.py', peers))];
  const result = spawnSync(command[0], command.slice(1), { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0)
    return (result.stderr || String(result.error)).trim().split('\n').at(-1) ?? 'failed';
  return JSON.parse(result.stdout) as Answer;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

const files = await writeData();
const tasks = rbmTasks.filter(({ name }) => values.only === undefined || name.includes(values.only));
const seconds = new Map<string, number[]>();
const versions = new Map<string, string>();
const loads: number[] = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const task of tasks) {
    for (const library of ['outset', ...task.libraries]) {
      loads.push(load());
      const answer = run(task, library, files[task.data]);
      if (typeof answer === 'string') {
        process.stdout.write(`!! ${library} IS SKIPPED on ${task.name}: ${answer}\n`);
        continue;
      }
      versions.set(library, answer.version);
      const best = Math.min(...answer.seconds) * (task.examples === undefined ? 1 : 60_000 / task.examples);
      const key = `${task.name}|${library}`;
      seconds.set(key, [...(seconds.get(key) ?? []), best]);
      process.stdout.write(`round ${round}  ${task.name}  ${library} ${best.toFixed(3)} s\n`);
    }
  }
}
rmSync(folder, { recursive: true });

const rows = tasks.map((task) => {
  const of = (library: string) => {
    const times = seconds.get(`${task.name}|${library}`);
    return times === undefined ? null : median(times);
  };
  const ours = of('outset');
  // A peer may be faster on fewer threads than it was given.
  const fewer = tasks.filter(
    ({ data, batch, threads }) => data === task.data && batch === task.batch && threads <= task.threads,
  );
  const peerTimes = fewer.flatMap(({ name, libraries }) =>
    libraries.flatMap((library) =>
      seconds.get(`${name}|${library}`) ? [median(seconds.get(`${name}|${library}`)!)] : [],
    ),
  );
  const fastest = task.libraries.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...peerTimes);
  const cell = (time: number | null) => (time === null ? '-' : time.toFixed(2));
  const aim =
    task.aim === undefined ? '' : 'ratio' in task.aim ? `>= ${task.aim.ratio}` : `<= ${task.aim.seconds} s`;
  const ratio = ours === null || !Number.isFinite(fastest) ? '-' : `**${(fastest / ours).toFixed(2)}**`;
  const times = ['outset', 'numpy', 'torch', 'sklearn'].map((library) => cell(of(library)));
  return `| ${task.name} | ${times.join(' | ')} | ${ratio} | ${aim} |`;
});
const machine = describeMachine();
const report = `# Learning RBMs: seconds an epoch

\`OUTSET_PYTHON=... npm run bench:rbm -- --rounds ${values.rounds}\` on ${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node};
${[...versions].map(([library, version]) => `${library} ${version}`).join(', ')}. CD-1 with momentum 0.5 on 60,000 MNIST digits thresholded at 0.5 (scikit-learn: its
persistent chains, no momentum; batch 10: on 12,000 of them, scaled); 20,000 one-hot sequences. Median of ${values.rounds} interleaved rounds, each the faster of two epochs.
Load of the machine during the runs (1-minute mean): ${Math.min(...loads)} to ${Math.max(...loads)}.
Ratio: the fastest peer on as many threads or fewer, over Outset.

| | Outset | NumPy | PyTorch | scikit-learn | ratio | aim |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
process.stdout.write(`\n${report}`);
if (values.only === undefined) writeFileSync(new URL('../RESULTS-rbm.md', import.meta.url), report);
