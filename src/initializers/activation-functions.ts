/**
 * Activations as functions of one number, with their derivatives: what gains and signal theory are computed from.
 *
 * Formulas are those of the network's graph (`appendActivation`). Exponentials come from `random`, not from `Math`,
 * so that a gain, and with it a weight, has the same bits on every engine; only `sin` calls `Math`.
 */
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { errorFunction, exponential, hyperbolicTangent, logOnePlusExponential } from '../random/index.ts';

/** Every activation that has a gain by name. */
export const activationFunctionNames = [
  'linear',
  'relu',
  'leaky-relu',
  'prelu',
  'elu',
  'selu',
  'celu',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
  'sigmoid',
  'hard-sigmoid',
  'tanh',
  'hard-tanh',
  'softplus',
  'softsign',
  'hard-swish',
  'erf',
  'sin',
] as const;

/** Names of activations; those that a network can use, and `prelu` (a leaky rectifier whose slope is learned). */
export type ActivationFunctionName = (typeof activationFunctionNames)[number];

/** An activation of one number. */
export interface ActivationFunction {
  /** phi(x). */
  readonly value: (x: number) => number;
  /** phi'(x); at a kink the value that PyTorch's gradient takes. */
  readonly derivative: (x: number) => number;
  /** Where phi or one of its first two derivatives jumps, ascending: quadrature splits there. */
  readonly kinks: readonly number[];
}

/** Shape of the activations that have one. */
export interface ActivationOptions {
  /** Slope below zero: `leaky-relu` (default 0.01) and `prelu` (default 0.25). */
  readonly slope?: number;
  /** Scale of the exponential part: `elu` and `celu` (default 1). Above 0. */
  readonly alpha?: number;
}

/** Default slopes, as in PyTorch and ONNX. */
export const defaultSlopes = { 'leaky-relu': 0.01, prelu: 0.25 } as const;

/** Scale and alpha of SELU (Klambauer et al. 2017, eq. 14): they make E phi = 0 and E phi² = 1. */
export const seluScale = 1.0507009873554805;
export const seluAlpha = 1.6732632423543772;

/**
 * The activation of a name.
 *
 * | name | phi(x) |
 * |---|---|
 * | leaky-relu, prelu | x > 0 ? x : slope x |
 * | elu | x > 0 ? x : alpha (eˣ − 1) |
 * | celu | x > 0 ? x : alpha (e^(x / alpha) − 1) |
 * | selu | 1.0507 (x > 0 ? x : 1.6733 (eˣ − 1)) |
 * | gelu | x Φ(x); `gelu-tanh` its tanh approximation |
 * | silu | x σ(x) |
 * | mish | x tanh(log(1 + eˣ)) |
 * | hard-sigmoid | clip(x / 6 + 1/2, 0, 1) |
 * | hard-tanh | clip(x, −1, 1) |
 * | softsign | x / (1 + abs(x)) |
 * | hard-swish | x · hard-sigmoid(x) |
 *
 * @throws `initializers.unknown_activation`, `initializers.activation_option`
 */
export function activationFunction(
  name: ActivationFunctionName,
  options: ActivationOptions = {},
): ActivationFunction {
  checkActivationName('activationFunction', name, activationFunctionNames);
  if (name === 'leaky-relu' || name === 'prelu') {
    return leakyRectifier(checkSlope(name, options.slope ?? defaultSlopes[name]));
  }
  if (name === 'elu' || name === 'celu') {
    const alpha = checkAlpha(name, options.alpha ?? 1);
    return exponentialLinear(1, alpha, name === 'celu' ? 1 / alpha : 1);
  }
  return plain[name];
}

/** @throws `initializers.unknown_activation` with the nearest names */
export function checkActivationName<Name extends string>(
  where: string,
  name: string,
  names: readonly Name[],
): asserts name is Name {
  if ((names as readonly string[]).includes(name)) return;
  throw new OutsetError('initializers.unknown_activation', {
    where,
    name,
    names,
    near: nearestNames(name, names),
  });
}

const twoOverSqrtPi = 1.1283791670955126;
const sqrtTwoOverPi = 0.7978845608028654;

function logistic(x: number): number {
  const e = exponential(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

function logisticSlope(x: number): number {
  const e = exponential(-Math.abs(x));
  return e / ((1 + e) * (1 + e));
}

/** 1 - tanh², without cancellation in the tails. */
function tanhSlope(x: number): number {
  return 4 * logisticSlope(2 * x);
}

/** Φ, the normal distribution function. */
function normalBelow(x: number): number {
  return 0.5 * (1 + errorFunction(x * Math.SQRT1_2));
}

/** eˣ - 1 for x <= 0, without cancellation near 0. */
function exponentialMinusOne(x: number): number {
  const t = hyperbolicTangent(x / 2);
  return (2 * t) / (1 - t);
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

/** x phi(x) for a gate phi, by the product rule. */
function gated(gate: (x: number) => number, gateSlope: (x: number) => number): ActivationFunction {
  return {
    value: (x) => x * gate(x),
    derivative: (x) => gate(x) + x * gateSlope(x),
    kinks: [],
  };
}

function leakyRectifier(slope: number): ActivationFunction {
  return {
    value: (x) => (x > 0 ? x : slope * x),
    derivative: (x) => (x > 0 ? 1 : slope),
    kinks: slope === 1 ? [] : [0],
  };
}

/** scale (x > 0 ? x : alpha (e^(rate x) - 1)): ELU, CELU and SELU. */
function exponentialLinear(scale: number, alpha: number, rate: number): ActivationFunction {
  return {
    value: (x) => scale * (x > 0 ? x : alpha * exponentialMinusOne(rate * x)),
    derivative: (x) => scale * (x > 0 ? 1 : alpha * rate * exponential(rate * x)),
    kinks: [0],
  };
}

type Shaped = 'leaky-relu' | 'prelu' | 'elu' | 'celu';

const plain: Readonly<Record<Exclude<ActivationFunctionName, Shaped>, ActivationFunction>> = {
  linear: { value: (x) => x, derivative: () => 1, kinks: [] },
  relu: leakyRectifier(0),
  selu: exponentialLinear(seluScale, seluAlpha, 1),
  gelu: gated(normalBelow, (x) => exponential((-x * x) / 2) * (sqrtTwoOverPi / 2)),
  'gelu-tanh': gated(
    (x) => 0.5 * (1 + hyperbolicTangent(sqrtTwoOverPi * (x + 0.044715 * x * x * x))),
    (x) =>
      0.5 *
      tanhSlope(sqrtTwoOverPi * (x + 0.044715 * x * x * x)) *
      sqrtTwoOverPi *
      (1 + 3 * 0.044715 * x * x),
  ),
  silu: gated(logistic, logisticSlope),
  mish: gated(
    (x) => hyperbolicTangent(logOnePlusExponential(x)),
    (x) => tanhSlope(logOnePlusExponential(x)) * logistic(x),
  ),
  sigmoid: { value: logistic, derivative: logisticSlope, kinks: [] },
  'hard-sigmoid': {
    value: (x) => clip(x / 6 + 0.5, 0, 1),
    derivative: (x) => (x > -3 && x < 3 ? 1 / 6 : 0),
    kinks: [-3, 3],
  },
  tanh: { value: hyperbolicTangent, derivative: tanhSlope, kinks: [] },
  'hard-tanh': {
    value: (x) => clip(x, -1, 1),
    derivative: (x) => (x > -1 && x < 1 ? 1 : 0),
    kinks: [-1, 1],
  },
  softplus: { value: logOnePlusExponential, derivative: logistic, kinks: [] },
  softsign: {
    value: (x) => x / (1 + Math.abs(x)),
    derivative: (x) => 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))),
    kinks: [0],
  },
  'hard-swish': {
    value: (x) => x * clip(x / 6 + 0.5, 0, 1),
    derivative: (x) => (x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1),
    kinks: [-3, 3],
  },
  erf: {
    value: errorFunction,
    derivative: (x) => twoOverSqrtPi * exponential(-x * x),
    kinks: [],
  },
  sin: { value: Math.sin, derivative: Math.cos, kinks: [] },
};

function checkSlope(activation: string, slope: number): number {
  if (Number.isFinite(slope)) return slope;
  throw new OutsetError('initializers.activation_option', {
    activation,
    option: 'slope',
    expected: 'a finite number',
    got: slope,
  });
}

function checkAlpha(activation: string, alpha: number): number {
  if (Number.isFinite(alpha) && alpha > 0) return alpha;
  throw new OutsetError('initializers.activation_option', {
    activation,
    option: 'alpha',
    expected: 'a finite number > 0',
    got: alpha,
  });
}
