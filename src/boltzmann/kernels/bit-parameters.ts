/**
 * The parameters of an RBM in terms of bits, and back. With v = a x - p and h = b y - q (a = 2, p = 1 for spins, 1 and 0
 * else) the energy -vᵀWh - vᵀβ - hᵀγ is, up to a constant, that of bits with
 *
 *   W' = a b W,   β' = a (β - q W 1),   γ' = b (γ - p Wᵀ 1)
 */
import { tensor } from '../../tensor/tensor.ts';
import type { Rbm } from '../rbm.ts';
import { type BitLayer, insideColumn } from './bit-layer.ts';

/** Arrays in kernel memory: weights up [hidden panel][visible][16] and down [visible panel][hidden][16], biases. */
export interface BitArrays {
  readonly up: Float32Array;
  readonly down: Float32Array;
  readonly visibleBias: Float32Array;
  readonly hiddenBias: Float32Array;
}

/** Place of a weight in the layout for passes to `column` from `row` of a layer of `rows` padded rows. */
export function panelPlace(rows: number, row: number, column: number): number {
  return ((column >> 4) * rows + row) * 16 + (column & 15);
}

/** Writes the parameters; padding stays 0. */
export function writeBits(rbm: Rbm, visible: BitLayer, hidden: BitLayer, arrays: BitArrays): void {
  const { data } = rbm.weights;
  const scale = visible.scale * hidden.scale;
  const rowSums = new Float64Array(visible.width);
  const columnSums = new Float64Array(hidden.width);
  for (let i = 0; i < visible.width; i++) {
    const row = insideColumn(visible, i);
    for (let j = 0; j < hidden.width; j++) {
      const column = insideColumn(hidden, j);
      const weight = data[i * hidden.width + j];
      rowSums[i] += weight;
      columnSums[j] += weight;
      arrays.up[panelPlace(visible.padded, row, column)] = scale * weight;
      arrays.down[panelPlace(hidden.padded, column, row)] = scale * weight;
    }
  }
  const { bias: visibleBias } = rbm.visibleParameters;
  const { bias: hiddenBias } = rbm.hiddenParameters;
  for (let i = 0; i < visible.width; i++) {
    const moved = visibleBias[i] - hidden.shift * rowSums[i];
    arrays.visibleBias[insideColumn(visible, i)] = visible.scale * moved;
  }
  for (let j = 0; j < hidden.width; j++) {
    const moved = hiddenBias[j] - visible.shift * columnSums[j];
    arrays.hiddenBias[insideColumn(hidden, j)] = hidden.scale * moved;
  }
}

/** The model that the arrays hold now, as a copy. */
export function readBits(rbm: Rbm, visible: BitLayer, hidden: BitLayer, arrays: BitArrays): Rbm {
  const scale = visible.scale * hidden.scale;
  const weights = new Float32Array(visible.width * hidden.width);
  const rowSums = new Float64Array(visible.width);
  const columnSums = new Float64Array(hidden.width);
  for (let i = 0; i < visible.width; i++) {
    const row = insideColumn(visible, i);
    for (let j = 0; j < hidden.width; j++) {
      const weight = arrays.up[panelPlace(visible.padded, row, insideColumn(hidden, j))] / scale;
      weights[i * hidden.width + j] = weight;
      rowSums[i] += weight;
      columnSums[j] += weight;
    }
  }
  const visibleBias = Float32Array.from(
    rowSums,
    (sum, i) => arrays.visibleBias[insideColumn(visible, i)] / visible.scale + hidden.shift * sum,
  );
  const hiddenBias = Float32Array.from(
    columnSums,
    (sum, j) => arrays.hiddenBias[insideColumn(hidden, j)] / hidden.scale + visible.shift * sum,
  );
  return {
    visible: rbm.visible,
    hidden: rbm.hidden,
    weights: tensor('float32', [visible.width, hidden.width], weights),
    visibleParameters: { bias: visibleBias },
    hiddenParameters: { bias: hiddenBias },
  };
}

/** Fills the weights for passes down from those for passes up. */
export function transposePanels(visible: BitLayer, hidden: BitLayer, { up, down }: BitArrays): void {
  for (let row = 0; row < visible.padded; row++) {
    for (let column = 0; column < hidden.padded; column++) {
      down[panelPlace(hidden.padded, column, row)] = up[panelPlace(visible.padded, row, column)];
    }
  }
}
