/**
 * What the host writes into memory for the kernels: plain structures of 32-bit words, read in place. The twin of this
 * file is src/boltzmann/kernels/layout.ts.
 *
 * Widths are padded to panels of 16 columns. A *panel table* of some rows holds [panel][row][16] floats, so that one
 * panel of many rows, or one panel of a weight matrix, is contiguous.
 */

/** One direction through a weight matrix: from the units whose indices are in the lists to the units of `panels`. */
@unmanaged
export class Layer {
  /** [panels][sources][16] */
  weights: usize;
  /** [panels * 16] */
  bias: usize;
  /** Biases of the base-rate model, [panels * 16]; 0 where there is none (they count as 0). */
  base: usize;
  /** Columns of independent units; Potts units follow at column 16 * pottsPanel. */
  width: i32;
  panels: i32;
  /** Rows of a weight panel: the padded width of the other side. */
  sources: i32;
  /** First panel of Potts units; the number of panels if there are none. */
  pottsPanel: i32;
  /** Number of Potts units and states of each. */
  units: i32;
  states: i32;
}

/** Index lists of rows: u16 indices at starts[row], counts[row] of them. */
@unmanaged
export class Lists {
  /** u32 addresses. */
  starts: usize;
  /** u32 counts. */
  counts: usize;
  /** u32 addresses of the f32 values beside the indices; 0 where all are 1. */
  values: usize;
}

/** What each thread has to itself. */
@unmanaged
export class Scratch {
  /** [width] bytes, 0 between calls. */
  marks: usize;
  /** A contiguous row of floats, as wide as the wider layer. */
  row: usize;
  /** [3 * rows][16] floats. */
  table: usize;
  /** [padded visible width] floats: mean of data minus mean of model of each visible column. */
  difference: usize;
  /** 64 bytes. */
  words: usize;
  /** [padded visible width][16] floats. */
  gradient: usize;
}

/** [first, last) of `count` things for one of `threads` threads. */
@inline
export function shareStart(count: i32, thread: i32, threads: i32): i32 {
  return ((count as i64) * thread / threads) as i32;
}
