/** One half-step through the weights, from the states of one layer to the inputs of the other. */
import type { RealArray } from '../random/stream.ts';
import type { BoundRbm } from './bound-rbm.ts';
import type { StateRows } from './state-rows.ts';
import type { Units } from './units/units.ts';

export interface Direction {
  /** The layer whose states are given. */
  readonly given: Units;
  /** The layer whose inputs are asked for. */
  readonly asked: Units;
  /** Shape [given.width, asked.width]. */
  readonly weights: RealArray;
}

/** From visible states to the inputs of the hidden units. */
export function upward({ visible, hidden, weights }: BoundRbm): Direction {
  return { given: visible, asked: hidden, weights };
}

/** From hidden states to the inputs of the visible units. */
export function downward({ visible, hidden, weights }: BoundRbm): Direction {
  return { given: hidden, asked: visible, weights: transposed(weights, visible.width, hidden.width) };
}

/** The matrix with rows and columns exchanged. */
export function transposed(matrix: RealArray, rows: number, columns: number): RealArray {
  const result = matrix instanceof Float32Array ? matrix.slice() : new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j];
  }
  return result;
}

/** Rows whose inputs are computed together. */
const blockRows = 32;

/** Calls `visit` with the inputs of the asked layer for every row; the row's begin at `start`. */
export function forEachInput(
  direction: Direction,
  rows: StateRows,
  visit: (inputs: Float64Array, start: number, index: number) => void,
): void {
  const width = direction.asked.width;
  const base = inputsOfOff(direction, rows);
  const inputs = new Float64Array(blockRows * width);
  for (let first = 0; first < rows.count; first += blockRows) {
    const count = Math.min(blockRows, rows.count - first);
    for (let r = 0; r < count; r++) {
      inputs.set(base, r * width);
      addInputs(direction, rows, first + r, inputs, r * width);
    }
    for (let r = 0; r < count; r++) visit(inputs, r * width, first + r);
  }
}

/** Inputs of a row of index lists before its listed columns are added: all columns at their lower value. */
function inputsOfOff({ given, asked, weights }: Direction, rows: StateRows): Float64Array {
  const base = new Float64Array(asked.width);
  if (rows.form === 'dense' || given.off === 0) return base;
  for (let i = 0; i < given.width; i++) addScaled(weights, i * asked.width, given.off!, base, 0, asked.width);
  return base;
}

function addInputs(
  direction: Direction,
  rows: StateRows,
  index: number,
  into: Float64Array,
  at: number,
): void {
  const { given, asked, weights } = direction;
  const width = asked.width;
  if (rows.form === 'dense') {
    for (let i = 0, from = index * rows.width; i < rows.width; i++) {
      if (rows.data[from + i] !== 0) addScaled(weights, i * width, rows.data[from + i], into, at, width);
    }
    return;
  }
  const { indices, values } = rows;
  const span = 1 - given.off!;
  const end = rows.offsets[index + 1];
  let k = rows.offsets[index];
  if (values === undefined && span === 1) {
    // Four rows a pass: the sums are loaded and stored a quarter as often.
    for (; k + 3 < end; k += 4) {
      const [a, b, c, d] = [
        indices[k] * width,
        indices[k + 1] * width,
        indices[k + 2] * width,
        indices[k + 3] * width,
      ];
      for (let j = 0; j < width; j++) {
        into[at + j] += weights[a + j] + weights[b + j] + (weights[c + j] + weights[d + j]);
      }
    }
  }
  for (; k < end; k++) {
    addScaled(weights, indices[k] * width, values === undefined ? span : values[k] * span, into, at, width);
  }
}

function addScaled(
  weights: RealArray,
  from: number,
  scale: number,
  into: Float64Array,
  at: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) into[at + j] += scale * weights[from + j];
}
