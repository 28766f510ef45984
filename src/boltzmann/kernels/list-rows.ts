/** Index lists of many rows in kernel memory. */

import { sparseRows } from '../convert-rows.ts';
import type { StateRows } from '../state-rows.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { type BitLayer, insideColumn, outsideColumn } from './bit-layer.ts';
import type { KernelMemory } from './kernel-memory.ts';
import * as structures from './structures.ts';

export interface ListRows {
  /** Address of the structure. */
  readonly address: number;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
  /** Addresses of the values of each row; absent where every value is 1. */
  readonly values?: Uint32Array;
}

/** Copies rows into kernel memory. Levels of 1 everywhere are dropped. */
export function storeRows(memory: KernelMemory, layer: BitLayer, units: UnitSpec, rows: StateRows): ListRows {
  const { count, offsets, indices, values } = sparseRows(units, rows);
  const length = offsets[count];
  const inside = memory.u16(length);
  for (let at = 0; at < length; at++) inside[at] = insideColumn(layer, indices[at]);
  const grey = values?.subarray(0, length).some((value) => value !== 1) ? values : undefined;
  const levels = grey === undefined ? undefined : memory.f32(length);
  levels?.set(grey!.subarray(0, length));
  const starts = memory.u32(count);
  const counts = memory.u32(count);
  const addresses = levels === undefined ? undefined : memory.u32(count);
  for (let row = 0; row < count; row++) {
    starts[row] = inside.byteOffset + 2 * offsets[row];
    counts[row] = offsets[row + 1] - offsets[row];
    if (addresses !== undefined) addresses[row] = levels!.byteOffset + 4 * offsets[row];
  }
  const { address } = memory.structure(structures.lists, {
    starts: starts.byteOffset,
    counts: counts.byteOffset,
    values: addresses?.byteOffset ?? 0,
  });
  return { address, count, starts, counts, ...(addresses && { values: addresses }) };
}

/** Empty lists with room for any state of the layer. */
export function roomForRows(memory: KernelMemory, layer: BitLayer, count: number): ListRows {
  // The sampler writes eight indices at a time, so a list may run over its end by that much.
  const capacity = layer.padded + 16;
  const inside = memory.u16(count * capacity);
  const starts = memory.u32(count);
  const counts = memory.u32(count);
  for (let row = 0; row < count; row++) starts[row] = inside.byteOffset + 2 * row * capacity;
  const { address } = memory.structure(structures.lists, {
    starts: starts.byteOffset,
    counts: counts.byteOffset,
  });
  return { address, count, starts, counts };
}

/** Lists whose addresses are filled in later. */
export function emptyRows(memory: KernelMemory, count: number, values: boolean): ListRows {
  const starts = memory.u32(count);
  const counts = memory.u32(count);
  const addresses = values ? memory.u32(count) : undefined;
  const { address } = memory.structure(structures.lists, {
    starts: starts.byteOffset,
    counts: counts.byteOffset,
    values: addresses?.byteOffset ?? 0,
  });
  return { address, count, starts, counts, ...(addresses && { values: addresses }) };
}

/** The states of some lists as ordinary rows. */
export function readRows(
  memory: KernelMemory,
  layer: BitLayer,
  lists: ListRows,
  count = lists.count,
): StateRows {
  const offsets = new Uint32Array(count + 1);
  for (let row = 0; row < count; row++) offsets[row + 1] = offsets[row] + lists.counts[row];
  const indices = new Uint16Array(offsets[count]);
  for (let row = 0; row < count; row++) {
    const inside = new Uint16Array(memory.memory.buffer, lists.starts[row], lists.counts[row]);
    for (let k = 0; k < inside.length; k++) indices[offsets[row] + k] = outsideColumn(layer, inside[k]);
  }
  return { form: 'sparse', count, width: layer.width, offsets, indices };
}

/** Puts states into lists with room (see {@link roomForRows}). */
export function writeRows(
  memory: KernelMemory,
  layer: BitLayer,
  units: UnitSpec,
  rows: StateRows,
  lists: ListRows,
): void {
  const { count, offsets, indices } = sparseRows(units, rows);
  for (let row = 0; row < count; row++) {
    const length = offsets[row + 1] - offsets[row];
    const inside = new Uint16Array(memory.memory.buffer, lists.starts[row], length);
    for (let k = 0; k < length; k++) inside[k] = insideColumn(layer, indices[offsets[row] + k]);
    lists.counts[row] = length;
  }
}
