/**
 * `npm run reproduce [-- name ...]`: runs published experiments again, compares, and writes the results with machine,
 * seeds and time. Without a name: the races, with `outset race`, into reproduce/RESULTS.md. A study (studies/) runs when
 * it is named, minutes to an hour, and writes reproduce/RESULTS-<name>.md; `--jobs 2` runs two of its parts side by side,
 * `--parts a,b` only some, `--fresh` all again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { RaceResult } from '../src/race/result.ts';
import { type Experiment, experiments, type RaceMeans } from './experiments.ts';
import { studies } from './studies/index.ts';
import { runPartOf, runStudy } from './studies/run-study.ts';

const root = path.resolve(import.meta.dirname, '..');
if (await runPartOf(process.argv.slice(2), studies)) process.exit(0);

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string' }, parts: { type: 'string' }, fresh: { type: 'boolean' } },
});
const chosen = experiments.filter(({ name }) => names.length === 0 || names.includes(name));
const known = [...experiments, ...studies].map(({ name }) => name);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. Known: ${known.join(', ')}`);
  process.exit(2);
}

let missed = 0;
const sections: string[] = [];
for (const experiment of chosen) {
  const result = race(experiment);
  const { text, failures } = compare(experiment, result);
  missed += failures;
  sections.push(text);
  console.log(text);
}

for (const study of studies.filter(({ name }) => names.includes(name))) {
  missed += await runStudy(study, {
    folder: path.join(root, 'reproduce'),
    jobs: Number(options.jobs ?? 1),
    parts: options.parts?.split(','),
    fresh: options.fresh === true,
  });
}

if (names.length === 0) {
  writeFileSync(
    path.join(root, 'reproduce/RESULTS.md'),
    `# Published figures, run again\n\nWritten by \`npm run reproduce\`.\n\n${sections.join('\n')}`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;

function race({ args }: Experiment): RaceResult {
  const folder = mkdtempSync(path.join(tmpdir(), 'outset-reproduce-'));
  const out = path.join(folder, 'race');
  const main = path.join(root, 'dist/cli/main.js');
  const run = spawnSync(process.execPath, [main, 'race', ...args, '--out', out, '--lang', 'en'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (run.status !== 0 || !existsSync(path.join(out, 'result.json'))) {
    throw new Error(`outset race ${args.join(' ')} ended with ${run.status}`);
  }
  const result = JSON.parse(readFileSync(path.join(out, 'result.json'), 'utf8')) as RaceResult;
  rmSync(folder, { recursive: true, force: true });
  return result;
}

function compare(experiment: Experiment, result: RaceResult): { text: string; failures: number } {
  const means = meansOf(result);
  let failures = 0;
  const rows = experiment.claims.map(({ what, value, holds, bar, format }) => {
    const measured = value(means);
    const ok = holds(measured);
    if (!ok) failures += 1;
    return `| ${what} | ${bar} | ${format(measured)} | ${ok ? 'holds' : '**missed**'} |`;
  });
  const { machine, spec } = result;
  const runs = result.contestants.map(({ start, seed, history }) => {
    const epochs = history.epochs;
    return `| \`${start}\` | ${seed} | ${number(epochs[1]?.trainLoss)} | ${number(epochs.at(-1)?.trainLoss)} | ${percent(epochs.at(-1)?.testAccuracy)} |`;
  });
  const text = `## ${experiment.title}

Source: ${experiment.source}.

| figure (mean over seeds ${spec.seeds.join(', ')}) | bar | measured | |
|---|---|---|---|
${rows.join('\n')}

| start | seed | cost of epoch 1 | cost of epoch ${spec.training.epochs} | test accuracy |
|---|---|---|---|---|
${runs.join('\n')}

\`${result.command}\`: ${result.seconds.toFixed(0)} s with ${machine.workers} worker threads on ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, ${machine.engine}, ${result.dataset.train.toLocaleString('en')} training and ${result.dataset.test.toLocaleString('en')} test examples, ${result.createdAt.slice(0, 10)}.
`;
  return { text, failures };
}

function meansOf(result: RaceResult): RaceMeans {
  const mean = (
    start: string,
    pick: (contestant: RaceResult['contestants'][number]) => number | null | undefined,
  ) => {
    const values = result.contestants
      .filter((contestant) => contestant.start === start)
      .map((contestant) => pick(contestant) ?? Number.NaN);
    if (values.length === 0)
      throw new Error(`the race had no start ${start}: ${result.spec.starts.join(', ')}`);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    accuracy: (start) => mean(start, ({ history }) => history.epochs.at(-1)?.testAccuracy),
    firstEpochCost: (start) => mean(start, ({ history }) => history.epochs[1]?.trainLoss),
  };
}

function number(value: number | null | undefined): string {
  return value == null ? 'NaN' : value.toPrecision(4);
}

function percent(value: number | null | undefined): string {
  return value == null ? '-' : `${(100 * value).toFixed(2)} %`;
}
