/**
 * Gains: the factor on the standard deviation 1 / sqrt(fan) that makes up for what an activation takes away.
 *
 * For any activation, by closed form where there is one and by quadrature otherwise; PyTorch's table, which knows five
 * activations and takes 5/3 for tanh and 3/4 for SELU by experience, is `torchGain`.
 *
 * For rectifiers the forward and the backward gain are the same; for most other activations no gain does both.
 *
 * @see He et al. 2015 (rectifiers); Poole et al. 2016 and Schoenholz et al. 2017 (the same moments as maps of depth)
 */
import { OutsetError } from '../messages/error.ts';
import { exponential } from '../random/index.ts';
import {
  type ActivationFunction,
  type ActivationFunctionName,
  type ActivationOptions,
  activationFunction,
  checkActivationName,
  defaultSlopes,
} from './activation-functions.ts';
import { gaussianExpectation } from './gaussian-quadrature.ts';

type GivenFunction = Pick<ActivationFunction, 'value'> & Partial<ActivationFunction>;

/** What a gain can be asked for: a name, a function of one number, or a function with what is known about it. */
export type GainActivation = ActivationFunctionName | ((x: number) => number) | GivenFunction;

/**
 * Gain that keeps the signal: with weights of standard deviation gain / sqrt(fanIn) and no bias, pre-activations of
 * variance 1 give pre-activations of variance 1 in the next layer.
 *
 *   gain = 1 / sqrt(E[phi(z)²]),  z ~ N(0, 1)
 *
 * @param activation a name, or any function phi (with `kinks` if it has any)
 * @param options slope or alpha of a named activation that has one
 * @throws `initializers.no_gain` if phi is 0, `initializers.not_finite` if it is not finite on [-12, 12],
 *   `initializers.unknown_activation`, `initializers.activation_option`
 * @example
 * forwardGain('gelu'); // 1.533530
 */
export function forwardGain(activation: GainActivation, options: ActivationOptions = {}): number {
  const where = 'forwardGain';
  const moment =
    typeof activation === 'string'
      ? (closedMoments(activation, options)?.value ??
        valueMoment(activationFunction(activation, options), where))
      : valueMoment(given(activation), where);
  return gainOf(where, moment);
}

/**
 * Gain that keeps the gradient: with weights of standard deviation gain / sqrt(fanOut), gradients of pre-activations
 * have the same variance in every layer, while pre-activations have variance 1.
 *
 *   gain = 1 / sqrt(E[phi'(z)²]),  z ~ N(0, 1)
 *
 * A function without `derivative` is differentiated numerically, to about 8 digits; where it has a kink that `kinks`
 * does not name, to 3.
 *
 * @throws as {@link forwardGain}
 * @example
 * backwardGain('tanh'); // 1.467414
 */
export function backwardGain(activation: GainActivation, options: ActivationOptions = {}): number {
  const where = 'backwardGain';
  const moment =
    typeof activation === 'string'
      ? (closedMoments(activation, options)?.derivative ??
        derivativeMoment(activationFunction(activation, options), where))
      : derivativeMoment(given(activation), where);
  return gainOf(where, moment);
}

const torchGains = {
  linear: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  conv_transpose1d: 1,
  conv_transpose2d: 1,
  conv_transpose3d: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 3 / 4,
} as const;
const torchNonlinearities = [
  ...(Object.keys(torchGains) as (keyof typeof torchGains)[]),
  'leaky_relu',
] as const;

/**
 * PyTorch's recommended gains, for weights that shall be the same as there.
 *
 * | nonlinearity | gain |
 * |---|---|
 * | linear, conv1d ... conv3d, conv_transpose1d ... conv_transpose3d, sigmoid | 1 |
 * | tanh | 5/3 |
 * | relu | sqrt(2) |
 * | leaky_relu (or leaky-relu) | sqrt(2 / (1 + slope²)) |
 * | selu | 3/4 |
 *
 * @param slope of `leaky_relu`, default 0.01
 * @throws `initializers.unknown_activation` for names that PyTorch has no gain for
 * @see torch.nn.init.calculate_gain
 */
export function torchGain(nonlinearity: string, slope: number = defaultSlopes['leaky-relu']): number {
  const name = nonlinearity === 'leaky-relu' ? 'leaky_relu' : nonlinearity;
  checkActivationName('torchGain', name, torchNonlinearities);
  if (name !== 'leaky_relu') return torchGains[name];
  activationFunction('leaky-relu', { slope });
  return Math.sqrt(2 / (1 + slope * slope));
}

/** E[phi(z)²] and E[phi'(z)²] of the activations whose moments are elementary. */
function closedMoments(
  name: ActivationFunctionName,
  options: ActivationOptions,
): { value: number; derivative: number } | undefined {
  switch (name) {
    case 'linear':
      return { value: 1, derivative: 1 };
    case 'relu':
      return { value: 0.5, derivative: 0.5 };
    case 'leaky-relu':
    case 'prelu': {
      activationFunction(name, options); // checks the slope
      const slope = options.slope ?? defaultSlopes[name];
      const moment = (1 + slope * slope) / 2;
      return { value: moment, derivative: moment };
    }
    case 'erf':
      // 2/pi asin(2/3), the arc-sine kernel of Williams (1997) at 1; and 4/pi E[exp(-2 z²)].
      return { value: (2 / Math.PI) * 0.7297276562269663, derivative: 4 / (Math.PI * Math.sqrt(5)) };
    case 'sin':
      return { value: (1 - exponential(-2)) / 2, derivative: (1 + exponential(-2)) / 2 };
    default:
      return undefined;
  }
}

function given(activation: ((x: number) => number) | GivenFunction): GivenFunction {
  return typeof activation === 'function' ? { value: activation } : activation;
}

function valueMoment({ value, kinks }: GivenFunction, where: string): number {
  return gaussianExpectation((z) => value(z) ** 2, { kinks, where });
}

function derivativeMoment({ value, derivative, kinks = [] }: GivenFunction, where: string): number {
  if (derivative !== undefined) return gaussianExpectation((z) => derivative(z) ** 2, { kinks, where });
  return gaussianExpectation((z) => slopeAt(value, z, kinks) ** 2, { kinks, where, tolerance: 1e-8 });
}

/** Derivative by central differences of fourth order that do not reach over a kink. */
function slopeAt(value: (x: number) => number, x: number, kinks: readonly number[]): number {
  let step = 1e-3;
  for (const kink of kinks) step = Math.min(step, Math.max(Math.abs(x - kink) / 3, 1e-7));
  const near = value(x + step) - value(x - step);
  const far = value(x + 2 * step) - value(x - 2 * step);
  return (8 * near - far) / (12 * step);
}

function gainOf(where: string, moment: number): number {
  if (Number.isFinite(moment) && moment > 0) return 1 / Math.sqrt(moment);
  throw new OutsetError('initializers.no_gain', { where, moment });
}
