/** Rescaling features with what the training part says; the test part never has a say. */

import { type Dataset, exampleSize, makeDataset, type Split } from './dataset.ts';

/**
 * - `none`: as read (the default).
 * - `standardize`: each feature minus its mean over the training part, divided by its standard deviation there
 *   (divisor n); a feature that never changes becomes 0.
 * - `unit`: each feature moved and scaled so that the training part spans 0 to 1; a feature that never changes
 *   becomes 0.
 */
export type Preprocessing = 'none' | 'standardize' | 'unit';

export const preprocessings: readonly Preprocessing[] = ['none', 'standardize', 'unit'];

/** A dataset with rescaled features; the arrays of the given one stay as they are. */
export function preprocess(dataset: Dataset, how: Preprocessing): Dataset {
  if (how === 'none') return dataset;
  const size = exampleSize(dataset.exampleDims);
  const { shift, scale } =
    how === 'standardize' ? meanAndStd(dataset.train, size) : rangeOf(dataset.train, size);
  const apply = (part: Split): Split => {
    const features = new Float32Array(part.features.length);
    for (let start = 0; start < features.length; start += size) {
      for (let i = 0; i < size; i++) features[start + i] = (part.features[start + i] - shift[i]) * scale[i];
    }
    return { ...part, features };
  };
  return makeDataset({ ...dataset, train: apply(dataset.train), test: apply(dataset.test) });
}

/** What standardizing subtracts from each feature and divides it by; kept with models that learn from the result. */
export interface Standardization {
  readonly mean: Float32Array;
  /** 1 for a feature that never changes. */
  readonly std: Float32Array;
}

/** Mean and standard deviation (divisor n) of each feature over the training part. */
export function standardizationOf(dataset: Dataset): Standardization {
  const { shift, scale } = meanAndStd(dataset.train, exampleSize(dataset.exampleDims));
  return {
    mean: Float32Array.from(shift),
    std: Float32Array.from(scale, (factor) => (factor === 0 ? 1 : 1 / factor)),
  };
}

/** Features minus `mean`, divided by `std`. */
export function standardize(features: Float32Array, { mean, std }: Standardization): Float32Array {
  const size = mean.length;
  return features.map((value, at) => (value - mean[at % size]) / std[at % size]);
}

/** The inverse of {@link standardize}. */
export function unstandardize(features: Float32Array, { mean, std }: Standardization): Float32Array {
  const size = mean.length;
  return features.map((value, at) => value * std[at % size] + mean[at % size]);
}

interface Rescaling {
  readonly shift: Float64Array;
  readonly scale: Float64Array;
}

function meanAndStd({ count, features }: Split, size: number): Rescaling {
  const mean = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let start = 0; start < features.length; start += size) {
    for (let i = 0; i < size; i++) mean[i] += features[start + i];
  }
  for (let i = 0; i < size; i++) mean[i] /= count;
  for (let start = 0; start < features.length; start += size) {
    for (let i = 0; i < size; i++) squares[i] += (features[start + i] - mean[i]) ** 2;
  }
  // Equal values leave a rest of rounding instead of 0: below the resolution of float32 it is not a spread.
  const scale = squares.map((sum, i) => {
    const std = Math.sqrt(sum / count);
    return std <= Math.abs(mean[i]) * 2 ** -40 ? 0 : 1 / std;
  });
  return { shift: mean, scale };
}

function rangeOf({ features }: Split, size: number): Rescaling {
  const low = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (let start = 0; start < features.length; start += size) {
    for (let i = 0; i < size; i++) {
      const value = features[start + i];
      if (value < low[i]) low[i] = value;
      if (value > high[i]) high[i] = value;
    }
  }
  return { shift: low, scale: high.map((top, i) => (top > low[i] ? 1 / (top - low[i]) : 0)) };
}
