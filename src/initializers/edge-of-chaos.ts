import type { ActivationFunctionName } from './activation-functions.ts';
import { checkNotNegative } from './check.ts';
import { type CriticalPoint, criticalPoint } from './criticality.ts';
import type { Initializer } from './initializer.ts';
import { normal } from './normal.ts';
import { orthogonal } from './orthogonal.ts';
import { varianceScaling } from './variance-scaling.ts';

export interface EdgeOfChaosOptions {
  /** Default `tanh`. */
  readonly activation?: ActivationFunctionName;
  /** Var(b); default: the natural one of the activation, see {@link criticalPoint}. */
  readonly biasVariance?: number;
  /** `normal` (default), or `orthogonal`: all singular values of a layer equal, for dynamical isometry. */
  readonly weights?: 'normal' | 'orthogonal';
}

/** Weights and biases at criticality, and the point. */
export interface EdgeOfChaos {
  readonly weight: Initializer;
  readonly bias: Initializer;
  readonly point: CriticalPoint;
}

/**
 * The edge-of-chaos pair: weights of variance weightVariance / fanIn and biases of variance biasVariance at which a deep
 * network of the activation keeps angles and gradients (chi = 1) at a signal that stays.
 *
 *   w ~ N(0, Cw / fanIn) or sqrt(Cw) times an orthogonal matrix       b ~ N(0, Cb)
 *
 * For any activation, by quadrature and root finding; not a table.
 *
 * @throws initializers.no_critical_point, initializers.unknown_activation, initializers.bad_parameter
 * @see Schoenholz et al. 2017; Pennington et al. 2017 (orthogonal); Hayou et al. 2019; {@link criticalPoint}
 */
export function edgeOfChaos(options: EdgeOfChaosOptions = {}): EdgeOfChaos {
  const { activation = 'tanh', biasVariance, weights = 'normal' } = options;
  if (biasVariance !== undefined) checkNotNegative('edge-of-chaos', 'bias-variance', biasVariance);
  const point = criticalPoint(activation, biasVariance);
  return {
    point,
    weight: criticalWeight(point.weightVariance, weights),
    bias: normal({ std: Math.sqrt(point.biasVariance) }),
  };
}

/** Weights with fanIn Var(w) = `variance`. */
export function criticalWeight(variance: number, weights: 'normal' | 'orthogonal'): Initializer {
  return weights === 'orthogonal'
    ? orthogonal({ gain: Math.sqrt(variance) })
    : varianceScaling({ scale: variance, mode: 'fanIn', distribution: 'normal' });
}
