import { columnMoments } from '../../boltzmann/create-rbm.ts';
import type { GreyConvention } from '../../boltzmann/rbm-training-spec.ts';
import { rowsFromFeatures, rowsFromSparse } from '../../boltzmann/rows-from-features.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import type { UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { exampleSize } from '../../data/dataset.ts';
import { type Standardization, standardizationOf, standardize } from '../../data/standardize.ts';
import type { Stream } from '../../random/stream.ts';
import type { RunData } from './run-data.ts';

/** Data as states of the visible units. */
export interface StateData {
  readonly train: StateRows;
  readonly test: StateRows;
  /** What was done to real numbers. */
  readonly standardization?: Standardization;
}

export interface StateDataOptions {
  readonly units: UnitSpec;
  readonly grey: GreyConvention;
  readonly standardize: boolean;
  /** What a stored model was trained with: used instead of what the data would give. */
  readonly standardization?: Standardization;
  /** Draws the states of the convention `sampled`. */
  readonly stream: Stream;
}

/**
 * Turns both parts into states.
 * @throws boltzmann.bad_state with row and column of a value that the units do not take
 */
export function stateData(data: RunData, options: StateDataOptions): StateData {
  const { units, grey } = options;
  const stream = options.stream.child('grey');
  if (data.form === 'sparse') {
    const part = (name: 'train' | 'test') =>
      rowsFromSparse(units, grey, data.dataset[name].matrix, stream.child(name));
    return { train: part('train'), test: part('test') };
  }
  const { dataset } = data;
  const standardization =
    options.standardization ?? (options.standardize ? standardizationOf(dataset) : undefined);
  const width = exampleSize(dataset.exampleDims);
  const part = (name: 'train' | 'test') => {
    const { count, features } = dataset[name];
    const numbers = standardization === undefined ? features : standardize(features, standardization);
    return rowsFromFeatures(units, grey, { count, width, features: numbers }, stream.child(name));
  };
  const rows = { train: part('train'), test: part('test') };
  return standardization === undefined ? rows : { ...rows, standardization };
}

/** Columns that never change in the training data. */
export function constantColumns(units: UnitSpec, rows: StateRows): number {
  const { variance } = columnMoments(units, rows);
  return variance.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
}
