import { isAdaptive } from '../../training/optimizer.ts';
import type { Evidence, Finding, FindingCode, Prescription, Severity } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, examinedLayers, isBounded, rootMeanSquare } from './examination.ts';
import { remedyFor } from './remedy.ts';
import { backwardSteps, forwardSteps, oddLayers, type SignalStep } from './signal.ts';

/** Norm of the gradient at the first layer over that at the last beyond which it is a warning, and an error. */
const bounds = { warning: 1e2, error: 1e4 } as const;
/** The same where the optimizer divides gradients by their size. */
const adaptiveBounds = { warning: 1e3, error: 1e7 } as const;
/** Growth that is said where the forward signal hides it. */
const hiddenBound = 10;

/** Gradients that die or blow up on the way back from the output to the first layer. */
export function backwardFindings(examination: Examination): Finding[] {
  const steps = backwardSteps(examination);
  const first = steps.at(-1);
  if (first === undefined || steps.length < 3) return [];
  const { warning, error } = isAdaptive(examination.plan.optimizer.name) ? adaptiveBounds : bounds;
  if (first.total < 1 / warning) {
    const severity = first.total < 1 / error ? 'error' : 'warning';
    return [told(examination, steps, 'backward-vanishing', severity, 1 / warning)];
  }
  const normalized = examinedLayers(examination).some(({ facts }) => facts.normalized);
  if (!normalized && isFlat(examination) && first.total > hiddenBound) {
    const severity = first.total > error ? 'error' : 'warning';
    return [told(examination, steps, 'backward-exploding-behind-unit-variance', severity, hiddenBound)];
  }
  if (first.total <= warning) return [];
  const severity = first.total > error ? 'error' : 'warning';
  return [
    told(examination, steps, isChaotic(examination) ? 'chaos' : 'backward-exploding', severity, warning),
  ];
}

/** True where every hidden layer's pre-activations have the size of a healthy signal. */
function isFlat(examination: Examination): boolean {
  const steps = forwardSteps(examination).filter(({ layer }) => !layer.facts.last);
  return steps.length > 2 && steps.every(({ size }) => size > 0.4 && size < 1.6);
}

/** Bounded activations driven hard: near inputs are torn apart while the outputs stay bounded. */
function isChaotic(examination: Examination): boolean {
  const hidden = examinedLayers(examination).filter(({ facts }) => !facts.last);
  const phase = examination.prediction?.asymptotics?.phase;
  if (phase === 'chaotic') return true;
  const last = hidden.at(-1);
  const correlation = last?.measured.correlation?.mean ?? 1;
  const bounded = hidden.every(({ facts }) => isBounded(facts.activation));
  const size = rootMeanSquare(last?.measured.preActivations) ?? 0;
  return bounded && size > 1.2 && correlation < 0.9;
}

function told(
  examination: Examination,
  steps: readonly SignalStep[],
  code: FindingCode,
  severity: Severity,
  threshold: number,
): Finding {
  const first = steps[steps.length - 1];
  const { step, prescription } = culpritOf(examination, steps, first.total < 1);
  const expected = predictedRatio(examination, first.layer.facts.name);
  const evidence: Evidence[] = [
    {
      quantity: 'gradient-ratio',
      layer: first.layer.facts.name,
      measured: first.total,
      threshold,
      ...(expected === null ? {} : { predicted: expected.value, log10Std: expected.log10Std }),
    },
    { quantity: 'gradient-factor', layer: step.layer.facts.name, measured: step.factor },
  ];
  if (code === 'backward-exploding-behind-unit-variance') {
    const size = rootMeanSquare(step.layer.measured.preActivations);
    evidence.push({ quantity: 'pre-activation-size', layer: step.layer.facts.name, measured: size });
  }
  return {
    code,
    layers: [step.layer.facts.name],
    severity,
    confidence: crossingConfidence(first.total, threshold, expected?.log10Std),
    evidence,
    prescription,
  };
}

/** Theory speaks of mean squares per unit; here are norms, so the widths come in. */
function predictedRatio({ prediction, subject }: Examination, layer: string) {
  const expected = prediction?.layers.find((one) => one.layer === layer)?.gradient;
  const facts = subject.layers.find(({ name }) => name === layer);
  const last = subject.layers.at(-1);
  if (expected == null || facts === undefined || last === undefined) return null;
  if (facts.type !== 'dense' || last.type !== 'dense') return null;
  const units = unitsOf(facts.weight.dims, facts.weight.layout?.outAxis);
  const outputs = unitsOf(last.weight.dims, last.weight.layout?.outAxis);
  return { value: Math.sqrt((expected.value * units) / outputs), log10Std: expected.log10Std / 2 };
}

function unitsOf(dims: readonly number[], axis = dims.length - 1): number {
  return dims[axis];
}

/** The odd layer out, else the one behind which the gradient changes most; on ties the first on the way back. */
function culpritOf(
  examination: Examination,
  steps: readonly SignalStep[],
  vanishes: boolean,
): { step: SignalStep; prescription: Prescription } {
  const layers = examinedLayers(examination);
  const odd = oddLayers(examination).find(({ factor }) => factor < 1 === vanishes);
  const oddStep = steps.find(({ layer }) => layer.facts.name === odd?.layer.facts.name);
  if (odd !== undefined && oddStep !== undefined) {
    const prescription: Prescription = {
      kind: 'gain',
      layers: [oddStep.layer.facts.name],
      factor: 1 / odd.factor,
    };
    return { step: oddStep, prescription };
  }
  const hidden = steps.filter(({ layer }) => !layer.facts.last);
  const step =
    hidden.find(({ factor }) => (vanishes ? factor < 0.9 : factor > 1.04)) ?? hidden[0] ?? steps[0];
  return { step, prescription: remedyFor(step.layer, layers) };
}
