import { isAdaptive, optimizerConstants } from '../../training/optimizer.ts';
import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, examinedLayers, median } from './examination.ts';

/** Times the limit 2 / λ that training often survives, by falling into a flatter place at once. */
const survived = 6;
/** Size of the first update over that of the weights: typical is 1e-3. */
const ratios = { least: 1e-7, most: 0.3, worst: 3 } as const;

/** The rate against the curvature of the loss, and the first update against the weights. */
export function rateFindings(examination: Examination): Finding[] {
  const tooLarge = sharpness(examination);
  return tooLarge === null ? updateRatio(examination) : [tooLarge];
}

/** Gradient descent on a quadratic of curvature λ converges for rates below 2 / λ; momentum m, below 2 (1 + m) / λ. */
function sharpness({ measurement, plan }: Examination): Finding | null {
  const largest = measurement.sharpness;
  if (largest === null || !(largest > 0) || isAdaptive(plan.optimizer.name)) return null;
  const { name, momentum } = optimizerConstants(plan.optimizer);
  const limit = (2 * (name === 'momentum' ? 1 + momentum : 1)) / largest;
  const { learningRate } = plan;
  if (learningRate <= limit) return null;
  const severe = learningRate > survived * limit;
  return {
    code: 'learning-rate-too-large',
    layers: [],
    severity: severe ? 'error' : 'warning',
    confidence: crossingConfidence(learningRate, severe ? survived * limit : limit),
    evidence: [
      { quantity: 'learning-rate', measured: learningRate, threshold: limit },
      { quantity: 'sharpness', measured: largest },
    ],
    prescription: { kind: 'learning-rate', learningRate: rounded(limit / 2) },
  };
}

function updateRatio(examination: Examination): Finding[] {
  const measured = examinedLayers(examination).flatMap((layer) => {
    const ratio = layer.measured.updateRatio;
    return ratio === null || layer.measured.weights.zero === 1 ? [] : [{ layer, ratio }];
  });
  const middle = median(measured.map(({ ratio }) => ratio));
  if (measured.length === 0 || (middle >= ratios.least && middle <= ratios.most)) return [];
  const large = middle > ratios.most;
  const worst = measured.reduce((one, other) => (other.ratio > one.ratio === large ? other : one));
  const severe = large && middle > ratios.worst;
  const threshold = severe ? ratios.worst : large ? ratios.most : ratios.least;
  return [
    {
      code: 'update-ratio',
      layers: [worst.layer.facts.name],
      severity: severe ? 'error' : 'warning',
      confidence: crossingConfidence(middle, threshold),
      evidence: [
        { quantity: 'update-ratio', measured: middle, predicted: 1e-3, threshold },
        { quantity: 'update-ratio', layer: worst.layer.facts.name, measured: worst.ratio },
      ],
      prescription: {
        kind: 'learning-rate',
        learningRate: rounded(examination.plan.learningRate * Math.min(1e3, 1e-3 / Math.max(middle, 1e-12))),
      },
    },
  ];
}

/** Two digits are enough for a rate. */
const rounded = (rate: number): number => Number(rate.toPrecision(2));
