import { OutsetError } from '../messages/error.ts';
import { elementCount, type Tensor } from '../tensor/tensor.ts';
import { type Signal, unitsAndPlaces } from './signal.ts';

/** What theory needs to know of a batch of inputs. */
export interface InputSignal {
  /** Mean square; one number, or one for every place of an image, row by row. */
  readonly square: number | Float64Array;
  /** Mean product of the same feature in two different examples; as `square`. */
  readonly product: number | Float64Array;
  /** Mean product of the same channel at two different places of one image; default: `square` times the mean correlation. */
  readonly spatial?: number;
  /** Mean of all numbers. */
  readonly mean: number;
}

/**
 * Moments of a batch [batch, ...features]; for images, [batch, channels, height, width], place by place.
 * @throws theory.input for an empty batch or numbers that are not finite
 */
export function inputSignal(batch: Tensor<'float32'>): InputSignal {
  const { dims, data } = batch;
  const examples = dims[0] ?? 0;
  if (data.length === 0 || examples === 0) {
    throw new OutsetError('theory.input', {
      input: 'batch',
      expected: 'of at least one example',
      got: `[${dims.join(', ')}]`,
    });
  }
  const { units } = unitsAndPlaces(dims);
  const places = dims.length >= 4 ? elementCount(dims.slice(2)) : 1;
  const features = data.length / examples;
  const perPlace = features / places;
  const square = new Float64Array(places);
  const sums = new Float64Array(features);
  let mean = 0;
  let spatial = 0;
  for (let i = 0; i < examples; i++) {
    for (let k = 0, at = i * features; k < features; k++, at++) {
      const x = data[at];
      square[k % places] += x * x;
      sums[k] += x;
      mean += x;
    }
    if (places > 1) spatial += squaredChannelSums(data, i * features, units, places);
  }
  const product = new Float64Array(places);
  for (let k = 0; k < features; k++) product[k % places] += sums[k] ** 2;
  const squares = square.reduce((a, b) => a + b, 0);
  for (let p = 0; p < places; p++) {
    // (sum x)² - sum x²: the products of different examples.
    product[p] = examples > 1 ? (product[p] - square[p]) / (examples * (examples - 1) * perPlace) : 0;
    square[p] /= examples * perPlace;
    if (examples === 1) product[p] = square[p];
  }
  if (!Number.isFinite(squares)) {
    throw new OutsetError('theory.input', { input: 'batch', expected: 'finite', got: String(squares) });
  }
  return {
    square,
    product,
    ...(places > 1 ? { spatial: (spatial - squares) / (examples * units * places * (places - 1)) } : {}),
    mean: mean / data.length,
  };
}

/** Sum over channels of (sum over places)². */
function squaredChannelSums(data: Float32Array, start: number, channels: number, places: number): number {
  let total = 0;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let p = 0; p < places; p++) sum += data[start + c * places + p];
    total += sum * sum;
  }
  return total;
}

/** The signal at an input of these dims. */
export function signalOfInput(name: string, dims: readonly number[], input: InputSignal): Signal {
  const { units, places } = unitsAndPlaces(dims);
  const list = (value: number | Float64Array): Float64Array => {
    const numbers = typeof value === 'number' ? Float64Array.of(value) : value;
    if (
      (numbers.length !== 1 && numbers.length !== places) ||
      numbers.some((number) => !Number.isFinite(number))
    ) {
      throw new OutsetError('theory.input', {
        input: name,
        expected: `1 or ${places} finite numbers`,
        got: `${numbers.length} (${Array.from(numbers.slice(0, 3)).join(', ')})`,
      });
    }
    return numbers;
  };
  const square = list(input.square);
  const spatial = list(input.spatial ?? input.product);
  return {
    units,
    places,
    square,
    product: list(input.product),
    spatial: places === 1 ? square : spatial,
    mean: list(input.mean)[0],
    logVariance: 0,
    growth: 1,
  };
}
