import { OutsetError } from '../../messages/error.ts';
import { checkRows } from '../check-rows.ts';
import { forEachRow } from '../convert-rows.ts';
import type { StateRows } from '../state-rows.ts';
import { neutralUnits } from '../units/bind-units.ts';
import type { UnitSpec } from '../units/unit-spec.ts';

/** How samples of a model differ from data in their first two moments. Plain JSON. */
export interface MomentComparison {
  readonly samples: number;
  readonly examples: number;
  readonly means: {
    /** Largest difference of a column's mean. */
    readonly largest: number;
    /** Root mean square over the columns. */
    readonly rms: number;
    /** What `rms` would be for samples of the data's own law, because both counts are finite. */
    readonly expected: number;
  };
  /** Of pairs of different columns; null for more than 2048 columns, or fewer than 2. */
  readonly covariances: {
    /** Root of Σ (C_samples - C_data)² / Σ C_data². */
    readonly relativeError: number;
    /** Correlation of the pairs' covariances: 1 where samples have the structure of the data. */
    readonly correlation: number;
    /** Slope of C_samples on C_data: below 1 where the samples' structure is too weak. */
    readonly slope: number;
  } | null;
  /** Sum of a row (units on, for Bernoulli units): mean and standard deviation. */
  readonly activity: {
    readonly samples: { readonly mean: number; readonly deviation: number };
    readonly examples: { readonly mean: number; readonly deviation: number };
    /** Edges of the bins, and the share of the rows in each. */
    readonly edges: readonly number[];
    readonly sampleShares: readonly number[];
    readonly exampleShares: readonly number[];
  };
}

const mostColumns = 2048;
const bins = 20;

/**
 * Compares samples of the visible layer with data. Independent chains or well separated states are expected; the means
 * alone say little (a model without weights has them right), the covariances say more.
 *
 * @throws boltzmann.no_rows, boltzmann.bad_rows, boltzmann.bad_state
 */
export function compareMoments(units: UnitSpec, samples: StateRows, examples: StateRows): MomentComparison {
  for (const rows of [samples, examples]) {
    checkRows(units, rows, 'visible');
    if (rows.count === 0) throw new OutsetError('boltzmann.no_rows', {});
  }
  const drawn = momentsOf(units, samples);
  const given = momentsOf(units, examples);
  let [largest, squares, expected] = [0, 0, 0];
  const { width } = samples;
  for (let i = 0; i < width; i++) {
    const difference = Math.abs(drawn.mean[i] - given.mean[i]);
    largest = Math.max(largest, difference);
    squares += difference ** 2;
    expected += given.variance[i] * (1 / samples.count + 1 / examples.count);
  }
  return {
    samples: samples.count,
    examples: examples.count,
    means: { largest, rms: Math.sqrt(squares / width), expected: Math.sqrt(expected / width) },
    covariances: width < 2 || width > mostColumns ? null : compareCovariances(drawn, given, width),
    activity: compareActivity(drawn.sums, given.sums),
  };
}

interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Shape [width, width], upper triangle; empty where there are too many columns. */
  readonly products: Float64Array;
  /** Sum of each row. */
  readonly sums: Float64Array;
}

function momentsOf(spec: UnitSpec, rows: StateRows): Moments {
  const { width, count } = rows;
  const pairs = width <= mostColumns ? width * width : 0;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  const products = new Float64Array(pairs);
  const sums = new Float64Array(count);
  const listed = new Uint32Array(width);
  // Products of non-zero columns only: few of an image's pixels are on.
  forEachRow(neutralUnits(spec), rows, (row, index) => {
    let length = 0;
    for (let i = 0; i < width; i++) {
      if (row[i] === 0) continue;
      listed[length++] = i;
      mean[i] += row[i] / count;
      variance[i] += (row[i] * row[i]) / count;
      sums[index] += row[i];
    }
    for (let a = 0; pairs > 0 && a < length; a++) {
      const scaled = row[listed[a]] / count;
      const at = listed[a] * width;
      for (let b = a + 1; b < length; b++) products[at + listed[b]] += scaled * row[listed[b]];
    }
  });
  for (let i = 0; i < width; i++) variance[i] = Math.max(0, variance[i] - mean[i] ** 2);
  return { mean, variance, products, sums };
}

function compareCovariances(drawn: Moments, given: Moments, width: number): MomentComparison['covariances'] {
  let [n, x, y, xx, yy, xy, errors] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < width; i++) {
    for (let j = i + 1; j < width; j++) {
      const data = given.products[i * width + j] - given.mean[i] * given.mean[j];
      const model = drawn.products[i * width + j] - drawn.mean[i] * drawn.mean[j];
      n += 1;
      x += data;
      y += model;
      xx += data * data;
      yy += model * model;
      xy += data * model;
      errors += (model - data) ** 2;
    }
  }
  const [vx, vy, cov] = [xx - (x * x) / n, yy - (y * y) / n, xy - (x * y) / n];
  return {
    relativeError: xx > 0 ? Math.sqrt(errors / xx) : errors > 0 ? 1 : 0,
    correlation: vx > 0 && vy > 0 ? cov / Math.sqrt(vx * vy) : 0,
    slope: vx > 0 ? cov / vx : 0,
  };
}

function compareActivity(drawn: Float64Array, given: Float64Array): MomentComparison['activity'] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sums of [drawn, given]) {
    for (const sum of sums) {
      low = Math.min(low, sum);
      high = Math.max(high, sum);
    }
  }
  const span = high > low ? high - low : 1;
  const shares = (sums: Float64Array) => {
    const result = new Array<number>(bins).fill(0);
    for (const sum of sums) {
      result[Math.min(bins - 1, Math.floor(((sum - low) / span) * bins))] += 1 / sums.length;
    }
    return result;
  };
  const spread = (sums: Float64Array) => {
    const mean = sums.reduce((total, one) => total + one, 0) / sums.length;
    const squares = sums.reduce((total, one) => total + (one - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(squares / sums.length) };
  };
  return {
    samples: spread(drawn),
    examples: spread(given),
    edges: Array.from({ length: bins + 1 }, (_, i) => low + (span * i) / bins),
    sampleShares: shares(drawn),
    exampleShares: shares(given),
  };
}
