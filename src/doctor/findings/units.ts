import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, type ExaminedLayer, examinedLayers, isRectifier } from './examination.ts';
import { remedyFor } from './remedy.ts';

/** Fractions of a layer's units from which it is a warning, and an error. */
const deadBounds = { warning: 0.1, error: 0.5 } as const;
const saturatedBounds = { warning: 0.2, error: 0.6 } as const;

/** Units that are silent for the whole batch, and activations in their flat part. */
export function unitFindings(examination: Examination): Finding[] {
  const layers = examinedLayers(examination);
  const dead = layers.filter(({ facts }) => isRectifier(facts.activation));
  const found: Finding[] = [];
  const silent = told(
    'dead-relu',
    'dead-units',
    dead,
    ({ measured }) => measured.deadUnits,
    deadBounds,
    layers,
  );
  if (silent !== null) found.push(silent);
  // ELU, SELU and CELU are flat on one side by design, as ReLU is.
  const twoSided = layers.filter(({ facts }) => !['elu', 'selu', 'celu'].includes(facts.activation));
  const flat = told(
    'saturation',
    'saturated',
    twoSided,
    ({ measured }) => measured.activations?.saturated ?? null,
    saturatedBounds,
    layers,
  );
  if (flat !== null) found.push(flat);
  return found;
}

function told(
  code: 'dead-relu' | 'saturation',
  quantity: string,
  candidates: readonly ExaminedLayer[],
  fractionOf: (layer: ExaminedLayer) => number | null,
  bounds: { readonly warning: number; readonly error: number },
  layers: readonly ExaminedLayer[],
): Finding | null {
  const found = candidates.flatMap((layer) => {
    const fraction = fractionOf(layer);
    return fraction !== null && fraction > bounds.warning ? [{ layer, fraction }] : [];
  });
  if (found.length === 0) return null;
  const worst = found.reduce((one, other) => (other.fraction > one.fraction ? other : one));
  const severe = worst.fraction > bounds.error;
  const threshold = severe ? bounds.error : bounds.warning;
  // The first that crosses the bound is the cause of what follows; the worst is shown beside it.
  const first = found.find(({ fraction }) => fraction > threshold) ?? found[0];
  const named = first === worst ? [first] : [first, worst];
  return {
    code,
    layers: named.map(({ layer }) => layer.facts.name),
    severity: severe ? 'error' : 'warning',
    confidence: crossingConfidence(worst.fraction, threshold, 0.1),
    evidence: named.map(({ layer, fraction }) => ({
      quantity,
      layer: layer.facts.name,
      measured: fraction,
      threshold,
    })),
    prescription: remedyFor(first.layer, layers),
  };
}
