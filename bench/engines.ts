/** The engines of the benchmark: how each is started, and how much of an epoch it gets through in bearable time. */
import { fileURLToPath } from 'node:url';

/** What one engine does in one process. */
export interface Plan {
  /** Steps in all; the rest of the epoch is extrapolated. */
  readonly steps: number;
  /** Steps at the start that are not timed. */
  readonly warmup: number;
  /** Rounds that it takes part in; the first ones. */
  readonly rounds: number;
}

/** An engine with a fixed number of threads. */
export interface Engine {
  /** e.g. `outset 2t`. */
  readonly name: string;
  /** Engines of one family differ in threads only; a family is judged by its best member. */
  readonly family: Family;
  readonly command: readonly string[];
  /** Absent: the whole epoch, in every round. */
  readonly plans?: Readonly<Record<string, Plan>>;
  /** What to do if it is absent. */
  readonly install: string;
}

export type Family = 'outset' | 'torch' | 'tfjs' | 'jax-js';

/** Losses at the start that must agree with torch's. */
export const comparedLosses = 20;

const peer = (file: string) => fileURLToPath(new URL(`peers/${file}`, import.meta.url));
const node = (file: string, ...rest: string[]) => [process.execPath, peer(file), ...rest];
const peersInstall = 'npm ci --prefix bench';

/** @param python the Python that has torch */
export function listEngines(python: string): Engine[] {
  const torch = 'a Python with torch 2 (pip install torch numpy), named by OUTSET_PYTHON';
  return [
    { name: 'outset 1t', family: 'outset', command: node('outset.mjs', '1'), install: 'npm run build' },
    { name: 'torch 1t', family: 'torch', command: [python, peer('torch_peer.py'), '1'], install: torch },
    { name: 'outset 2t', family: 'outset', command: node('outset.mjs', '2'), install: 'npm run build' },
    { name: 'torch 2t', family: 'torch', command: [python, peer('torch_peer.py'), '2'], install: torch },
    {
      name: 'tfjs',
      family: 'tfjs',
      command: node('tfjs.mjs'),
      install: peersInstall,
      plans: {
        '784-32-10': { steps: 320, warmup: 20, rounds: 99 },
        '784-256-256-10': { steps: 120, warmup: 20, rounds: 99 },
        '784-500-500-2000-10': { steps: 40, warmup: 10, rounds: 2 },
        // The wasm backend has no gradient of a convolution's weights, so all of it runs on the plain cpu backend.
        'cnn-32-64': { steps: 3, warmup: 1, rounds: 1 },
      },
    },
    {
      name: 'jax-js',
      family: 'jax-js',
      command: node('jax-js.mjs'),
      install: peersInstall,
      plans: {
        '784-32-10': { steps: 320, warmup: 20, rounds: 99 },
        '784-256-256-10': { steps: 220, warmup: 20, rounds: 99 },
        '784-500-500-2000-10': { steps: 60, warmup: 10, rounds: 2 },
        'cnn-32-64': { steps: 20, warmup: 2, rounds: 1 },
      },
    },
  ];
}
