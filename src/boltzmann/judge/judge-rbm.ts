import { OutsetError } from '../../messages/error.ts';
import type { DataConvention, JudgingWarning, QuantityJudged } from '../../messages/labels/likelihood.ts';
import type { Stream } from '../../random/stream.ts';
import { singularValues } from '../../tensor/singular-values.ts';
import { bindRbm } from '../bound-rbm.ts';
import { checkRbm } from '../check-rbm.ts';
import { meanVisibleFromHidden, sampleHiddenFromVisible } from '../conditionals.ts';
import { denseRows, selectRows } from '../convert-rows.ts';
import { exactLogPartition } from '../enumeration/log-partition.ts';
import { enumerationBits, stateBits } from '../enumeration/state-enumeration.ts';
import { freeEnergy } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import type { AisEngine } from './ais-engine.ts';
import type { JudgedNumber, Judgement } from './judgement.ts';
import { sigmas } from './log-weights.ts';
import { compareMoments } from './moment-comparison.ts';
import { boundPartition } from './partition-bounds.ts';
import type { PartitionEstimate } from './partition-estimate.ts';
import { pseudoLikelihood, stochasticPseudoLikelihood } from './pseudo-likelihood.ts';

export interface JudgeOptions {
  /** Everything random comes from it. */
  readonly stream: Stream;
  readonly train: StateRows;
  readonly test: StateRows;
  /** What the rows were before: it is written beside every number that depends on it. */
  readonly convention: DataConvention;
  /**
   * `auto` (default): log Z by enumeration where the smaller layer has at most 2^25 states, else `ais`.
   * `none`: no log Z.
   */
  readonly likelihood?: 'auto' | 'exact' | 'ais' | 'none';
  /** Rows of each set that are looked at, default 10,000: the first ones. */
  readonly examples?: number;
  /** Rows for the exact pseudo-likelihood, default 1,000. */
  readonly pseudoExamples?: number;
  /** See {@link boundPartition}. */
  readonly chains?: number;
  readonly temperatures?: Float64Array;
  readonly sweeps?: number;
  readonly engine?: AisEngine;
  /** States of the model to compare with the test data. */
  readonly samples?: StateRows;
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Everything that can be said about how good a model is, each number with its method, interval, standing and data.
 *
 * @throws what {@link checkRbm}, {@link exactLogPartition} and {@link boundPartition} throw; boltzmann.no_rows
 */
export async function judgeRbm(rbm: Rbm, options: JudgeOptions): Promise<Judgement> {
  checkRbm(rbm);
  const { stream, examples = 10_000, samples } = options;
  const sets = { train: firstRows(options.train, examples), test: firstRows(options.test, examples) };
  const energies = { train: freeEnergy(rbm, sets.train), test: freeEnergy(rbm, sets.test) };
  const partition = await partitionNumbers(rbm, options);
  const frame = { convention: options.convention, warnings: [] };
  const likelihoods = partition.numbers.flatMap((logZ) =>
    (['train', 'test'] as const).map((set) => likelihoodNumber(logZ, set, energies[set], options.convention)),
  );
  return {
    numbers: [
      ...partition.numbers,
      ...likelihoods,
      ...pseudoNumbers(rbm, sets, options),
      { ...frame, ...gapNumber(energies.train, energies.test) },
      { ...frame, ...reconstructionNumber(rbm, sets.test, stream.child('reconstruction')) },
    ],
    estimates: partition.estimates,
    agreement: partition.agreement,
    singularValues: [...singularValues(rbm.weights.data, rbm.weights.dims[0], rbm.weights.dims[1])],
    samples: samples === undefined ? null : compareMoments(rbm.visible, samples, sets.test),
  };
}

function firstRows(rows: StateRows, count: number): StateRows {
  if (rows.count === 0) throw new OutsetError('boltzmann.no_rows', {});
  if (rows.count <= count) return rows;
  return selectRows(
    rows,
    Uint32Array.from({ length: count }, (_, i) => i),
  );
}

async function partitionNumbers(
  rbm: Rbm,
  options: JudgeOptions,
): Promise<Pick<Judgement, 'estimates' | 'agreement'> & { numbers: JudgedNumber[] }> {
  const { likelihood = 'auto', stream, train } = options;
  if (likelihood === 'none') return { numbers: [], estimates: [], agreement: null };
  const { visible, hidden } = bindRbm(rbm);
  const countable = Math.min(stateBits(visible), stateBits(hidden)) <= enumerationBits;
  if (likelihood === 'exact' || (likelihood === 'auto' && countable)) {
    const value = exactLogPartition(rbm);
    return { numbers: [logZNumber('exact', 'exact', value, null, [])], estimates: [], agreement: null };
  }
  const { forward, reverse, agreement } = await boundPartition(rbm, {
    ...options,
    stream: stream.child('partition'),
    data: train,
  });
  const plain = ({ method, logPartition, standardError, interval, ...rest }: PartitionEstimate) => ({
    method,
    logPartition,
    standardError,
    interval,
    effectiveSampleSize: rest.effectiveSampleSize,
    chains: rest.chains,
    temperatures: rest.temperatures,
    side: rest.side,
    warnings: rest.warnings,
  });
  const estimates = [plain(forward), plain(reverse)];
  const numbers = estimates.map((one) =>
    logZNumber(one.method, standingOf(one), one.logPartition, one.interval, one.warnings),
  );
  return { numbers, estimates, agreement };
}

/** A reverse estimate from chains that are no samples of the model is an estimate and no bound. */
function standingOf({ side, warnings }: PartitionEstimate): JudgedNumber['standing'] {
  const broken = warnings.some((one) => one === 'chains-not-equilibrated' || one === 'below-forward');
  return broken ? 'estimate' : side;
}

function logZNumber(
  method: JudgedNumber['method'],
  standing: JudgedNumber['standing'],
  value: number,
  interval: JudgedNumber['interval'],
  warnings: readonly JudgingWarning[],
): JudgedNumber {
  return {
    quantity: 'log-partition',
    method,
    standing,
    value,
    interval,
    convention: null,
    examples: null,
    warnings,
  };
}

/** log p = -F - log Z: what is a lower bound of log Z gives an upper bound here, and its interval turns over. */
function likelihoodNumber(
  logZ: JudgedNumber,
  set: 'train' | 'test',
  energies: Float64Array,
  convention: DataConvention,
): JudgedNumber {
  const { mean } = meanOf(energies);
  const turned = { 'lower-bound': 'upper-bound', 'upper-bound': 'lower-bound' } as const;
  const { standing, interval } = logZ;
  const minus = (end: number | null) => (end === null ? null : -mean - end);
  return {
    ...logZ,
    quantity: `${set}-log-likelihood`,
    // Grey levels have no probability: the number is only like one.
    standing:
      convention === 'grey'
        ? 'indication'
        : standing === 'lower-bound' || standing === 'upper-bound'
          ? turned[standing]
          : standing,
    value: -mean - logZ.value,
    interval:
      interval === null
        ? null
        : { low: minus(interval.high), high: minus(interval.low), sigmas: interval.sigmas },
    convention,
    examples: energies.length,
  };
}

/** Exact on some rows, stochastic on all; none for real units and grey levels. */
function pseudoNumbers(
  rbm: Rbm,
  sets: { readonly train: StateRows; readonly test: StateRows },
  { stream, convention, pseudoExamples = 1_000 }: JudgeOptions,
): JudgedNumber[] {
  if (bindRbm(rbm).visible.states === null || convention === 'grey') return [];
  return (['train', 'test'] as const).flatMap((set) => {
    const quantity: QuantityJudged = `${set}-pseudo-likelihood`;
    const frame = { quantity, standing: 'indication', convention, warnings: [] } as const;
    const exact = pseudoLikelihood(rbm, firstRows(sets[set], pseudoExamples));
    const drawn = stochasticPseudoLikelihood(rbm, sets[set], stream.child(`${set}-pseudo`));
    return [
      { ...frame, method: 'pseudo-exact' as const, ...averageOf(exact) },
      { ...frame, method: 'pseudo-stochastic' as const, ...averageOf(drawn) },
    ];
  });
}

function gapNumber(train: Float64Array, test: Float64Array): Omit<JudgedNumber, 'convention' | 'warnings'> {
  const [first, second] = [meanOf(test), meanOf(train)];
  const value = first.mean - second.mean;
  const reach = sigmas * Math.hypot(first.error, second.error);
  return {
    quantity: 'free-energy-gap',
    method: 'data-average',
    standing: 'indication',
    value,
    interval: { low: value - reach, high: value + reach, sigmas },
    examples: Math.min(train.length, test.length),
  };
}

/** Squared difference between v and E[v | h], with h drawn given v. */
function reconstructionNumber(rbm: Rbm, rows: StateRows, stream: Stream): Omit<JudgedNumber, 'convention'> {
  const back = meanVisibleFromHidden(rbm, sampleHiddenFromVisible(rbm, rows, stream));
  const { data, width } = denseRows(rbm.visible, rows);
  const errors = new Float64Array(rows.count);
  for (let i = 0; i < data.length; i++) errors[Math.floor(i / width)] += (data[i] - back.data[i]) ** 2;
  return {
    quantity: 'reconstruction-error',
    method: 'data-average',
    standing: 'indication',
    ...averageOf(errors),
    warnings: ['data-average-only'],
  };
}

/** The mean over examples, with what it would scatter by over other examples of their kind. */
function averageOf(values: Float64Array): Pick<JudgedNumber, 'value' | 'interval' | 'examples'> {
  const { mean, error } = meanOf(values);
  const reach = sigmas * error;
  return {
    value: mean,
    interval: { low: mean - reach, high: mean + reach, sigmas },
    examples: values.length,
  };
}

function meanOf(values: Float64Array): { mean: number; error: number } {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
