/**
 * Where the maps come to rest: fixed points of variance and correlation, the phase, and the number of layers over which
 * a deviation shrinks or a gradient changes by a factor e.
 *
 * @see Schoenholz et al. 2017, eq. 6 to 10; Poole et al. 2016, section 2
 */
import { correlationMap, correlationSlope, gradientFactor, varianceMap, varianceSlope } from './maps.ts';
import type { MeanFieldLayer } from './mean-field-layer.ts';
import type { Asymptotics } from './prediction.ts';

/** A value that a map leaves alone. */
export interface FixedPoint {
  readonly value: number;
  /** Slope of the map there. */
  readonly slope: number;
  /** True where deviations shrink (slope below 1). */
  readonly stable: boolean;
}

/** The maps of one layer as functions: exact ones, or from tables where speed matters more than the last digits. */
export interface LayerMaps {
  readonly variance: (q: number) => number;
  readonly varianceSlope: (q: number) => number;
  readonly gradientFactor: (q: number) => number;
  readonly correlation: (q: number, c: number) => number;
  readonly correlationSlope: (q: number, c: number) => number;
}

function exactMaps(layer: MeanFieldLayer): LayerMaps {
  return {
    variance: (q) => varianceMap(layer, q),
    varianceSlope: (q) => varianceSlope(layer, q),
    gradientFactor: (q) => gradientFactor(layer, q),
    correlation: (q, c) => correlationMap(layer, q, c),
    correlationSlope: (q, c) => correlationSlope(layer, q, c),
  };
}

/** Variances between which fixed points are searched; below and above the signal counts as dead or exploded. */
const least = 1e-12;
const most = 1e12;
/** Even, so that q = 1, where many activations rest, is none of them. */
const points = 98;

/**
 * Every fixed point q* of the variance map in (1e-12, 1e12), ascending. Empty where the variance falls to 0 or grows for
 * ever; for scale-invariant layers (rectifiers at criticality), where every q stays, 1.
 * @throws theory.bad_number, initializers.unknown_activation
 */
export function varianceFixedPoints(layer: MeanFieldLayer): FixedPoint[] {
  return varianceRests(exactMaps(layer));
}

function varianceRests(maps: LayerMaps): FixedPoint[] {
  const change = (logarithm: number): number => {
    const q = Math.exp(logarithm);
    return maps.variance(q) / q - 1;
  };
  const step = Math.log(most / least) / (points - 1);
  const at = Array.from({ length: points }, (_, i) => Math.log(least) + i * step);
  const values = at.map(change);
  const pointAt = (q: number): FixedPoint => pointOf(q, maps.varianceSlope(q));
  if (values.every((value) => Math.abs(value) < resolution)) return [pointAt(1)];
  const found: FixedPoint[] = [];
  for (let i = 1; i < points; i++) {
    const [before, here] = [values[i - 1], values[i]];
    // Far down a smooth activation is a line: what rounding makes of q' = q there is no fixed point.
    if (Math.abs(before) < resolution || Math.abs(here) < resolution || before * here > 0) continue;
    found.push(pointAt(Math.exp(root(change, at[i - 1], at[i], before, here))));
  }
  return found;
}

/** Smaller relative changes are rounding. */
const resolution = 1e-9;

/**
 * The fixed points c* in [0, 1] of the correlation map at variance q, ascending. 1 is among them without dropout, if q is
 * a fixed point of the variance.
 * @throws theory.bad_number, initializers.unknown_activation
 */
export function correlationFixedPoints(layer: MeanFieldLayer, q: number): FixedPoint[] {
  return correlationRests(exactMaps(layer), q);
}

function correlationRests(maps: LayerMaps, q: number): FixedPoint[] {
  const change = (c: number): number => maps.correlation(q, c) - c;
  const pointAt = (c: number): FixedPoint => pointOf(c, maps.correlationSlope(q, c));
  const found: FixedPoint[] = [];
  if (Math.abs(change(0)) < resolution) found.push(pointAt(0)); // odd activations without biases
  let before = change(correlationGrid[0]);
  for (let i = 1; i < correlationGrid.length; i++) {
    const here = change(correlationGrid[i]);
    if (before * here < 0 && Math.abs(here) > resolution)
      found.push(pointAt(root(change, correlationGrid[i - 1], correlationGrid[i], before, here)));
    before = here;
  }
  if (Math.abs(change(1)) < 1e-7) found.push(pointAt(1));
  return found;
}

const correlationGrid = [1e-6, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96, 0.99, 0.999, 1 - 1e-5];

/** Layers over which something changes by a factor e, given its factor per layer. */
export function depthScale(factor: number): number {
  const logarithm = Math.abs(Math.log(factor));
  return logarithm < 1e-9 ? Number.POSITIVE_INFINITY : 1 / logarithm;
}

/**
 * What becomes of signals and gradients if the layer is stacked for ever: fixed points, phase, depth scales xi_q, xi_c
 * and xi_grad.
 * @param options.activation name for the result, where the layer has a function
 * @param options.q where the signal begins, default 1: it decides between several fixed points
 * @example
 * asymptotics({ activation: 'tanh', weightVariance: 1, biasVariance: 0.05 }).depthScales.correlation; // 3.63
 */
export function asymptotics(
  layer: MeanFieldLayer,
  options: { readonly activation?: string; readonly q?: number } = {},
): Asymptotics {
  const name = typeof layer.activation === 'string' ? layer.activation : 'custom';
  return longRun(exactMaps(layer), options.q ?? 1, {
    weightVariance: layer.weightVariance,
    biasVariance: layer.biasVariance ?? 0,
    activation: options.activation ?? name,
  });
}

/** {@link asymptotics} from the maps themselves. */
export function longRun(
  maps: LayerMaps,
  q: number,
  layer: Pick<Asymptotics, 'weightVariance' | 'biasVariance' | 'activation'>,
): Asymptotics {
  const point = reachedPoint(maps, q);
  if (point === undefined) return withoutRest(maps, q, layer);
  const chi = maps.gradientFactor(point.value);
  const correlations = correlationRests(maps, point.value);
  const resting = correlations.find(({ stable }) => stable) ?? correlations.at(-1) ?? pointOf(1, chi);
  return {
    ...layer,
    fixedPoint: point.value,
    slope: point.slope,
    chi,
    correlation: resting.value,
    phase: Math.abs(chi - 1) < 1e-4 ? 'critical' : chi < 1 ? 'ordered' : 'chaotic',
    depthScales: {
      variance: depthScale(point.slope),
      correlation: depthScale(resting.slope),
      gradient: depthScale(chi),
    },
  };
}

/** The signal dies or explodes: what it is multiplied by in the end. */
function withoutRest(
  maps: LayerMaps,
  q: number,
  layer: Pick<Asymptotics, 'weightVariance' | 'biasVariance' | 'activation'>,
): Asymptotics {
  const grows = maps.variance(q) > q;
  const limit = grows ? most : least;
  const chi = maps.gradientFactor(limit);
  const factor = maps.variance(limit) / limit;
  return {
    ...layer,
    fixedPoint: grows ? Number.POSITIVE_INFINITY : 0,
    slope: factor,
    chi,
    correlation: 1,
    phase: grows ? 'exploding' : 'vanishing',
    depthScales: {
      variance: depthScale(factor),
      correlation: depthScale(factor === 0 ? 0 : chi / factor),
      gradient: depthScale(chi),
    },
  };
}

/** The fixed point towards which q moves, or at which it is. */
function reachedPoint(maps: LayerMaps, q: number): FixedPoint | undefined {
  const found = varianceRests(maps);
  const here = found.find(({ value }) => Math.abs(Math.log(value / q)) < 1e-3);
  if (here !== undefined) return here;
  return maps.variance(q) > q
    ? found.find(({ value }) => value > q)
    : found.findLast(({ value }) => value < q);
}

function pointOf(value: number, slope: number): FixedPoint {
  return { value, slope, stable: slope < 1 };
}

/** A zero of f between low and high, by regula falsi (Illinois); f at both ends given. */
function root(f: (x: number) => number, low: number, high: number, atLow: number, atHigh: number): number {
  let [a, b, fa, fb] = [low, high, atLow, atHigh];
  let side = 0;
  for (let i = 0; i < 100 && Math.abs(b - a) > 1e-13; i++) {
    const x = (fa * b - fb * a) / (fa - fb);
    const fx = f(x);
    if (Math.abs(fx) < 1e-14) return x;
    if (fx * fb > 0) {
      if (side === -1) fa /= 2;
      [b, fb, side] = [x, fx, -1];
    } else {
      if (side === 1) fb /= 2;
      [a, fa, side] = [x, fx, 1];
    }
  }
  return (fa * b - fb * a) / (fa - fb);
}
