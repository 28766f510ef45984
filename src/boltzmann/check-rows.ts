import { OutsetError } from '../messages/error.ts';
import type { LayerName } from './check-units.ts';
import { forEachRow } from './convert-rows.ts';
import type { StateRows } from './state-rows.ts';
import { neutralUnits } from './units/bind-units.ts';
import { stateWidth, type UnitSpec } from './units/unit-spec.ts';

/**
 * Checks that rows are states of these units: the width, the layout of the lists, finite values in the unit's range.
 * Grey levels between two states pass; who needs proper states asks {@link isPure}.
 *
 * @throws boltzmann.bad_rows, boltzmann.bad_state
 */
export function checkRows(spec: UnitSpec, rows: StateRows, layer: LayerName): void {
  const width = stateWidth(spec);
  const units = neutralUnits(spec);
  if (rows.width !== width) refuse(layer, 'columns', String(width), String(rows.width));
  if (!(Number.isInteger(rows.count) && rows.count >= 0)) {
    refuse(layer, 'count', 'a whole number >= 0', String(rows.count));
  }
  if (rows.form === 'dense') {
    const expected = rows.count * width;
    if (rows.data.length !== expected) refuse(layer, 'data', `${expected} numbers`, String(rows.data.length));
  } else {
    if (units.off === null) refuse(layer, 'form', 'dense', 'sparse');
    checkLists(rows, layer);
  }
  forEachRow(units, rows, (row, index) => {
    const column = units.firstBad(row, 0);
    if (column < 0) return;
    const got = String(row[column]);
    throw new OutsetError('boltzmann.bad_state', { layer, row: index, column, expected: units.range, got });
  });
}

function checkLists(rows: StateRows & { form: 'sparse' }, layer: LayerName): void {
  const { count, width, offsets, indices, values } = rows;
  if (offsets.length !== count + 1 || offsets[0] !== 0) {
    refuse(layer, 'offsets', `${count + 1} numbers from 0`, `${offsets.length} numbers from ${offsets[0]}`);
  }
  if (offsets[count] > indices.length) {
    refuse(layer, 'offsets', `at most ${indices.length}`, String(offsets[count]));
  }
  if (values !== undefined && values.length < offsets[count]) {
    refuse(layer, 'values', `${offsets[count]} numbers`, String(values.length));
  }
  for (let row = 0; row < count; row++) {
    if (offsets[row + 1] < offsets[row]) {
      refuse(layer, `offsets[${row + 1}]`, `>= ${offsets[row]}`, String(offsets[row + 1]));
    }
    for (let at = offsets[row], last = -1; at < offsets[row + 1]; at++) {
      if (!(indices[at] > last && indices[at] < width)) {
        refuse(layer, `indices[${at}]`, `${last + 1} ... ${width - 1}`, String(indices[at]));
      }
      last = indices[at];
    }
  }
}

function refuse(layer: LayerName, part: string, expected: string, got: string): never {
  throw new OutsetError('boltzmann.bad_rows', { layer, part, expected, got });
}
