/** Rules that come from what an activation does to a Gaussian signal. */
import { type ActivationFunctionName, activationFunctionNames } from '../activation-functions.ts';
import { activationScaling, type ScalingDirection, scalingDirections } from '../activation-scaling.ts';
import { edgeOfChaos } from '../edge-of-chaos.ts';
import { kumar } from '../kumar.ts';
import { randomWalk, type WalkActivation, walkActivations } from '../random-walk.ts';
import type { RuleParameter, RuleValues } from '../rule-parameters.ts';
import { type Distribution, distributions } from '../variance-scaling.ts';
import { choice, type RuleEntry, rule } from './entry.ts';

const activation = (usual: ActivationFunctionName) => choice(usual, activationFunctionNames);
const activationOf = (values: RuleValues) => values.activation as ActivationFunctionName;

const biasVariance: RuleParameter = {
  kind: 'number',
  usual: 'auto',
  range: { from: 0 },
  names: { auto: Number.NaN },
};

/** The edge of chaos with the values of a text. */
export function edgeOfChaosOf(values: RuleValues, name = activationOf(values)) {
  return edgeOfChaos({
    activation: name,
    biasVariance: typeof values['bias-variance'] === 'number' ? values['bias-variance'] : undefined,
    weights: values.weights as 'normal' | 'orthogonal',
  });
}

/** Options that the rule and the start for whole networks share. */
export const edgeOfChaosParameters: Readonly<Record<string, RuleParameter>> = {
  'bias-variance': biasVariance,
  weights: choice('normal', ['normal', 'orthogonal']),
};

export const meanFieldRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'activation-scaling',
      aliases: ['gain-scaling'],
      family: 'mean-field',
      formula: 'Var(w) = 1 / (fan_in E[φ(z)²]) | 1 / (fan_out E[φ′(z)²]) | their geometric mean, z ~ N(0, 1)',
      source: 'He et al. 2015, eq. 10 and 14, moments by quadrature',
      preserves: ['forward', 'backward'],
    },
    (v) =>
      activationScaling({
        activation: activationOf(v),
        direction: v.direction as ScalingDirection,
        distribution: v.distribution as Distribution,
      }),
    {
      parameters: {
        activation: activation('relu'),
        direction: choice('forward', scalingDirections),
        distribution: choice('normal', distributions),
      },
    },
  ),
  rule(
    {
      name: 'edge-of-chaos',
      aliases: ['critical'],
      family: 'mean-field',
      formula:
        'w ~ N(0, Cw / fan_in), b ~ N(0, Cb): Cw E[φ′(√q z)²] = 1, q = Cw E[φ(√q z)²] + Cb, z ~ N(0, 1)',
      source: 'Schoenholz et al. 2017, eq. 4 and 6; Roberts, Yaida, Hanin 2022, chapter 5',
      preserves: ['forward', 'backward', 'geometry'],
    },
    (v) => edgeOfChaosOf(v).weight,
    {
      parameters: { activation: activation('tanh'), ...edgeOfChaosParameters },
      bias: 'own',
      buildBias: (v) => edgeOfChaosOf(v).bias,
    },
  ),
  rule(
    {
      name: 'kumar',
      family: 'mean-field',
      formula: 'w ~ N(0, 1 / (fan_in g′(0)² (1 + g(0)²))); relu: N(0, 2 / fan_in)',
      source: 'Kumar 2017, eq. 11',
      preserves: ['forward'],
    },
    (v) => kumar({ activation: activationOf(v) }),
    { parameters: { activation: activation('sigmoid') } },
  ),
  rule(
    {
      name: 'random-walk',
      aliases: ['sussillo'],
      family: 'mean-field',
      formula:
        'w ~ N(0, g² / n), n = fan_in; relu: g = √2 exp(1.2 / (max(n, 6) - 2.4)), linear: g = exp(1 / 2n)',
      source: 'Sussillo & Abbott 2014, eq. 9 and 13',
      preserves: ['backward'],
    },
    (v) => randomWalk({ activation: v.activation as WalkActivation }),
    { parameters: { activation: choice('relu', walkActivations) } },
  ),
];
