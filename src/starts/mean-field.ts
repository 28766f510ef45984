import { activationFunction } from '../initializers/activation-functions.ts';
import { edgeOfChaosParameters } from '../initializers/catalogue/mean-field.ts';
import { ones, zeros } from '../initializers/constant.ts';
import { criticalPoint } from '../initializers/criticality.ts';
import { criticalWeight } from '../initializers/edge-of-chaos.ts';
import { gaussianExpectation } from '../initializers/gaussian-quadrature.ts';
import type { Initializer } from '../initializers/initializer.ts';
import { normal } from '../initializers/normal.ts';
import { OutsetError } from '../messages/error.ts';
import type { Network } from '../network/network.ts';
import type { ActivationName } from '../network/spec.ts';
import type { StartDefinition } from './definition.ts';
import type { Start } from './start.ts';

export interface MeanFieldOptions {
  /** Var(b) of layers behind which an activation stands; default: the natural one of each, see `criticalPoint`. */
  readonly biasVariance?: number;
  /** `normal` (default) or `orthogonal`. */
  readonly weights?: 'normal' | 'orthogonal';
}

/**
 * The edge of chaos for a whole network: each layer gets the pair of its own activation, and the first layer and every change
 * of activation are brought to the fixed point at once.
 *
 *   fanIn Var(w_l) = (q_l - Var(b_l)) / E[phi_(l-1)(sqrt(q_(l-1)) z)²]       Var(b_l) = Cb of phi_l
 *
 * q_l the fixed point of the activation behind layer l, 1 behind the last; inputs of mean square 1. In a network of one
 * activation this is Cw for all layers but the first and the last.
 *
 * @throws starts.needs_plain for residual networks, initializers.no_critical_point for softplus, say
 * @see {@link criticalPoint}
 */
export function meanField(name: string, { biasVariance, weights = 'normal' }: MeanFieldOptions = {}): Start {
  return {
    name,
    needsData: false,
    async parameters(network, { stream }) {
      const chosen = planLayers(name, network, biasVariance, weights);
      return new Map(
        network.parameters.map((parameter) => {
          const usual = parameter.role === 'scale' ? ones() : zeros();
          const initializer = chosen.get(parameter.name) ?? usual;
          return [parameter.name, initializer(stream.child(parameter.name), parameter)];
        }),
      );
    },
  };
}

function planLayers(
  start: string,
  network: Network,
  biasVariance: number | undefined,
  weights: 'normal' | 'orthogonal',
): Map<string, Initializer> {
  if (network.blocks.length > 0) throw new OutsetError('starts.needs_plain', { start });
  const chosen = new Map<string, Initializer>();
  let power = 1;
  for (const { weight, bias, activation } of network.layers) {
    const isLinear = activation === 'linear';
    const point = isLinear ? undefined : criticalPoint(activation, biasVariance);
    const own = bias === undefined ? 0 : (point?.biasVariance ?? 0);
    const fixedPoint = point?.fixedPoint ?? 1;
    chosen.set(weight, criticalWeight((fixedPoint - own) / power, weights));
    if (bias !== undefined) chosen.set(bias, normal({ std: Math.sqrt(own) }));
    power = powerBehind(activation, fixedPoint);
  }
  return chosen;
}

/** E[phi(sqrt(q) z)²]. */
function powerBehind(activation: ActivationName, q: number): number {
  const { value, kinks } = activationFunction(activation);
  const root = Math.sqrt(q);
  return gaussianExpectation((z) => value(root * z) ** 2, {
    kinks: kinks.map((kink) => kink / root),
    where: 'mean-field',
  });
}

export const meanFieldDefinition: StartDefinition = {
  name: 'mean-field',
  aliases: ['auto-critical'],
  family: 'mean-field',
  needsData: false,
  parameters: edgeOfChaosParameters,
  formula:
    'fan_in Var(w_l) = (q_l - Cb_l) / E[φ(√q z)²] of the layer before; q_l, Cb_l critical for φ_l; b ~ N(0, Cb_l)',
  source: 'Schoenholz et al. 2017, eq. 4 and 6; Roberts, Yaida, Hanin 2022, chapter 5',
  preserves: ['forward', 'backward', 'geometry'],
  build: (name, values) =>
    meanField(name, {
      biasVariance: typeof values['bias-variance'] === 'number' ? values['bias-variance'] : undefined,
      weights: values.weights as 'normal' | 'orthogonal',
    }),
};
