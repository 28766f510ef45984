/**
 * `npm run fuzz`: damaged files, until each reader has seen its share of a million. A file may be read or refused with
 * an issue; anything else (another error, more than 2 seconds, more than 1 GB of memory) stops the run and leaves the
 * input in test/fuzz/failures. Interrupted, it goes on where it was: progress.json has the counts, and the seeds of what
 * comes next follow from them. Inputs that come to something new are kept in test/fuzz/corpus and damaged further.
 *
 *     npm run fuzz                       up to 1,000,000 inputs in all
 *     npm run fuzz -- 2000000            up to two million
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { damaged, mutations } from './mutations.ts';
import { corpusFolder, type FuzzedReader, fuzzedReaders, startOf } from './readers.ts';
import { runInput } from './run-input.ts';

const goal = Number(process.argv[2] ?? 1_000_000);
const progressFile = path.resolve(import.meta.dirname, 'progress.json');
const progress: Record<string, { inputs: number; outcomes: Record<string, number> }> = existsSync(
  progressFile,
)
  ? JSON.parse(readFileSync(progressFile, 'utf8'))
  : {};
const mostKilobytes = 1_000_000;
const batch = 500;
/** Larger inputs are not kept: the corpus is part of the repository. */
const mostKept = 16_000;
const shares = fuzzedReaders.reduce((sum, { share }) => sum + share, 0);
const wanted = ({ share }: FuzzedReader) => Math.ceil((goal * share) / shares);

for (const reader of fuzzedReaders) progress[reader.name] ??= { inputs: 0, outcomes: {} };
let lastSaved = performance.now();
for (;;) {
  const open = fuzzedReaders.filter((reader) => progress[reader.name].inputs < wanted(reader));
  if (open.length === 0) break;
  for (const reader of open) await runBatch(reader);
  if (performance.now() - lastSaved > 20_000) save();
}
save();
const total = Object.values(progress).reduce((sum, { inputs }) => sum + inputs, 0);
process.stdout.write(`${total} inputs, no crash; most memory ${process.resourceUsage().maxRSS} kB\n`);

async function runBatch(reader: FuzzedReader): Promise<void> {
  const { inputs, outcomes } = progress[reader.name];
  const lists = fc.sample(mutations, { seed: inputs + 1, numRuns: batch });
  for (const [i, list] of lists.entries()) {
    const bytes = damaged(startOf(reader, inputs + i), list);
    try {
      const outcome = await runInput(reader, bytes);
      if (outcomes[outcome] === undefined) keep(reader, outcome, bytes);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      fail(reader, bytes, error);
    }
  }
  progress[reader.name].inputs += batch;
  if (process.resourceUsage().maxRSS > mostKilobytes) {
    fail(reader, new Uint8Array(), new Error(`memory: ${process.resourceUsage().maxRSS} kB`));
  }
}

function keep({ name }: FuzzedReader, outcome: string, bytes: Uint8Array): void {
  if (bytes.length > mostKept || outcome === 'read') return;
  mkdirSync(corpusFolder(name), { recursive: true });
  writeFileSync(path.join(corpusFolder(name), `${outcome.replaceAll(/[^a-z0-9_.-]+/gi, '-')}.bin`), bytes);
}

function fail({ name }: FuzzedReader, bytes: Uint8Array, error: unknown): never {
  save();
  const folder = path.resolve(import.meta.dirname, 'failures');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}-${progress[name].inputs}.bin`);
  writeFileSync(file, bytes);
  process.stderr.write(`${name}: ${(error as Error).stack}\n${file}\n`);
  process.exit(1);
}

function save(): void {
  lastSaved = performance.now();
  writeFileSync(progressFile, `${JSON.stringify(progress, undefined, 2)}\n`);
  const counts = Object.entries(progress).map(([name, { inputs }]) => `${name} ${inputs}`);
  process.stdout.write(`${counts.join('  ')}\n`);
}
