/**
 * Contrastive divergence, persistent contrastive divergence and parallel tempering for layers of Bernoulli, spin and
 * Potts units. Threads share out the rows for sampling and the hidden panels for the update; which thread does what
 * never changes a result.
 */
import { Layer, Lists, Scratch, shareStart } from './layout';
import { addRow, Columns, clearColumns, matchRow } from './match';
import { pass, passChange } from './pass';
import { next, seedRows, unit } from './random';
import { squaredError } from './squared-error';
import { Tempering, temper } from './tempering';
import { Barrier, wait } from './threads';
import { Learner, Rates, updatePanel, updateVisibleBiases, visibleDifferences } from './update';

@unmanaged
export class Training {
  up: Layer;
  down: Layer;
  /** The lists of all examples: u32 addresses, u32 counts, u32 addresses of values or 0. */
  examples: Lists;
  /** u32 [batch]: the examples of the batch. */
  order: usize;
  /** f32 weight of each example, or 0 for 1. */
  exampleWeights: usize;
  /** Model rows that are chains; 0 for contrastive divergence. */
  chains: i32;
  /** Gibbs steps. */
  steps: i32;
  /** 0: lists as they are (states, or grey levels if there are values); 1: states drawn from the values each time. */
  resample: i32;
  data: Lists;
  model: Lists;
  hidden: Lists;
  /** Hidden states of the chains, [chains * temperatures]. */
  chainHidden: Lists;
  added: Lists;
  removed: Lists;
  dataInputs: usize;
  dataMeans: usize;
  modelMeans: usize;
  columns: Columns;
  learner: Learner;
  rates: Rates;
  generators: usize;
  chainGenerators: usize;
  key0: i32;
  key1: i32;
  /** Scratch of each thread: u32 addresses. */
  scratches: usize;
  barrier: Barrier;
  tempering: Tempering;
  /** Number of the update, for the keys. */
  step: i32;
  /** Examples in this batch, at most as many as the tables have rows. */
  batch: i32;
  /** Panel table of the visible units. */
  visibleTable: usize;
  /** The same for reconstructions of the data beside persistent chains. */
  reconstructionTable: usize;
  /** f64 [batch]: squared error of the reconstruction by means. */
  rowErrors: usize;
  /** 1 if this step is to compute `rowErrors`. */
  reconstruct: i32;
  /** u32 [hidden panels]: not 0 if a weight or bias of the panel is no longer finite. */
  notFinite: usize;
}

/** One update, as one of the threads. */
export function trainStep(t: Training, thread: i32): void {
  const scratch = changetype<Scratch>(<usize>load<u32>(t.scratches + (<usize>thread << 2)));
  const threads = t.barrier.threads;
  const rows = t.batch;
  const step = t.step;
  const first = shareStart(rows, thread, threads);
  const last = shareStart(rows, thread + 1, threads);
  const stride = max(rows, t.chains);
  // Data row n and model row n side by side, where one thread has both.
  const paired = t.data.values === 0 && (t.chains === 0 || t.chains === rows);
  const segments = paired ? threads : 2 * threads;
  clearColumns(t.columns, thread);
  if (!paired) clearColumns(t.columns, threads + thread);
  seedRows(t.key0, t.key1, step, first, last, t.generators);
  gather(t, first, last, scratch);
  if (t.chains === 0) {
    const change = paired && t.steps === 1 && t.up.states === 0;
    const inputs = change ? t.dataInputs : t.dataMeans;
    pass(t.up, t.data, t.hidden, first, last, stride, inputs, t.dataMeans, t.generators, 0, scratch);
    if (t.reconstruct) reconstruct(t, first, last, stride, scratch);
    for (let k: i32 = 1; ; k++) {
      if (k > 1 || !t.reconstruct) {
        pass(t.down, t.hidden, t.model, first, last, stride, t.visibleTable, 0, t.generators, 0, scratch);
      }
      if (k === t.steps) break;
      pass(t.up, t.model, t.hidden, first, last, stride, t.modelMeans, t.modelMeans, t.generators, 0, scratch);
    }
    fillColumns(t, thread, threads, first, last, first, last, stride, paired, scratch);
    if (change) {
      passChange(
        t.up,
        t.added,
        t.removed,
        t.hidden,
        first,
        last,
        stride,
        t.dataInputs,
        t.modelMeans,
        t.modelMeans,
        0,
        0,
        scratch,
      );
    } else {
      pass(t.up, t.model, t.hidden, first, last, stride, t.modelMeans, t.modelMeans, 0, 0, scratch);
    }
  } else {
    const states = t.reconstruct ? t.generators : 0;
    pass(t.up, t.data, t.hidden, first, last, stride, t.dataMeans, t.dataMeans, states, 0, scratch);
    if (t.reconstruct) reconstruct(t, first, last, stride, scratch);
    const chainFirst = shareStart(t.chains, thread, threads);
    const chainLast = shareStart(t.chains, thread + 1, threads);
    moveChains(t, chainFirst, chainLast, stride, step, scratch);
    fillColumns(t, thread, threads, first, last, chainFirst, chainLast, stride, paired, scratch);
  }
  if (thread === 0) {
    t.columns.segments = segments;
    weigh(t, rows, stride);
  }
  wait(t.barrier);
  visibleDifferences(stride, t.columns, t.learner, scratch);
  const lastPanel = shareStart(t.up.panels, thread + 1, threads);
  for (let panel = shareStart(t.up.panels, thread, threads); panel < lastPanel; panel++) {
    const notFinite = updatePanel(
      t.up,
      t.down,
      panel,
      stride,
      t.dataMeans,
      t.modelMeans,
      t.columns,
      t.learner,
      t.rates,
      scratch,
    );
    store<u32>(t.notFinite + (<usize>panel << 2), notFinite ? 1 : 0);
  }
  wait(t.barrier);
  const groups = t.up.sources >> 2;
  const firstGroup = shareStart(groups, thread, threads);
  const lastGroup = shareStart(groups, thread + 1, threads);
  updateVisibleBiases(t.up, t.down, firstGroup, lastGroup, t.learner, t.rates, scratch);
  wait(t.barrier);
}

/** Visible states from the hidden ones, and how far their means are from the data. */
function reconstruct(t: Training, first: i32, last: i32, stride: i32, scratch: Scratch): void {
  // Persistent chains have the model's lists and table, and threads share them out in another way.
  const target = t.chains === 0 ? t.model : t.removed;
  const table = t.chains === 0 ? t.visibleTable : t.reconstructionTable;
  pass(t.down, t.hidden, target, first, last, stride, table, table, t.generators, 0, scratch);
  for (let row = first; row < last; row++) {
    store<f64>(t.rowErrors + (<usize>row << 3), squaredError(t.data, row, stride, t.down.panels, table));
  }
}

/** Points the data lists at the examples of the batch, or draws states from their grey levels. */
function gather(t: Training, first: i32, last: i32, scratch: Scratch): void {
  for (let row = first; row < last; row++) {
    const at = <usize>row << 2;
    const example = <usize>load<u32>(t.order + at) << 2;
    const start: usize = load<u32>(t.examples.starts + example);
    const count = load<u32>(t.examples.counts + example);
    if (t.resample === 0) {
      store<u32>(t.data.starts + at, start as u32);
      store<u32>(t.data.counts + at, count);
      if (t.data.values !== 0) store<u32>(t.data.values + at, load<u32>(t.examples.values + example));
      continue;
    }
    const values: usize = load<u32>(t.examples.values + example);
    const state = t.generators + (<usize>row << 6);
    const out: usize = load<u32>(t.data.starts + at);
    let to = out;
    for (let k: u32 = 0; k < count; k++) {
      if ((k & 3) === 0) v128.store(scratch.words, unit(next(state)));
      store<u16>(to, load<u16>(start + (<usize>k << 1)));
      to += load<f32>(scratch.words + (<usize>(k & 3) << 2)) < load<f32>(values + (<usize>k << 2)) ? 2 : 0;
    }
    store<u32>(t.data.counts + at, ((to - out) >> 1) as u32);
  }
}

/** Weights of data and model rows in the gradient; rows of the table without a state weigh 0. */
function weigh(t: Training, rows: i32, stride: i32): void {
  let total: f32 = rows as f32;
  if (t.exampleWeights !== 0) {
    total = 0;
    for (let row: i32 = 0; row < rows; row++) total += load<f32>(exampleWeight(t, row));
  }
  for (let row: i32 = 0; row < stride; row++) {
    const at = <usize>row << 2;
    let weight: f32 = 0;
    if (row < rows) weight = (t.exampleWeights === 0 ? <f32>1 : load<f32>(exampleWeight(t, row))) / total;
    store<f32>(t.learner.dataWeights + at, weight);
    if (t.chains !== 0) weight = row < t.chains ? <f32>1 / (t.chains as f32) : 0;
    store<f32>(t.learner.modelWeights + at, -weight);
  }
}

@inline
function exampleWeight(t: Training, place: i32): usize {
  return t.exampleWeights + (<usize>load<u32>(t.order + (<usize>place << 2)) << 2);
}

/** Which rows each visible column is on in. */
function fillColumns(
  t: Training,
  thread: i32,
  threads: i32,
  first: i32,
  last: i32,
  modelFirst: i32,
  modelLast: i32,
  stride: i32,
  paired: bool,
  scratch: Scratch,
): void {
  if (paired) {
    for (let row = first; row < last; row++) {
      matchRow(row, stride, t.data, t.model, t.columns, thread, t.added, t.removed, scratch);
    }
    return;
  }
  for (let row = first; row < last; row++) addRow(row, 0, t.data, t.columns, thread);
  for (let row = modelFirst; row < modelLast; row++) addRow(row, stride, t.model, t.columns, threads + thread);
}

/** `steps` Gibbs steps of the persistent chains [first, last). */
function moveChains(t: Training, first: i32, last: i32, stride: i32, step: i32, scratch: Scratch): void {
  const levels = t.tempering.temperatures;
  const states = t.chainGenerators;
  seedRows(t.key0, t.key1, step | 0x80000000, first * levels, last * levels, states);
  if (levels > 1) {
    temper(
      t.tempering,
      t.up,
      t.chainHidden,
      t.model,
      t.modelMeans,
      first,
      last,
      t.chains,
      stride,
      t.steps,
      step * t.steps,
      states,
      scratch,
    );
    return;
  }
  for (let k: i32 = 0; k < t.steps; k++) {
    pass(t.down, t.chainHidden, t.model, first, last, stride, t.visibleTable, 0, states, 0, scratch);
    pass(t.up, t.model, t.chainHidden, first, last, stride, t.modelMeans, t.modelMeans, states, 0, scratch);
  }
}
