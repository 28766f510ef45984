import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, type ExaminedLayer, examinedLayers, rootMeanSquare } from './examination.ts';

/** Growth of the signal over all residual blocks from which it is a warning, and an error. */
const growth = { warning: 10, error: 1e3 } as const;
/** Standard deviation below which what is added to the variance when normalizing (1e-5) outweighs it. */
const flat = 3e-3;

/** Residual sums that add up, and normalizations of a signal that is not there. */
export function blockFindings(examination: Examination): Finding[] {
  return [...residualGrowth(examination), ...normalizedZeros(examination)];
}

function residualGrowth(examination: Examination): Finding[] {
  const { blocks } = examination.subject;
  const byName = new Map(examinedLayers(examination).map((layer) => [layer.facts.name, layer]));
  const inside = blocks.flatMap((block) => {
    const first = byName.get(block.layers[0]);
    const size = rootMeanSquare(first?.measured.preActivations);
    return first === undefined || first.facts.normalized || size === null ? [] : [{ block, first, size }];
  });
  const start = inside[0];
  const end = inside.at(-1);
  if (start === undefined || end === undefined || inside.length < 3 || start.size === 0) return [];
  const total = end.size / start.size;
  if (total < growth.warning) return [];
  const severe = total > growth.error;
  const threshold = severe ? growth.error : growth.warning;
  const ends = blocks.flatMap(({ layers }) => layers.slice(-1));
  return [
    {
      code: 'residual-growth',
      layers: [inside[1].first.facts.name],
      severity: severe ? 'error' : 'warning',
      confidence: crossingConfidence(total, threshold),
      evidence: [
        { quantity: 'residual-growth', layer: end.first.facts.name, measured: total, threshold },
        { quantity: 'signal-factor', measured: total ** (1 / (inside.length - 1)) },
      ],
      prescription: { kind: 'gain', layers: ends, factor: 1 / Math.sqrt(blocks.length) },
    },
  ];
}

function normalizedZeros(examination: Examination): Finding[] {
  const found = examinedLayers(examination).filter(({ facts, measured }: ExaminedLayer) => {
    const std = measured.preActivations?.std;
    return facts.normalized && std != null && std < flat;
  });
  const [first] = found;
  if (first === undefined) return [];
  const std = first.measured.preActivations?.std ?? 0;
  return [
    {
      code: 'normalization-after-zero',
      layers: [first.facts.name],
      severity: std === 0 ? 'error' : 'warning',
      confidence: crossingConfidence(std, flat),
      evidence: [
        { quantity: 'pre-activation-std', layer: first.facts.name, measured: std, threshold: flat },
        { quantity: 'layers-concerned', measured: found.length },
      ],
      prescription: {
        kind: 'rule',
        layers: found.map(({ facts }) => facts.name),
        rule: 'he-normal',
      },
    },
  ];
}
