/**
 * The edge of chaos: where a wide network neither forgets its inputs nor tears near ones apart.
 *
 * For weights of variance weightVariance / fanIn and biases of variance biasVariance, pre-activations of variance q go to
 *
 *   q' = weightVariance E[phi(sqrt(q) z)²] + biasVariance,      z ~ N(0, 1)
 *
 * and angles and gradients are multiplied by chi = weightVariance E[phi'(sqrt(q) z)²] in every layer. Criticality is
 * q' = q and chi = 1. Every q has one such pair,
 *
 *   weightVariance(q) = 1 / E[phi'(sqrt(q) z)²]      biasVariance(q) = q - weightVariance(q) E[phi(sqrt(q) z)²]
 *
 * so that the critical line is a curve over q, and nothing has to be iterated to a fixed point.
 *
 * @see Poole et al. 2016, eq. 3 and 6; Schoenholz et al. 2017, eq. 4 and 6; Roberts, Yaida, Hanin 2022, chapter 5
 */
import { OutsetError } from '../messages/error.ts';
import {
  type ActivationFunction,
  type ActivationFunctionName,
  activationFunction,
} from './activation-functions.ts';
import { activationMoment, squareSlope } from './activation-moments.ts';

/** A pair of variances at criticality, and what is known of the point. */
export interface CriticalPoint {
  /** fanIn Var(w). */
  readonly weightVariance: number;
  /** Var(b). */
  readonly biasVariance: number;
  /** The variance q of pre-activations that stays; 1 where every q does (rectifiers). */
  readonly fixedPoint: number;
  /**
   * dq'/dq there: below 1 the point attracts, at 1 it is half-stable (GELU, SiLU) or the network is scale-invariant,
   * above 1 it repels.
   */
  readonly slope: number;
}

export type CriticalActivation = ActivationFunctionName | ActivationFunction;

/** Variances between which the critical line is searched. */
const least = 1e-6;
const most = 400;
const points = 160;

/**
 * The critical pair of an activation.
 *
 * Without `biasVariance` the natural one is taken: the whole line where it is a point (rectifiers: biases 0); the
 * half-stable point, where chi = 1 and dq'/dq = 1, if there is one (GELU: 1.983, 0.1729; SiLU: 1.988, 0.5552); else
 * biases of variance 0.05, or of the least variance that the line has.
 *
 * @param biasVariance  wanted Var(b), at least 0
 * @throws initializers.no_critical_point with the range of bias variances on the line, initializers.not_finite
 * @example
 * criticalPoint('tanh', 0.05).weightVariance; // 1.760955
 */
export function criticalPoint(activation: CriticalActivation, biasVariance?: number): CriticalPoint {
  if (typeof activation !== 'string') return findPoint(activation, biasVariance);
  const key = `${activation} ${biasVariance}`;
  const point = known.get(key) ?? findPoint(activation, biasVariance);
  known.set(key, point);
  return point;
}

/** Points found so far: a search takes a tenth of a second, and every layer asks for the same one. */
const known = new Map<string, CriticalPoint>();

function findPoint(activation: CriticalActivation, biasVariance?: number): CriticalPoint {
  const phi = typeof activation === 'string' ? activationFunction(activation) : activation;
  const name = typeof activation === 'string' ? activation : 'phi';
  const line = criticalLine(phi);
  const biases = line.map((point) => point.biasVariance);
  const [low, high] = [Math.min(...biases), Math.max(...biases)];
  if (high < 1e-9 && low > -1e-9) {
    if (biasVariance === undefined || biasVariance === 0) return { ...pointAt(phi, 1), biasVariance: 0 };
    throw noPoint(name, biasVariance, 0, 0);
  }
  if (biasVariance !== undefined) {
    return (
      crossing(phi, line, (point) => point.biasVariance - biasVariance) ?? fail(name, biasVariance, low, high)
    );
  }
  const half = crossing(phi, line, (point) => point.slope - 1);
  if (half !== undefined && half.biasVariance >= 0) return half;
  const usual = crossing(phi, line, (point) => point.biasVariance - 0.05);
  if (usual !== undefined) return usual;
  const allowed = line.filter((point) => point.biasVariance >= 0);
  if (allowed.length === 0) throw noPoint(name, 0.05, low, high);
  return allowed.reduce((best, point) => (point.biasVariance < best.biasVariance ? point : best));
}

function fail(activation: string, biasVariance: number, low: number, high: number): never {
  throw noPoint(activation, biasVariance, low, high);
}

function noPoint(activation: string, biasVariance: number, low: number, high: number): OutsetError {
  return new OutsetError('initializers.no_critical_point', {
    activation,
    biasVariance,
    low: Math.max(0, low),
    high,
  });
}

/** The pair for which pre-activations of variance q stay and chi = 1. */
function pointAt(phi: ActivationFunction, q: number): CriticalPoint {
  const where = 'criticalPoint';
  const weightVariance = 1 / activationMoment(phi, q, (x) => phi.derivative(x) ** 2, where);
  const square = activationMoment(phi, q, (x) => phi.value(x) ** 2, where);
  const change = squareSlope(phi, q, where);
  return {
    weightVariance,
    biasVariance: q - weightVariance * square,
    fixedPoint: q,
    slope: weightVariance * change,
  };
}

function criticalLine(phi: ActivationFunction): CriticalPoint[] {
  const step = Math.log(most / least) / (points - 1);
  const line: CriticalPoint[] = [];
  for (let i = 0; i < points; i++) {
    const point = pointAt(phi, least * Math.exp(i * step));
    if (Number.isFinite(point.weightVariance) && point.weightVariance < 1e12) line.push(point);
  }
  return line;
}

/** The first point of the line where `f` changes its sign, closed in by bisection. */
function crossing(
  phi: ActivationFunction,
  line: readonly CriticalPoint[],
  f: (point: CriticalPoint) => number,
): CriticalPoint | undefined {
  for (let i = 1; i < line.length; i++) {
    const before = f(line[i - 1]);
    if (Math.abs(before) < 1e-12 || before * f(line[i]) > 0) continue;
    let low = line[i - 1].fixedPoint;
    let high = line[i].fixedPoint;
    for (let k = 0; k < 60 && high - low > 1e-13 * high; k++) {
      const middle = (low + high) / 2;
      if (f(pointAt(phi, middle)) * before > 0) low = middle;
      else high = middle;
    }
    return pointAt(phi, (low + high) / 2);
  }
  return undefined;
}
