import { mostGrowth } from '../../theory/index.ts';
import type { Finding } from '../diagnosis.ts';
import { type Examination, examinedLayers } from './examination.ts';

/** What the numbers are before any question of size: not finite, trained already, or near an unstable fixed point. */
export function stateFindings(examination: Examination): Finding[] {
  const { measurement, prediction } = examination;
  const found: Finding[] = [];
  const broken = examinedLayers(examination).filter(
    ({ measured }) => measured.weights.notFinite + (measured.biases?.notFinite ?? 0) > 0,
  );
  const inputs = measurement.inputs.filter(({ distribution }) => distribution.notFinite > 0);
  if (broken.length > 0 || inputs.length > 0) {
    found.push({
      code: 'not-finite',
      layers: broken.slice(0, 3).map(({ facts }) => facts.name),
      severity: 'error',
      confidence: 1,
      evidence: [
        ...broken.slice(0, 3).map(({ facts, measured }) => ({
          quantity: 'not-finite-weights',
          layer: facts.name,
          measured: measured.weights.notFinite + (measured.biases?.notFinite ?? 0),
          threshold: 0,
        })),
        ...inputs.map(({ distribution }) => ({
          quantity: 'not-finite-inputs',
          measured: distribution.notFinite,
          threshold: 0,
        })),
      ],
      prescription: null,
    });
  }
  if (prediction?.stable === false) {
    found.push({
      code: 'unstable-fixed-point',
      layers: [],
      severity: 'note',
      confidence: 0.9,
      evidence: [{ quantity: 'deviation-growth', measured: prediction.growth, threshold: mostGrowth }],
      prescription: null,
    });
  }
  if (measurement.trained.probability > 0.9) {
    found.push({
      code: 'trained',
      layers: [],
      severity: 'note',
      confidence: measurement.trained.probability,
      evidence: [
        { quantity: 'trained-probability', measured: measurement.trained.probability, threshold: 0.9 },
      ],
      prescription: null,
    });
  }
  return found;
}
