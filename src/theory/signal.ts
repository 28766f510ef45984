/**
 * What is known of a value on its way through a network: second moments, and how sure they are.
 *
 * Moments are kept for every place of an image (row by row), because borders lose signal and pictures are dark at the
 * edge; a list of one number stands for all places alike. "Units" are the numbers at one place: channels, or the
 * features of a dense layer.
 */
import { type Dims, elementCount } from '../tensor/tensor.ts';

export interface Signal {
  /** Independent numbers at one place. */
  readonly units: number;
  /** Places of an image or a sequence; 1 for a vector. */
  readonly places: number;
  /** Mean square over units, examples and draws of the weights; one number, or one for every place. */
  readonly square: Float64Array;
  /** Mean product of the same unit in two different examples. */
  readonly product: Float64Array;
  /** Mean product of the same unit at two different places of one example. */
  readonly spatial: Float64Array;
  /** Mean over everything. */
  readonly mean: number;
  /** Variance over draws of the logarithm of the mean square. */
  readonly logVariance: number;
  /**
   * Factor by which a relative deviation that arose on the way has grown since; at least 1. At every function the steepest
   * slope within one standard deviation of the mean square.
   */
  readonly growth: number;
}

/** Gradient of a loss with respect to a value. */
export interface Gradient {
  /** Mean square; one number, or one for every place. */
  readonly square: Float64Array;
  /** Variance of its logarithm over draws, but for what comes through the forward signal in front of this value. */
  readonly logVariance: number;
  /** d ln(mean square of the gradient) / d ln(mean square of the forward value). */
  readonly sensitivity: number;
}

/** Number of units and places of a value of this shape: [batch, units] or [batch, channels, ...places], [batch, steps, units]. */
export function unitsAndPlaces(dims: Dims): { units: number; places: number } {
  if (dims.length <= 1) return { units: 1, places: 1 };
  if (dims.length === 2) return { units: dims[1], places: 1 };
  if (dims.length === 3) return { units: dims[2], places: dims[1] };
  return { units: dims[1], places: elementCount(dims.slice(2)) };
}

/** The same list for every place. */
export function spread(list: Float64Array, places: number): Float64Array {
  return list.length === places ? list : new Float64Array(places).fill(average(list));
}

/** One number for all places. */
export function collapse(list: Float64Array): Float64Array {
  return list.length === 1 ? list : Float64Array.of(average(list));
}

export function average(list: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < list.length; i++) sum += list[i];
  return sum / list.length;
}

/** Combines lists, place by place; a list of one number counts for every place. */
export function zip(
  lists: readonly Float64Array[],
  combine: (numbers: readonly number[]) => number,
): Float64Array {
  const places = Math.max(...lists.map((list) => list.length));
  const even = lists.every((list) => list.length === places || list.length === 1)
    ? lists
    : lists.map(collapse);
  const length = even === lists ? places : 1;
  const numbers = new Array<number>(lists.length);
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    for (let k = 0; k < even.length; k++) numbers[k] = even[k][even[k].length === 1 ? 0 : i];
    result[i] = combine(numbers);
  }
  return result;
}

export function scaled(list: Float64Array, factor: number): Float64Array {
  return list.map((number) => number * factor);
}

/** The signal with moments a² times as large, mean a times. */
export function scaledSignal(signal: Signal, factor: number, square = factor * factor): Signal {
  return {
    ...signal,
    square: scaled(signal.square, square),
    product: scaled(signal.product, square),
    spatial: scaled(signal.spatial, square),
    mean: signal.mean * factor,
  };
}

/** Same moments in another shape. */
export function reshaped(signal: Signal, dims: Dims): Signal {
  const { units, places } = unitsAndPlaces(dims);
  const keeps = signal.square.length === 1 || (signal.square.length === places && signal.units === units);
  const kept = keeps ? signal : collapsed(signal);
  return { ...kept, units, places, spatial: places === 1 ? collapse(kept.square) : kept.spatial };
}

function collapsed(signal: Signal): Signal {
  return {
    ...signal,
    square: collapse(signal.square),
    product: collapse(signal.product),
    spatial: collapse(signal.spatial),
  };
}

/** Cosine between two examples. */
export function correlationOf(signal: Signal): number {
  const square = average(signal.square);
  return square > 0 ? clipped(average(signal.product) / square) : 1;
}

/** Cosine between two places of one example. */
export function spatialCorrelationOf(signal: Signal): number {
  const square = average(signal.square);
  return signal.places > 1 && square > 0 ? clipped(average(signal.spatial) / square) : 1;
}

export function clipped(correlation: number): number {
  return Math.min(1, Math.max(-1, correlation));
}
