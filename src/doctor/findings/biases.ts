import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, examinedLayers, rootMeanSquare } from './examination.ts';

/** Part of the mean square of pre-activations that biases may make up, and that makes all inputs alike. */
const parts = { warning: 0.5, error: 0.95 } as const;
/** Biases smaller than this are not large, however small the signal is: then it is the signal that is at fault. */
const smallest = 0.3;

/** Biases that drown the signal. */
export function biasFindings(examination: Examination): Finding[] {
  const found = examinedLayers(examination).flatMap((layer) => {
    const bias = rootMeanSquare(layer.measured.biases);
    const size = rootMeanSquare(layer.measured.preActivations);
    if (layer.facts.normalized || bias === null || size === null || bias < smallest) return [];
    const part = bias ** 2 / size ** 2;
    return part > parts.warning ? [{ layer, bias, part: Math.min(part, 1) }] : [];
  });
  const [first] = found;
  if (first === undefined) return [];
  const worst = found.reduce((one, other) => (other.part > one.part ? other : one));
  const severe = worst.part > parts.error;
  const threshold = severe ? parts.error : parts.warning;
  return [
    {
      code: 'bias-too-large',
      layers: [...new Set([first, worst])].map(({ layer }) => layer.facts.name),
      severity: severe ? 'error' : 'warning',
      confidence: crossingConfidence(worst.part, threshold, 0.02),
      evidence: [
        { quantity: 'bias-size', layer: first.layer.facts.name, measured: first.bias },
        { quantity: 'bias-part', layer: worst.layer.facts.name, measured: worst.part, threshold },
      ],
      prescription: { kind: 'bias', layers: found.map(({ layer }) => layer.facts.name), rule: 'zeros' },
    },
  ];
}
