import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, examinedLayers } from './examination.ts';
import { remedyFor } from './remedy.ts';

/** 1 - cosine of different examples below which a layer no longer tells them apart well, and at all. */
const alike = 1e-3;
const same = 1e-5;

/**
 * Different inputs that look alike behind the last hidden layer (the ordered phase). What a normalization subtracts is no
 * matter, so normalized layers are not looked at, and neither is data that is alike from the start.
 */
export function correlationFindings(examination: Examination): Finding[] {
  const hidden = examinedLayers(examination).filter(({ facts }) => !facts.last && !facts.normalized);
  const distances = hidden.flatMap((layer) => {
    const { correlation } = layer.measured;
    return correlation === null ? [] : [{ layer, distance: Math.max(0, 1 - correlation.mean) }];
  });
  const first = distances[0];
  const last = distances.at(-1);
  if (first === undefined || last === undefined || distances.length < 2) return [];
  if (last.distance >= alike || first.distance < 10 * last.distance) return [];
  const at = distances.find(({ distance }) => distance < alike) ?? last;
  const predicted = examination.prediction?.layers.find(({ layer }) => layer === last.layer.facts.name);
  const correlation = predicted?.correlation ?? null;
  const severe = last.distance < same;
  const scale = examination.prediction?.asymptotics?.depthScales.correlation;
  return [
    {
      code: 'correlation-collapse',
      layers: [at.layer.facts.name],
      severity: severe ? 'error' : 'warning',
      confidence: crossingConfidence(last.distance, severe ? same : alike, 0.3),
      evidence: [
        {
          quantity: 'correlation-distance',
          layer: last.layer.facts.name,
          measured: last.distance,
          threshold: severe ? same : alike,
          ...(correlation === null ? {} : { predicted: Math.max(0, 1 - correlation) }),
        },
        ...(scale === undefined || !Number.isFinite(scale)
          ? []
          : [{ quantity: 'correlation-depth', measured: scale, threshold: hidden.length / 6 }]),
      ],
      prescription: remedyFor(at.layer, hidden),
    },
  ];
}
