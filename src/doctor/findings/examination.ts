/** What findings are told from, and how it is read. */
import type { Prediction } from '../../theory/prediction.ts';
import { rootMeanSquare as rootMeanSquareOfFinite } from '../../training/distribution.ts';
import type { Distribution } from '../../training/trace.ts';
import type { TrainingPlan } from '../diagnosis.ts';
import type { LayerMeasurement, Measurement } from '../measurement.ts';
import type { Subject, SubjectLayer } from '../subject.ts';

/** The part of a subject that findings look at: everything but its graph. */
export type SubjectFacts = Pick<
  Subject,
  | 'inputs'
  | 'layers'
  | 'blocks'
  | 'outputDims'
  | 'endsInSoftmax'
  | 'parameters'
  | 'parameterShapes'
  | 'storedAs'
>;

export interface Examination {
  readonly subject: SubjectFacts;
  readonly measurement: Measurement;
  readonly prediction: Prediction | null;
  readonly plan: TrainingPlan;
}

/** A layer with what was measured on it. */
export interface ExaminedLayer {
  readonly facts: SubjectLayer;
  readonly measured: LayerMeasurement;
}

/** Layers in the order of the signal; those that were not measured are left out. */
export function examinedLayers({ subject, measurement }: Examination): ExaminedLayer[] {
  const byName = new Map(measurement.layers.map((layer) => [layer.layer, layer]));
  return subject.layers.flatMap((facts) => {
    const measured = byName.get(facts.name);
    return measured === undefined ? [] : [{ facts, measured }];
  });
}

/** Root of the mean square; null where a value is not finite. */
export function rootMeanSquare(distribution: Distribution | null | undefined): number | null {
  return (distribution?.notFinite ?? 0) > 0 ? null : rootMeanSquareOfFinite(distribution);
}

/** The gain of a layer's weights: sqrt(fanIn mean(w²)). 1 for LeCun, sqrt(2) for He; null where weights are not finite. */
export function weightGain({ facts, measured }: ExaminedLayer): number | null {
  const size = rootMeanSquare(measured.weights);
  return size === null ? null : size * Math.sqrt(facts.weight.fanIn);
}

/** Middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Activations that are 0 for every negative number. */
export const isRectifier = (activation: string): boolean => activation === 'relu';

/** Activations that are bounded on both sides. */
export const isBounded = (activation: string): boolean =>
  ['tanh', 'sigmoid', 'hard-tanh', 'hard-sigmoid', 'softsign', 'erf', 'sin'].includes(activation);
