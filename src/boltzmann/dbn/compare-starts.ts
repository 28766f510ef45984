import { OutsetError } from '../../messages/error.ts';
import type { Network, ParameterValues } from '../../network/network.ts';
import { openStream } from '../../random/index.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import type { Examples } from '../../training/examples.ts';
import type { TrainingSpec } from '../../training/spec.ts';
import { type FinetuneResult, finetune } from './finetune.ts';

/** One way to start the network. */
export interface ComparedStart {
  readonly name: string;
  /** First weights; `stream` is that of the seed. */
  readonly parameters: (network: Network, stream: Stream, seed: number) => Promise<ParameterValues>;
  /** Where this start needs settings of its own, such as another learning rate. */
  readonly spec?: TrainingSpec;
}

export interface CompareOptions {
  readonly network: Network;
  /** The first is judged against the best of the others. */
  readonly starts: readonly ComparedStart[];
  readonly seeds: readonly number[];
  /** Training examples of a seed, so that scarce labels may be drawn anew for each. */
  readonly train: (seed: number) => Examples;
  readonly validation?: (seed: number) => Examples;
  readonly test: Examples;
  /** As in {@link finetune}. */
  readonly watch?: Examples;
  readonly spec: TrainingSpec;
  readonly patience?: number;
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
  readonly signal?: AbortSignal;
  readonly onRun?: (start: string, seed: number, result: FinetuneResult) => void;
}

/** Test results of one start over the seeds. */
export interface ComparedResult {
  readonly name: string;
  /** Per seed: error rate, or loss where there are no classes; infinite where training failed. */
  readonly measures: readonly number[];
  readonly mean: number;
  /** Half the width of the 95 % interval of the mean (Student's t); null for a single seed. */
  readonly halfWidth: number | null;
  /** Mean training seconds a run. */
  readonly seconds: number;
}

/** The first start against the best other one, seed by seed. */
export interface ComparisonVerdict {
  readonly kind: 'better' | 'worse' | 'no-difference' | 'one-seed';
  readonly first: string;
  readonly other: string;
  /** Mean of other - first: positive where the first is better. */
  readonly difference: number;
  /** Half the width of the 95 % interval of the paired difference; null for a single seed. */
  readonly halfWidth: number | null;
  readonly seeds: number;
  readonly measure: 'error' | 'loss';
}

export interface Comparison {
  readonly results: readonly ComparedResult[];
  /** Null for a single start, or where training failed. */
  readonly verdict: ComparisonVerdict | null;
}

/**
 * Trains one network from several starts on the same batches, seed by seed, and says whether the first start is better
 * than the best of the others. The best other start is chosen by its mean on the test examples, which favours it.
 * @throws dbn.bad_value without a start or a seed, and those of `finetune`
 */
export async function compareStarts(options: CompareOptions): Promise<Comparison> {
  const { network, starts, seeds, spec } = options;
  for (const [field, list] of [
    ['starts', starts],
    ['seeds', seeds],
  ] as const) {
    if (list.length === 0)
      throw new OutsetError('dbn.bad_value', { field, expected: 'at least one', got: 'none' });
  }
  const measures = starts.map(() => [] as number[]);
  const seconds = starts.map(() => 0);
  for (const seed of seeds) {
    for (const [i, start] of starts.entries()) {
      const stream = openStream('threefry', seed);
      const result = await finetune({
        ...options,
        values: await start.parameters(network, stream, seed),
        train: options.train(seed),
        validation: options.validation?.(seed),
        spec: start.spec ?? spec,
        stream,
      });
      measures[i].push(measureOf(result));
      seconds[i] += result.seconds / seeds.length;
      options.onRun?.(start.name, seed, result);
    }
  }
  const results = starts.map(({ name }, i) => summarize(name, measures[i], seconds[i]));
  const kind = spec.loss === 'softmax-cross-entropy' ? 'error' : 'loss';
  return { results, verdict: verdictOf(results, kind) };
}

/** Mean and 95 % interval of one start's results. */
export function summarize(name: string, measures: readonly number[], seconds: number): ComparedResult {
  const { mean, halfWidth } = interval(measures);
  return { name, measures: [...measures], mean, halfWidth, seconds };
}

/** The first result against the best other one. */
export function verdictOf(
  results: readonly ComparedResult[],
  measure: ComparisonVerdict['measure'],
): ComparisonVerdict | null {
  const [first, ...others] = results;
  if (others.length === 0 || !Number.isFinite(first.mean)) return null;
  const other = others.reduce((best, one) => (one.mean < best.mean ? one : best));
  if (!Number.isFinite(other.mean)) return null;
  const { mean, halfWidth } = interval(other.measures.map((value, i) => value - first.measures[i]));
  const base = {
    first: first.name,
    other: other.name,
    difference: mean,
    halfWidth,
    seeds: first.measures.length,
    measure,
  };
  if (halfWidth === null) return { ...base, kind: 'one-seed' };
  if (Math.abs(mean) <= halfWidth) return { ...base, kind: 'no-difference' };
  return { ...base, kind: mean > 0 ? 'better' : 'worse' };
}

function measureOf({ end, test }: FinetuneResult): number {
  if (end === 'not-finite') return Number.POSITIVE_INFINITY;
  return test.accuracy === null ? (test.loss ?? Number.POSITIVE_INFINITY) : 1 - test.accuracy;
}

/** 97.5 % points of Student's t with 1, 2, ... degrees of freedom. */
const studentT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

function interval(values: readonly number[]): { mean: number; halfWidth: number | null } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2 || !Number.isFinite(mean)) return { mean, halfWidth: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const t = studentT[count - 2] ?? 1.96;
  return { mean, halfWidth: t * Math.sqrt(variance / count) };
}
