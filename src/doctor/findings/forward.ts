import type { Finding, Prescription } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, examinedLayers } from './examination.ts';
import { remedyFor } from './remedy.ts';
import { forwardSteps, oddLayers, type SignalStep } from './signal.ts';

/** Size of a signal, as a part of what came in, below which it counts as dying, and as dead. */
const weak = 0.03;
const dead = 1e-3;

/**
 * Signals that die or blow up on the way forward. The layer to blame is the one whose weights are out of line with the
 * others, if there is one; else the first that takes its part of the change.
 */
export function forwardFindings(examination: Examination): Finding[] {
  const steps = forwardSteps(examination).filter(({ layer }) => !layer.facts.last);
  const finding = vanishing(examination, steps) ?? exploding(examination, steps);
  return finding === null ? [] : [finding];
}

function vanishing(examination: Examination, steps: readonly SignalStep[]): Finding | null {
  const at = steps.find(({ total }) => total < dead) ?? steps.find(({ total }) => total < weak);
  const end = steps.at(-1);
  if (at === undefined || end === undefined || end.total > weak) return null;
  const culprit = culpritOf(examination, steps, (factor) => factor < 0.7, 'small');
  return {
    code: 'forward-vanishing',
    layers: [culprit.step.layer.facts.name],
    severity: end.total < dead ? 'error' : 'warning',
    confidence: crossingConfidence(end.total, end.total < dead ? dead : weak, spreadOf(examination, end)),
    evidence: evidenceOf(examination, culprit.step, end, end.total < dead ? dead : weak),
    prescription: culprit.prescription,
  };
}

function exploding(examination: Examination, steps: readonly SignalStep[]): Finding | null {
  const worst = steps.reduce<SignalStep | null>(
    (most, step) => (most === null || step.total > most.total ? step : most),
    null,
  );
  const broken = examination.measurement.firstNotFinite;
  const isBroken =
    broken !== null && examination.measurement.layers.every(({ weights }) => weights.notFinite === 0);
  if (worst === null || (worst.total < 30 && !isBroken)) return null;
  const culprit = culpritOf(examination, steps, (factor) => factor > 1.4, 'large');
  const severe = worst.total > 1e3 || isBroken;
  const threshold = worst.total > 1e3 ? 1e3 : 30;
  return {
    code: 'forward-exploding',
    layers: [culprit.step.layer.facts.name],
    severity: severe ? 'error' : 'warning',
    confidence: isBroken ? 1 : crossingConfidence(worst.total, threshold, spreadOf(examination, worst)),
    evidence: evidenceOf(examination, culprit.step, worst, threshold),
    prescription: culprit.prescription,
  };
}

function culpritOf(
  examination: Examination,
  steps: readonly SignalStep[],
  isWrong: (factor: number) => boolean,
  direction: 'small' | 'large',
): { step: SignalStep; prescription: Prescription } {
  const odd = oddLayers(examination).find(({ factor }) => factor < 1 === (direction === 'small'));
  const oddStep = steps.find(({ layer }) => layer.facts.name === odd?.layer.facts.name);
  if (odd !== undefined && oddStep !== undefined && isWrong(oddStep.factor)) {
    const prescription: Prescription = {
      kind: 'gain',
      layers: [oddStep.layer.facts.name],
      factor: 1 / odd.factor,
    };
    return { step: oddStep, prescription };
  }
  const step = steps.find(({ factor }) => isWrong(factor)) ?? steps[0];
  return { step, prescription: remedyFor(step.layer, examinedLayers(examination)) };
}

function evidenceOf(
  { prediction }: Examination,
  first: SignalStep,
  end: SignalStep,
  threshold: number,
): Finding['evidence'] {
  const expected = prediction?.layers.find(({ layer }) => layer === end.layer.facts.name)?.preActivation;
  return [
    { quantity: 'signal-factor', layer: first.layer.facts.name, measured: first.factor },
    { quantity: 'signal-total', layer: end.layer.facts.name, measured: end.total, threshold },
    ...(expected == null
      ? []
      : [
          {
            quantity: 'pre-activation-size',
            layer: end.layer.facts.name,
            measured: end.size,
            predicted: Math.sqrt(expected.value),
            log10Std: expected.log10Std / 2,
          },
        ]),
  ];
}

/** Spread of the logarithm of a size, from the width of the network. */
function spreadOf({ prediction }: Examination, { layer }: SignalStep): number | undefined {
  const expected = prediction?.layers.find((one) => one.layer === layer.facts.name)?.preActivation;
  return expected == null ? undefined : Math.max(0.05, expected.log10Std / 2);
}
