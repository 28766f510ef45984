/** What was measured and predicted at each layer, as the figures and tables of the doctor's report take it. */
import type { Diagnosis, Severity } from '../../doctor/diagnosis.ts';
import type { LayerMeasurement } from '../../doctor/measurement.ts';
import type { Expected } from '../../theory/prediction.ts';
import { rootMeanSquare } from '../../training/distribution.ts';

/** A value with the interval in which 95 % of the draws are expected. */
export interface Band {
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LayerValues {
  readonly name: string;
  readonly depth: number;
  readonly type: string;
  readonly activation: string;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly measured: LayerMeasurement | null;
  /** Root mean squares. */
  readonly forward: { readonly measured: number | null; readonly predicted: Band };
  /** Root mean squares of the gradient of the pre-activation; those of the last layer are 1 where `relative`. */
  readonly backward: { readonly measured: number | null; readonly predicted: Band };
  readonly severity: Severity | null;
  /** Places of the findings that blame the layer. */
  readonly findings: readonly number[];
}

const none: Band = { middle: null, low: null, high: null };

/** True if the gradient of the last layer is a number that others can be compared with. */
export function isRelative({ measurement }: Diagnosis): boolean {
  const last = rootMeanSquare(measurement.layers.at(-1)?.gradients?.preActivations);
  return last !== null && last > 0;
}

/** Every layer with weights in the order of the signal. */
export function layerValues(diagnosis: Diagnosis): LayerValues[] {
  const { subject, measurement, prediction, findings } = diagnosis;
  const measured = new Map(measurement.layers.map((layer) => [layer.layer, layer]));
  const predicted = new Map((prediction?.layers ?? []).map((layer) => [layer.layer, layer]));
  const last = isRelative(diagnosis)
    ? (rootMeanSquare(measurement.layers.at(-1)?.gradients?.preActivations) ?? 1)
    : 1;
  const blame = blamed(diagnosis);
  return subject.layers.map((layer, i) => {
    const here = measured.get(layer.name) ?? null;
    const theory = predicted.get(layer.name);
    const gradient = rootMeanSquare(here?.gradients?.preActivations);
    const own = blame.get(layer.name) ?? [];
    return {
      name: layer.name,
      depth: i + 1,
      type: layer.type,
      activation: layer.activation,
      fanIn: layer.fanIn,
      fanOut: layer.fanOut,
      measured: here,
      forward: {
        measured: rootMeanSquare(here?.preActivations ?? here?.activations),
        predicted: bandOf(theory?.preActivation ?? null),
      },
      backward: {
        measured: gradient === null ? null : gradient / last,
        predicted: isRelative(diagnosis) ? bandOf(theory?.gradient ?? null) : none,
      },
      // Findings come worst first.
      severity: own.length === 0 ? null : findings[own[0]].severity,
      findings: own,
    };
  });
}

function blamed({ findings }: Diagnosis): Map<string, number[]> {
  const result = new Map<string, number[]>();
  for (const [i, { layers }] of findings.entries()) {
    for (const layer of layers) result.set(layer, [...(result.get(layer) ?? []), i]);
  }
  return result;
}

/** A mean square as a root mean square, with two standard deviations of its logarithm to both sides. */
function bandOf(expected: Expected | null): Band {
  if (expected === null || !Number.isFinite(expected.value) || expected.value < 0) return none;
  const middle = Math.sqrt(expected.value);
  // Half of it, because the root halves the logarithm; twice that for the interval.
  const factor = 10 ** Math.min(30, expected.log10Std);
  return { middle, low: middle / factor, high: middle * factor };
}
