import type { Stream } from '../random/stream.ts';
import { rowNoise } from './conditionals.ts';
import { denseRows, forEachRow, sparseRows } from './convert-rows.ts';
import type { GreyConvention } from './rbm-training-spec.ts';
import type { StateRows } from './state-rows.ts';
import { neutralUnits } from './units/bind-units.ts';
import type { UnitSpec } from './units/unit-spec.ts';
import type { Units } from './units/units.ts';

/**
 * Rows as a trainer keeps them: thresholded or sampled once where the convention says so. With `resampled` and `grey`
 * the levels stay (see {@link drawLevels} for the former). Real units have no grey levels: their rows stay as they are.
 * @param stream  row r is drawn with the noise of `stream.child(r)`
 */
export function settleLevels(
  spec: UnitSpec,
  rows: StateRows,
  convention: GreyConvention,
  stream: Stream,
): StateRows {
  const units = neutralUnits(spec);
  if (units.off === null || convention === 'grey' || convention === 'resampled') return rows;
  // Index lists without levels are states already.
  if (rows.form === 'sparse' && rows.values === undefined) return rows;
  if (convention === 'sampled') return drawLevels(spec, rows, stream);
  return mapRows(units, rows, (row, into) => threshold(units, row, into));
}

/** A state for every row, with its levels as means. */
export function drawLevels(spec: UnitSpec, rows: StateRows, stream: Stream): StateRows {
  const units = neutralUnits(spec);
  const noise = rowNoise(units, stream);
  return mapRows(units, rows, (row, into, index) => drawRow(units, row, noise(index), into));
}

/** A state with the levels of `row` as means; `noise` is uniform. */
export function drawRow(units: Units, row: Float64Array, noise: Float64Array, into: Float64Array): void {
  const { spec, off } = units;
  if (spec.kind !== 'potts') {
    for (let i = 0; i < row.length; i++) into[i] = off! + noise[i] * (1 - off!) < row[i] ? 1 : off!;
    return;
  }
  for (let unit = 0; unit < spec.count; unit++) {
    const first = unit * spec.states;
    let rest = noise[unit];
    let state = 0;
    while (state < spec.states - 1 && rest >= row[first + state]) rest -= row[first + state++];
    units.putState(unit, state, into);
  }
}

/** On where the level is at least half-way; a Potts unit takes its likeliest state. */
function threshold(units: Units, row: Float64Array, into: Float64Array): void {
  const { spec, off } = units;
  if (spec.kind !== 'potts') {
    for (let i = 0; i < row.length; i++) into[i] = row[i] >= (1 + off!) / 2 ? 1 : off!;
    return;
  }
  for (let unit = 0; unit < spec.count; unit++) {
    const levels = row.subarray(unit * spec.states, (unit + 1) * spec.states);
    units.putState(unit, levels.indexOf(Math.max(...levels)), into);
  }
}

function mapRows(
  units: Units,
  rows: StateRows,
  map: (row: Float64Array, into: Float64Array, index: number) => void,
): StateRows {
  const { count, width } = rows;
  const data = new Float32Array(count * width);
  const into = new Float64Array(width);
  forEachRow(units, rows, (row, index) => {
    map(row, into, index);
    data.set(into, index * width);
  });
  const dense = { form: 'dense', count, width, data } as const;
  return rows.form === 'sparse' ? sparseRows(units.spec, dense) : denseRows(units.spec, dense);
}
