import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Machine } from './machine.ts';
import type { Measurement, ModelSummary } from './results.ts';
import { ratioTable, secondsTable } from './tables.ts';
import { warmupSteps } from './workload.ts';

/** Everything about one run of the benchmark. */
export interface BenchRun {
  readonly date: string;
  readonly command: string;
  readonly seed: number;
  readonly machine: Machine;
  readonly stepsPerEpoch: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly skipped: readonly string[];
  readonly summaries: readonly ModelSummary[];
  readonly measurements: readonly Measurement[];
}

/** Writes RESULTS.md and results.json beside this file; returns where. */
export async function writeReport(run: BenchRun): Promise<string[]> {
  const files = ['RESULTS.md', 'results.json'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  await writeFile(files[0], markdown(run));
  await writeFile(files[1], `${JSON.stringify(run, null, 1)}\n`);
  return files;
}

function markdown(run: BenchRun): string {
  const { machine, measurements } = run;
  const loads = measurements.map(({ load }) => load);
  return `# Benchmark

One epoch of MNIST (${run.stepsPerEpoch} steps of batch 100, softmax cross-entropy, Adam 1e-3 after ${warmupSteps} steps of warm-up, which
keep the trajectories from being chaotic: see workload.ts) on every engine, with equal starting
weights and equal batches. Written by \`${run.command}\`; the single measurements are in results.json.

- date: ${run.date}, seed ${run.seed}
- machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGib} GiB, ${machine.system}, Node ${machine.node}
- load of the machine (one-minute average) when a measurement began: ${Math.min(...loads)} to ${Math.max(...loads)}; the engine before it counts too
${Object.entries(run.versions)
  .map(([engine, version]) => `- ${engine}: ${version}`)
  .join('\n')}
${run.skipped.map((line) => `- SKIPPED: ${line}`).join('\n')}

How it is measured: every engine runs in a process of its own, one after another, in interleaved rounds. Gathering the
shuffled batch is part of the work for everyone; the first steps are warm-up and not timed; evaluation is left out.
Outset runs in a worker thread through its public library. torch is eager, with fused Adam where it has it.
Subnormal numbers are flushed for Outset and torch; the WebAssembly peers have no such switch. Where an epoch would take
too long, fewer steps are timed and scaled. "1t" and "2t" are numbers of threads. A ratio compares the faster thread count
of Outset with the faster one of the peer, round by round.

## Ratios

${ratioTable(run.summaries)}

${run.summaries.map((summary) => `## ${summary.model}\n\n${secondsTable(summary, run.stepsPerEpoch)}`).join('\n\n')}
`;
}
