import type { Finding } from '../diagnosis.ts';
import { type Examination, type ExaminedLayer, examinedLayers, rootMeanSquare } from './examination.ts';

/** Largest number of float16, and smallest normal one. */
const largestHalf = 65_504;
const smallestHalf = 6.1e-5;
/** Smallest number that float16 tells from 0. */
const leastHalf = 5.96e-8;

/** Values outside the range of half precision: an error where the file stores it, a note for who may train in it. */
export function precisionFindings(examination: Examination): Finding[] {
  const layers = examinedLayers(examination);
  return [...overflow(examination, layers), ...underflow(examination, layers)];
}

function isHalf({ subject }: Examination): boolean {
  return [...subject.storedAs.values()].includes('float16');
}

function overflow(examination: Examination, layers: readonly ExaminedLayer[]): Finding[] {
  const first = layers.find(({ measured }) => largestOf(measured.preActivations) > largestHalf);
  if (first === undefined) return [];
  const measured = largestOf(first.measured.preActivations);
  return [
    {
      code: 'half-overflow',
      layers: [first.facts.name],
      severity: isHalf(examination) ? 'error' : 'note',
      confidence: 1,
      evidence: [{ quantity: 'largest-value', layer: first.facts.name, measured, threshold: largestHalf }],
      prescription: { kind: 'architecture', advice: 'float32' },
    },
  ];
}

/** Gradients that vanish in half precision though they do not in single, or weights that have no normal form in it. */
function underflow(examination: Examination, layers: readonly ExaminedLayer[]): Finding[] {
  if (!isHalf(examination)) return [];
  for (const { facts, measured } of layers) {
    const gradient = rootMeanSquare(measured.gradients?.weights);
    const weights = rootMeanSquare(measured.weights);
    const small = gradient !== null && gradient > 0 && gradient < leastHalf;
    const flat = weights !== null && weights > 0 && weights < smallestHalf;
    if (!small && !flat) continue;
    return [
      {
        code: 'half-underflow',
        layers: [facts.name],
        severity: 'warning',
        confidence: 1,
        evidence: [
          small
            ? { quantity: 'gradient-size', layer: facts.name, measured: gradient, threshold: leastHalf }
            : { quantity: 'weight-size', layer: facts.name, measured: weights, threshold: smallestHalf },
        ],
        prescription: { kind: 'architecture', advice: 'float32' },
      },
    ];
  }
  return [];
}

function largestOf(values: { min: number | null; max: number | null } | null): number {
  return values === null ? 0 : Math.max(Math.abs(values.min ?? 0), Math.abs(values.max ?? 0));
}
