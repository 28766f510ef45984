import type { JudgingWarning } from '../../messages/labels/likelihood.ts';
import { exponential } from '../../random/elementary.ts';
import type { Stream } from '../../random/stream.ts';
import { checkRows } from '../check-rows.ts';
import { sampleHiddenFromVisible, sampleVisibleFromHidden } from '../conditionals.ts';
import { denseRows, selectRows, sparseRows } from '../convert-rows.ts';
import { freeEnergy } from '../free-energy.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import { neutralUnits } from '../units/bind-units.ts';
import {
  type AisOptions,
  type AisResult,
  annealedImportanceSampling,
} from './annealed-importance-sampling.ts';
import { equilibrate, type ReverseAisResult, reverseAis } from './reverse-ais.ts';

export interface PartitionBoundsOptions extends AisOptions {
  /** Half of the reverse chains start from the first of these rows; they are the base rates too. */
  readonly data: StateRows;
  /** Gibbs steps before the reverse runs, default 2000. */
  readonly sweeps?: number;
}

/** Whether chains that came from two sides tell the same of the model. */
export interface ChainAgreement {
  readonly sweeps: number;
  /** Chains from each side. */
  readonly chains: number;
  /** Difference of the mean free energies of the two halves, in standard errors. */
  readonly freeEnergy: number;
  /** Difference of the mean log weights of their reverse runs, in standard errors. */
  readonly logWeight: number;
  /** Largest difference of the mean of a visible column, in standard errors. */
  readonly state: number;
  /**
   * The first two within 4 standard errors, the third within sqrt(16 + 2 log(columns)): a false alarm once in some 5000
   * times. Agreement is no proof: both sides may miss the same mode, and fewer than 20 chains can hardly disagree.
   */
  readonly agree: boolean;
}

export interface PartitionBounds {
  readonly forward: AisResult;
  readonly reverse: ReverseAisResult;
  readonly agreement: ChainAgreement;
}

const alarm = 4;

/**
 * log Z from both sides. Forward runs give the lower side. For the upper side, half of the chains start from data and
 * half from the end states of the forward runs (drawn by their weights); both go through `sweeps` Gibbs steps, and
 * reverse runs from all of them give the estimate. Where the halves differ, the chains are no samples of the model and
 * `warnings` of the reverse estimate say so.
 *
 * @throws what {@link annealedImportanceSampling} throws
 */
export async function boundPartition(rbm: Rbm, options: PartitionBoundsOptions): Promise<PartitionBounds> {
  const { stream, data, sweeps = 2000, chains = 100, engine } = options;
  checkRows(rbm.visible, data, 'visible');
  const half = Math.max(1, Math.min(Math.floor(chains / 2), data.count));
  const fromData = selectRows(data, stream.child('data-chains').permutation(data.count).subarray(0, half));
  const forward = await annealedImportanceSampling(rbm, { ...options, chains });
  const drawn = drawByWeight(forward.logEstimates, half, stream.child('resample'));
  // One step from the data first: it makes states of grey levels.
  const hidden = sampleHiddenFromVisible(rbm, fromData, stream.child('data-hidden'));
  const states = sampleVisibleFromHidden(rbm, hidden, stream.child('data-visible'));
  const start = joined(rbm, states, selectRows(forward.states, drawn));
  const equilibrated = await equilibrate(rbm, start, sweeps, { stream, engine });
  const reverse = await reverseAis(rbm, { ...options, start: equilibrated });
  const agreement = chainAgreement(
    denseRows(rbm.visible, equilibrated),
    freeEnergy(rbm, equilibrated),
    reverse.logEstimates,
    sweeps,
  );
  return withWarnings({ forward, reverse, agreement });
}

/** What only both sides together can tell. */
function withWarnings({ forward, reverse, agreement }: PartitionBounds): PartitionBounds {
  const gap = reverse.logPartition - forward.logPartition;
  const error = 3 * Math.hypot(forward.standardError, reverse.standardError);
  const apart: JudgingWarning[] = gap > error ? ['sides-far-apart'] : [];
  const reverseOnly: JudgingWarning[] = [
    ...(gap < -error ? (['below-forward'] as const) : []),
    ...(agreement.agree ? [] : (['chains-not-equilibrated'] as const)),
  ];
  return {
    forward: { ...forward, warnings: [...forward.warnings, ...apart] },
    reverse: { ...reverse, warnings: [...reverse.warnings, ...reverseOnly, ...apart] },
    agreement,
  };
}

function chainAgreement(
  states: DenseRows,
  freeEnergies: Float64Array,
  logWeights: Float64Array,
  sweeps: number,
): ChainAgreement {
  const energyShift = standardizedShift(freeEnergies);
  const weightShift = standardizedShift(logWeights);
  let stateShift = 0;
  const column = new Float64Array(states.count);
  for (let i = 0; i < states.width; i++) {
    for (let chain = 0; chain < states.count; chain++) column[chain] = states.data[chain * states.width + i];
    const shift = standardizedShift(column);
    if (Math.abs(shift) > Math.abs(stateShift)) stateShift = shift;
  }
  // The largest of many: with 2 log(columns) more under the root a false alarm stays as rare.
  const stateAlarm = Math.sqrt(alarm * alarm + 2 * Math.log(states.width));
  return {
    sweeps,
    chains: states.count / 2,
    freeEnergy: energyShift,
    logWeight: weightShift,
    state: stateShift,
    agree:
      Math.abs(energyShift) <= alarm && Math.abs(weightShift) <= alarm && Math.abs(stateShift) <= stateAlarm,
  };
}

/**
 * Mean of the first half minus that of the second, in standard errors of one common law; 0 where nothing varies. It is
 * never larger than the square root of the count.
 */
function standardizedShift(values: Float64Array): number {
  const half = values.length / 2;
  const mean = (part: Float64Array) => part.reduce((sum, one) => sum + one, 0) / part.length;
  const all = mean(values);
  const variance = values.reduce((sum, one) => sum + (one - all) ** 2, 0) / (values.length - 1);
  if (!(variance > 0)) return 0;
  return (mean(values.subarray(0, half)) - mean(values.subarray(half))) / Math.sqrt((2 * variance) / half);
}

/** Indices drawn in proportion to weights, evenly spaced (systematic resampling). */
function drawByWeight(logWeights: Float64Array, count: number, stream: Stream): Uint32Array {
  const largest = logWeights.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const weights = logWeights.map((one) => exponential(one - largest));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const [offset] = stream.uniform(new Float64Array(1));
  const drawn = new Uint32Array(count);
  let reached = weights[0];
  for (let i = 0, at = 0; i < count; i++) {
    while (at < weights.length - 1 && reached < ((i + offset) / count) * total) reached += weights[++at];
    drawn[i] = at;
  }
  return drawn;
}

/** Rows of `a`, then rows of `b`. */
function joined(rbm: Rbm, a: StateRows, b: StateRows): StateRows {
  const [first, second] = [denseRows(rbm.visible, a), denseRows(rbm.visible, b)];
  const data = new Float32Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  const rows: DenseRows = { form: 'dense', count: a.count + b.count, width: a.width, data };
  return neutralUnits(rbm.visible).off === null ? rows : sparseRows(rbm.visible, rows);
}
