/** Passes without learning: free energies, hidden means and states, Gibbs sampling. */
import { softplus } from './annealing';
import { sumPanel, sumPanelWeighted } from './fields';
import { Layer, Lists, Scratch, shareStart } from './layout';
import { pottsStride } from './potts';
import { pass } from './pass';
import { seedRows } from './random';

@unmanaged
export class Evaluation {
  up: Layer;
  down: Layer;
  rows: i32;
  /** Visible states (or grey levels) that are given. */
  visible: Lists;
  hidden: Lists;
  /** Visible states that are drawn. */
  model: Lists;
  /** Panel tables with room for the wider layer. */
  hiddenTable: usize;
  visibleTable: usize;
  generators: usize;
  key0: i32;
  key1: i32;
  step: i32;
  scratches: usize;
  threads: i32;
  /** 0 free energy, 1 hidden means and states, 2 Gibbs steps from the hidden states. */
  mode: i32;
  steps: i32;
  /** f64 [rows]: free energies. */
  out: usize;
}

export function evaluate(e: Evaluation, thread: i32): void {
  const first = shareStart(e.rows, thread, e.threads);
  const last = shareStart(e.rows, thread + 1, e.threads);
  const scratch = changetype<Scratch>(<usize>load<u32>(e.scratches + (<usize>thread << 2)));
  seedRows(e.key0, e.key1, e.step, first, last, e.generators);
  if (e.mode === 0) {
      inputsOnly(e, first, last);
    for (let row = first; row < last; row++) {
      store<f64>(e.out + (<usize>row << 3), -visibleTerm(e, row) - independentTerm(e, row) - pottsTerm(e, row));
    }
    return;
  }
  if (e.mode === 1) {
    pass(e.up, e.visible, e.hidden, first, last, e.rows, e.hiddenTable, e.hiddenTable, e.generators, 0, scratch);
    return;
  }
  for (let k: i32 = 0; k < e.steps; k++) {
    if (k > 0) seedRows(e.key0, e.key1, e.step + k, first, last, e.generators);
    pass(e.down, e.hidden, e.model, first, last, e.rows, e.visibleTable, e.visibleTable, e.generators, 0, scratch);
    pass(e.up, e.model, e.hidden, first, last, e.rows, e.hiddenTable, e.hiddenTable, e.generators, 0, scratch);
  }
}

function inputsOnly(e: Evaluation, first: i32, last: i32): void {
  for (let panel: i32 = 0; panel < e.up.panels; panel++) {
    if (e.visible.values === 0) sumPanel(e.up, panel, e.visible, first, last, e.rows, e.hiddenTable);
    else sumPanelWeighted(e.up, panel, e.visible, first, last, e.rows, e.hiddenTable);
  }
}

@inline
function entry(table: usize, rows: i32, row: i32, column: i32): usize {
  return table + (<usize>((column >> 4) * rows + row) << 6) + (<usize>(column & 15) << 2);
}

function visibleTerm(e: Evaluation, row: i32): f64 {
  let at: usize = load<u32>(e.visible.starts + (<usize>row << 2));
  const end = at + (<usize>load<u32>(e.visible.counts + (<usize>row << 2)) << 1);
  let value: usize = e.visible.values === 0 ? 0 : load<u32>(e.visible.values + (<usize>row << 2));
  let sum: f64 = 0;
  for (; at < end; at += 2) {
    const bias = <f64>load<f32>(e.down.bias + (<usize>load<u16>(at) << 2));
    sum += value === 0 ? bias : bias * <f64>load<f32>(value);
    value += value === 0 ? 0 : 4;
  }
  return sum;
}

function independentTerm(e: Evaluation, row: i32): f64 {
  let sum: f64 = 0;
  for (let column: i32 = 0; column < e.up.width; column++) {
    sum += softplus(<f64>load<f32>(entry(e.hiddenTable, e.rows, row, column)));
  }
  return sum;
}

function pottsTerm(e: Evaluation, row: i32): f64 {
  const q = e.up.states;
  let sum: f64 = 0;
  const first = e.up.pottsPanel << 4;
  const stride = pottsStride(e.up);
  for (let column = first; column < first + e.up.units; column++) {
    let largest: f64 = -Infinity;
    for (let k: i32 = 0; k < q; k++) {
      largest = max<f64>(largest, <f64>load<f32>(entry(e.hiddenTable, e.rows, row, column + k * stride)));
    }
    let total: f64 = 0;
    for (let k: i32 = 0; k < q; k++) {
      total += Math.exp(<f64>load<f32>(entry(e.hiddenTable, e.rows, row, column + k * stride)) - largest);
    }
    sum += largest + Math.log(total);
  }
  return sum;
}
