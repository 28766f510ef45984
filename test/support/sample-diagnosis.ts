/** Diagnoses made by hand, for tests of what shows them: a chain of tanh layers whose signal falls or stays. */
import type { Diagnosis, Finding } from '../../src/doctor/diagnosis.ts';
import type { LayerMeasurement } from '../../src/doctor/measurement.ts';
import type { Distribution } from '../../src/training/trace.ts';

/** Values of a given size around 0. */
export function distributionOf(std: number, count = 1000): Distribution {
  const edges = Array.from({ length: 31 }, (_, i) => std * (-3 + i / 5));
  const counts = edges.slice(1).map((edge) => Math.round(100 * Math.exp(-((edge / (std || 1)) ** 2) / 2)));
  return {
    count,
    mean: 0,
    std,
    min: -3 * std,
    max: 3 * std,
    norm: std * Math.sqrt(count),
    zero: 0.1,
    saturated: 0.02,
    notFinite: 0,
    histogram: std === 0 ? { edges: [0, 0], counts: [count] } : { edges, counts },
  };
}

/** A plain chain of `depth` layers; each multiplies signal and gradient by `factor`. Sick where it is not 1. */
export function sampleDiagnosis(depth: number, factor: number): Diagnosis {
  const names = Array.from({ length: depth }, (_, i) => `dense${i + 1}`);
  const fans = (i: number) => ({ fanIn: i === 0 ? 784 : 128, fanOut: i === depth - 1 ? 10 : 128 });
  const layers = names.map((layer, i): LayerMeasurement => {
    const forward = factor ** i;
    const backward = factor ** (depth - 1 - i);
    return {
      layer,
      depth: i + 1,
      weights: distributionOf(0.05 * factor),
      biases: distributionOf(0, 128),
      preActivations: distributionOf(forward * 1.1),
      activations: distributionOf(forward),
      deadUnits: 0.02,
      constantUnits: 0,
      correlation: { mean: 0.3, standardError: 0.01 },
      effectiveRank: 80,
      gradients: {
        weights: distributionOf(backward * 1e-3),
        biases: distributionOf(backward * 1e-3),
        preActivations: distributionOf(backward * 1e-4),
      },
      updateRatio: 0.01,
      equalUnits: { groups: 0, units: 0 },
      spectrum: { largest: 1.9, smallest: 0.01, effectiveRank: 60 },
    };
  });
  const sick = factor !== 1;
  const findings: Finding[] = sick
    ? [
        {
          code: 'backward-vanishing',
          layers: names.slice(0, depth - 1),
          severity: 'error',
          confidence: 0.99,
          evidence: [
            {
              quantity: 'gradient-ratio',
              measured: factor ** (depth - 1),
              predicted: 1.1 * factor ** (depth - 1),
              log10Std: 0.1,
              threshold: 0.01,
            },
            { quantity: 'gradient-factor', measured: factor, predicted: factor },
          ],
          prescription: {
            kind: 'rule',
            layers: names.slice(0, depth - 1),
            rule: 'orthogonal(gain=1.0001)',
            bias: { rule: 'zeros' },
          },
        },
        {
          code: 'input-not-standardized',
          layers: [],
          severity: 'warning',
          confidence: 0.9,
          evidence: [{ quantity: 'input-mean', measured: 33.3, threshold: 3 }],
          prescription: { kind: 'input-scaling', mean: 33.3, std: 78.6 },
        },
        {
          code: 'saturation',
          layers: [names[1], names[2]],
          severity: 'note',
          confidence: 0.6,
          evidence: [{ quantity: 'saturated', measured: 0.4, threshold: 0.3 }],
          prescription: { kind: 'gain', layers: [names[1]], factor: 0.5 },
        },
      ]
    : [];
  return {
    subject: {
      title: `784-128x${depth - 1}-10:tanh`,
      origin: 'network',
      parameters: 128 * 784 + depth * 128 * 128,
      layers: names.map((name, i) => ({
        name,
        type: 'dense',
        activation: i === depth - 1 ? 'linear' : 'tanh',
        ...fans(i),
        weightDims: [fans(i).fanIn, fans(i).fanOut],
      })),
      blocks: [{ name: 'residual1', layers: names.slice(1, 3) }],
    },
    measurement: {
      batchSize: 256,
      data: 'noise',
      loss: { kind: 'random-cotangent', value: 2.31 },
      inputs: [{ name: 'features', distribution: distributionOf(1) }],
      outputs: distributionOf(1),
      layers,
      firstNotFinite: null,
      jacobian: { largest: 3, smallest: 1e-6, rootMeanSquare: 0.4 },
      tangentKernel: null,
      sharpness: 12.3,
      provenance: names.slice(0, 30).map((name) => ({
        parameter: `${name}.weight`,
        distribution: 'uniform',
        candidates: [{ rule: 'pytorch-default', logLikelihoodGap: 0 }],
        exact: { rule: 'pytorch-default', dialect: 'torch', seed: 42 },
        weightVariance: 0.333,
      })),
      trained: { probability: 0.01, because: [] },
      backwardMissing: null,
      seconds: 0.42,
    },
    prediction: {
      layers: names.map((layer, i) => ({
        layer,
        preActivation: { value: (factor ** i * 1.1) ** 2, log10Std: 0.01 * i },
        activation: { value: (factor ** i) ** 2, log10Std: 0.01 * i },
        correlation: 0.3,
        gradient: { value: (factor ** (depth - 1 - i)) ** 2, log10Std: 0.01 * (depth - 1 - i) },
        chi: factor ** 2,
      })),
      asymptotics: {
        weightVariance: 0.333,
        biasVariance: 0,
        activation: 'tanh',
        fixedPoint: sick ? 0 : 0.5,
        slope: 0.33,
        chi: factor ** 2,
        correlation: 1,
        phase: sick ? 'vanishing' : 'critical',
        depthScales: { variance: 1, correlation: 1, gradient: 1 },
      },
      inverseWidths: depth / 128,
      growth: 1,
      stable: true,
      unknown: [],
    },
    findings,
    rehearsal: null,
    verdict: {
      name: sick ? 'will-not-learn' : 'learns',
      probability: sick ? 0.02 : 0.98,
      wellProbability: sick ? 0.02 : 0.98,
      because: sick ? ['backward-vanishing'] : [],
      plan: { optimizer: { name: 'adam' }, learningRate: 1e-3, steps: 3000 },
      baseline: !sick,
    },
  };
}
