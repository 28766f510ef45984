/** Numbers as they come from files, turned into states of a layer of units. */
import { OutsetError } from '../messages/error.ts';
import type { Stream } from '../random/stream.ts';
import type { GreyConvention } from './rbm-training-spec.ts';
import type { SparseRows, StateRows } from './state-rows.ts';
import { stateWidth, type UnitSpec } from './units/unit-spec.ts';

/** Examples as the data room gives them. */
export interface FeatureRows {
  readonly count: number;
  /** Numbers an example. */
  readonly width: number;
  /** Shape [count, width], row-major. */
  readonly features: Float32Array;
}

/** The same with most numbers zero and left out, as compressed sparse rows. */
export interface SparseFeatureRows {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/**
 * Examples as states of a layer:
 * - `bernoulli`: levels from 0 to 1, by the convention for grey levels. `threshold` and `sampled` give index lists;
 *   `resampled` and `grey` keep the levels beside them for the trainer to use.
 * - `spin`: numbers from -1 to 1 if any is negative (level (x + 1) / 2), else levels from 0 to 1; then as `bernoulli`
 * - `potts`: category numbers from 0, turned one-hot
 * - `gaussian`: the numbers as they are; `relu`, `nrelu`: numbers >= 0
 *
 * @param stream  draws the states of `sampled`, row by row: row r from `stream.child(r)`
 * @throws boltzmann.bad_rows for another number of columns, boltzmann.bad_state for numbers out of range
 */
export function rowsFromFeatures(
  units: UnitSpec,
  grey: GreyConvention,
  examples: FeatureRows,
  stream: Stream,
): StateRows {
  const { count, width, features } = examples;
  checkWidth(width, units);
  switch (units.kind) {
    case 'bernoulli':
    case 'spin': {
      const low = units.kind === 'spin' && features.some((value) => value < 0) ? -1 : 0;
      const level = (at: number) => {
        const value = features[at];
        if (!(value >= low && value <= 1)) throw badState(at, width, `${low} ... 1`, value);
        return low === 0 ? value : (value + 1) / 2;
      };
      const lists = new LevelLists(count, width, grey, stream);
      for (let row = 0, at = 0; row < count; row++) {
        lists.beginRow(row);
        for (let column = 0; column < width; column++, at++) lists.add(column, level(at));
      }
      return lists.finish();
    }
    case 'potts':
      return oneHotRows(count, units.count, units.states, features);
    default: {
      const least = units.kind === 'gaussian' ? Number.NEGATIVE_INFINITY : 0;
      const bad = features.findIndex((value) => !(Number.isFinite(value) && value >= least));
      if (bad >= 0) throw badState(bad, width, least === 0 ? '>= 0' : 'a finite number', features[bad]);
      return { form: 'dense', count, width, data: features };
    }
  }
}

/**
 * Sparse examples as states of Bernoulli or spin units, without ever writing the zeros out.
 * @throws boltzmann.bad_rows, boltzmann.bad_state; boltzmann.bad_units for other kinds
 */
export function rowsFromSparse(
  units: UnitSpec,
  grey: GreyConvention,
  examples: SparseFeatureRows,
  stream: Stream,
): SparseRows {
  if (units.kind !== 'bernoulli' && units.kind !== 'spin') {
    const expected = 'bernoulli | spin (sparse data)';
    throw new OutsetError('boltzmann.bad_units', {
      layer: 'visible',
      field: 'kind',
      expected,
      got: units.kind,
    });
  }
  const { rows, columns, offsets, indices, values } = examples;
  checkWidth(columns, units);
  const lists = new LevelLists(rows, columns, grey, stream);
  for (let row = 0; row < rows; row++) {
    lists.beginRow(row);
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (!(values[at] >= 0 && values[at] <= 1)) {
        throw badState(row * columns + indices[at], columns, '0 ... 1', values[at]);
      }
      lists.add(indices[at], values[at]);
    }
  }
  return lists.finish();
}

/** Builds index lists from levels under a convention. Memory grows with what is kept, not with the width. */
class LevelLists {
  readonly #count: number;
  readonly #width: number;
  readonly #grey: GreyConvention;
  readonly #stream: Stream;
  readonly #offsets: Uint32Array;
  readonly #uniform: Float32Array;
  #indices: Uint16Array | Uint32Array;
  #values: Float32Array;
  #row = 0;
  #length = 0;
  #anyGrey = false;

  constructor(count: number, width: number, grey: GreyConvention, stream: Stream) {
    this.#count = count;
    this.#width = width;
    this.#grey = grey;
    this.#stream = stream;
    this.#offsets = new Uint32Array(count + 1);
    this.#uniform = new Float32Array(grey === 'sampled' ? width : 0);
    this.#indices = width <= 65_536 ? new Uint16Array(1024) : new Uint32Array(1024);
    this.#values = new Float32Array(grey === 'grey' || grey === 'resampled' ? 1024 : 0);
  }

  beginRow(row: number): void {
    this.#offsets[row] = this.#length;
    this.#row = row;
    if (this.#grey === 'sampled') this.#stream.child(row).uniform(this.#uniform);
  }

  add(column: number, level: number): void {
    switch (this.#grey) {
      case 'threshold':
        if (level >= 0.5) this.#push(column);
        break;
      case 'sampled':
        if (this.#uniform[column] < level) this.#push(column);
        break;
      default:
        if (level <= 0) break;
        this.#push(column);
        this.#values[this.#length - 1] = level;
        if (level < 1) this.#anyGrey = true;
    }
  }

  finish(): SparseRows {
    this.#offsets[this.#row + 1] = this.#length;
    return {
      form: 'sparse',
      count: this.#count,
      width: this.#width,
      offsets: this.#offsets,
      indices: this.#indices.slice(0, this.#length),
      ...(this.#anyGrey ? { values: this.#values.slice(0, this.#length) } : {}),
    };
  }

  #push(column: number): void {
    if (this.#length === this.#indices.length) {
      const indices = this.#indices;
      this.#indices =
        this.#width <= 65_536 ? new Uint16Array(2 * indices.length) : new Uint32Array(2 * indices.length);
      this.#indices.set(indices);
      if (this.#values.length > 0) {
        const values = this.#values;
        this.#values = new Float32Array(2 * values.length);
        this.#values.set(values);
      }
    }
    this.#indices[this.#length++] = column;
  }
}

function oneHotRows(count: number, units: number, states: number, features: Float32Array): SparseRows {
  const width = units * states;
  const indices = width <= 65_536 ? new Uint16Array(features.length) : new Uint32Array(features.length);
  for (let at = 0; at < features.length; at++) {
    const state = features[at];
    if (!(Number.isInteger(state) && state >= 0 && state < states)) {
      throw badState(at, units, `0, 1, ... ${states - 1}`, state);
    }
    indices[at] = (at % units) * states + state;
  }
  const offsets = Uint32Array.from({ length: count + 1 }, (_, row) => row * units);
  return { form: 'sparse', count, width, offsets, indices };
}

function checkWidth(width: number, units: UnitSpec): void {
  const expected = units.kind === 'potts' ? units.count : stateWidth(units);
  if (width === expected) return;
  throw new OutsetError('boltzmann.bad_rows', {
    layer: 'visible',
    part: 'columns',
    expected: String(expected),
    got: String(width),
  });
}

function badState(at: number, width: number, expected: string, got: number): OutsetError {
  const [row, column] = [Math.floor(at / width), at % width];
  return new OutsetError('boltzmann.bad_state', {
    layer: 'visible',
    row,
    column,
    expected,
    got: String(got),
  });
}
