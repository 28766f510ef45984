/** One pass of some rows through a layer: inputs, means, states. */
import { changePanel, sumPanel, sumPanelWeighted } from './fields';
import { Layer, Lists, Scratch } from './layout';
import { pottsRow } from './potts';
import { logisticPanel } from './sampling';

/** Empties the lists of rows [first, last). */
export function clear(lists: Lists, first: i32, last: i32): void {
  for (let row = first; row < last; row++) store<u32>(lists.counts + ((<usize>row) << 2), 0);
}

/**
 * Rows [first, last) from `source` states to the units of `layer`.
 * @param inputs panel table that receives the inputs
 * @param means panel table that receives the means (may be `inputs`), or 0
 * @param states generators of the rows for sampling into `target`, or 0
 */
export function pass(
  layer: Layer,
  source: Lists,
  target: Lists,
  first: i32,
  last: i32,
  rows: i32,
  inputs: usize,
  means: usize,
  states: usize,
  betas: usize,
  scratch: Scratch,
): void {
  if (states !== 0) clear(target, first, last);
  for (let panel: i32 = 0; panel < layer.panels; panel++) {
    if (source.values === 0) sumPanel(layer, panel, source, first, last, rows, inputs);
    else sumPanelWeighted(layer, panel, source, first, last, rows, inputs);
    if (panel < layer.pottsPanel) {
      logisticPanel(layer, panel, first, last, rows, inputs, means, states, target, betas);
    }
  }
  if (layer.states !== 0) pottsRows(layer, target, first, last, rows, inputs, means, states, betas, scratch);
}

/** As {@link pass}, from inputs that are known for a state which differs by `added` and `removed`. */
export function passChange(
  layer: Layer,
  added: Lists,
  removed: Lists,
  target: Lists,
  first: i32,
  last: i32,
  rows: i32,
  from: usize,
  inputs: usize,
  means: usize,
  states: usize,
  betas: usize,
  scratch: Scratch,
): void {
  if (states !== 0) clear(target, first, last);
  for (let panel: i32 = 0; panel < layer.panels; panel++) {
    changePanel(layer, panel, added, removed, first, last, rows, from, inputs);
    if (panel < layer.pottsPanel) {
      logisticPanel(layer, panel, first, last, rows, inputs, means, states, target, betas);
    }
  }
  if (layer.states !== 0) pottsRows(layer, target, first, last, rows, inputs, means, states, betas, scratch);
}

/** States of the Potts units of rows [first, last), whose inputs are all known. */
function pottsRows(
  layer: Layer,
  target: Lists,
  first: i32,
  last: i32,
  rows: i32,
  inputs: usize,
  means: usize,
  states: usize,
  betas: usize,
  scratch: Scratch,
): void {
  for (let row = first; row < last; row++) {
    pottsRow(layer, row, rows, inputs, means, states, target, betas, scratch);
  }
}
