/** `npm run bench`: Outset beside torch, TensorFlow.js and jax-js. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleTfjs } from './bundle-tfjs.ts';
import { comparedLosses, type Engine, listEngines, type Plan } from './engines.ts';
import { describeMachine, load } from './machine.ts';
import { type BenchModel, models } from './models.ts';
import { type BenchOptions, readOptions, usage } from './options.ts';
import { writeReport } from './report.ts';
import { lossTolerance, type Measurement, summarize } from './results.ts';
import { runEngine } from './run-engine.ts';
import { ratioTable, secondsTable } from './tables.ts';
import { type Workload, writeWorkload } from './workload.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

/** npm's install of the JavaScript peers, at the first run only. */
function installPeers(): void {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(new URL('node_modules', import.meta.url))) return;
  say('Installing the JavaScript peers: npm ci --prefix bench');
  const { status } = spawnSync('npm', ['ci', '--prefix', folder], { stdio: 'inherit' });
  if (status !== 0) say('npm ci failed: TensorFlow.js and jax-js will be skipped.');
}

function choose<Item extends { readonly name: string }>(
  what: string,
  items: readonly Item[],
  wanted: readonly string[] | undefined,
  keyOf: (item: Item) => string,
): Item[] {
  const known = new Set(items.map(keyOf));
  const unknown = wanted?.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`--${what}: no ${unknown}; there are ${[...known].join(', ')}`);
  return items.filter((item) => wanted === undefined || wanted.includes(keyOf(item)));
}

function planOf(engine: Engine, model: BenchModel, options: BenchOptions, whole: number): Plan {
  const plan = engine.plans?.[model.name] ?? { steps: whole, warmup: comparedLosses, rounds: options.rounds };
  const slow = options.quick && engine.plans !== undefined && plan.rounds === 1;
  const steps = Math.min(plan.steps, options.steps, slow ? 4 : whole);
  return { ...plan, steps, warmup: Math.min(plan.warmup, Math.floor(steps / 2)) };
}

interface Field {
  readonly measurements: Measurement[];
  /** Engine -> why it is not in the tables. */
  readonly skipped: Map<string, string>;
}

async function measure(
  chosen: readonly BenchModel[],
  engines: readonly Engine[],
  workload: Workload,
  options: BenchOptions,
): Promise<Field> {
  const measurements: Measurement[] = [];
  const skipped = new Map<string, string>();
  for (let round = 1; round <= options.rounds; round++) {
    for (const model of chosen) {
      for (const engine of engines) {
        const plan = planOf(engine, model, options, workload.stepsPerEpoch);
        if (skipped.has(engine.name) || round > plan.rounds) continue;
        const busy = load();
        const run = await runEngine(engine, workload, model.name, plan);
        if (typeof run === 'string') {
          skipped.set(engine.name, `${run}. Install: ${engine.install}`);
          say(
            `\n!! ${engine.name} IS SKIPPED on ${model.name} and after: ${run}\n!! Needed: ${engine.install}\n`,
          );
          continue;
        }
        const secondsPerEpoch = run.secondsPerStep * workload.stepsPerEpoch;
        const { family, name } = engine;
        const { steps, warmup } = plan;
        const losses = run.losses.slice(0, comparedLosses);
        const { version } = run;
        measurements.push({
          model: model.name,
          engine: name,
          family,
          round,
          load: busy,
          version,
          steps,
          warmup,
          secondsPerEpoch,
          losses,
        });
        say(
          `round ${round}  ${model.name.padEnd(20)} ${name.padEnd(10)} ${secondsPerEpoch.toPrecision(4).padStart(9)} s  (load ${busy})`,
        );
      }
    }
  }
  return { measurements, skipped };
}

async function main(options: BenchOptions, args: readonly string[]): Promise<number> {
  const chosen = choose('models', models, options.models, ({ name }) => name);
  const wanted = options.engines === undefined ? undefined : ['outset', ...options.engines];
  const listed = choose('engines', listEngines(options.python), wanted, ({ family }) => family);
  if (listed.some(({ family }) => family === 'tfjs' || family === 'jax-js')) installPeers();
  const date = new Date().toISOString();
  say('Writing starting weights and data for all engines ...');
  const workload = await writeWorkload(chosen, options.seed);
  try {
    const engines: Engine[] = [];
    for (const engine of listed) {
      if (engine.family !== 'tfjs') engines.push(engine);
      else {
        const script = await bundleTfjs(workload.folder).catch(() => undefined);
        // Not there to be bundled: let it fail under its own name.
        engines.push(script === undefined ? engine : { ...engine, command: [process.execPath, script] });
      }
    }
    const { measurements, skipped } = await measure(chosen, engines, workload, options);
    const summaries = chosen.map((model) => summarize(model, engines, measurements));
    for (const summary of summaries)
      say(`\n${summary.model}\n${secondsTable(summary, workload.stepsPerEpoch)}`);
    say(`\n${ratioTable(summaries)}`);
    for (const [engine, reason] of skipped) say(`SKIPPED: ${engine}: ${reason}`);
    if (!options.quick) {
      const versions = Object.fromEntries(measurements.map(({ engine, version }) => [engine, version]));
      const files = await writeReport({
        date,
        command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
        seed: options.seed,
        machine: describeMachine(),
        stepsPerEpoch: workload.stepsPerEpoch,
        versions,
        skipped: [...skipped].map(([engine, reason]) => `${engine}: ${reason}`),
        summaries,
        measurements,
      });
      say(`\nWritten: ${files.join(', ')}`);
    }
    return verdict(summaries, skipped);
  } finally {
    await rm(workload.folder, { recursive: true, force: true });
  }
}

/** 1 if losses disagree or Outset itself failed. A missed speed target is told, not an error. */
function verdict(
  summaries: readonly ReturnType<typeof summarize>[],
  skipped: ReadonlyMap<string, string>,
): number {
  let failures = 0;
  for (const { model, engines } of summaries) {
    for (const { engine, lossDistance } of engines) {
      if (lossDistance === null || lossDistance <= lossTolerance) continue;
      say(
        `FAILED: ${engine} on ${model}: losses differ from torch's by ${lossDistance.toExponential(1)}, more than 1e-4`,
      );
      failures += 1;
    }
    if (!engines.some(({ family }) => family === 'torch')) {
      say(`Not compared on ${model}: torch is absent, so nobody's losses were checked.`);
    }
  }
  for (const engine of skipped.keys()) if (engine.startsWith('outset')) failures += 1;
  return failures > 0 ? 1 : 0;
}

const args = process.argv.slice(2);
try {
  const options = readOptions(args);
  if (options === undefined) say(usage);
  else process.exitCode = await main(options, args);
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
