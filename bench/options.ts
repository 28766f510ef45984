import { parseArgs } from 'node:util';

export const usage = `npm run bench -- [options]

  --models a,b    only these networks (784-32-10, 784-256-256-10, 784-500-500-2000-10, cnn-32-64)
  --engines a,b   only these engines (outset, torch, tfjs, jax-js); outset always runs
  --rounds N      interleaved rounds, default 3
  --steps N       at most N steps of an epoch of 600; the rest is extrapolated
  --quick         1 round, 60 steps at most, 4 for tfjs and jax-js on the CNN; nothing is written
  --seed N        seed of the starting weights and of the order of the examples, default 1

OUTSET_PYTHON     the Python that has torch, default python3`;

/** What a run of the benchmark was asked for. */
export interface BenchOptions {
  readonly models: readonly string[] | undefined;
  readonly engines: readonly string[] | undefined;
  readonly rounds: number;
  readonly steps: number;
  readonly quick: boolean;
  readonly seed: number;
  readonly python: string;
}

/** @throws Error for an unknown option or a number that is none; undefined when help was asked for */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      models: { type: 'string' },
      engines: { type: 'string' },
      rounds: { type: 'string' },
      steps: { type: 'string' },
      seed: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const quick = values.quick;
  return {
    models: values.models?.split(','),
    engines: values.engines?.split(','),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '3'), 1),
    steps: wholeNumber('--steps', values.steps ?? (quick ? '60' : '600'), 2),
    quick,
    seed: wholeNumber('--seed', values.seed, 0),
    python: process.env.OUTSET_PYTHON ?? 'python3',
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= least) return value;
  throw new Error(`${option}: expected a whole number of at least ${least}, got ${text || 'nothing'}`);
}
