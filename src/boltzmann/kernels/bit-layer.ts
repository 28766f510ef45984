/**
 * A layer as the kernels see it: columns of zeros and ones, independent ones first, then Potts units from the next
 * multiple of 16 on, padded to a multiple of 16. Inside, the columns of one state of all Potts units are side by side:
 * the kernels work on four units at a time. A spin s is the bit x with s = 2 x - 1.
 */
import { OutsetError } from '../../messages/error.ts';
import type { LayerName } from '../check-units.ts';
import { stateWidth, type UnitSpec } from '../units/unit-spec.ts';

export interface BitLayer {
  /** Columns of a state row outside. */
  readonly width: number;
  /** Columns in the kernels. */
  readonly padded: number;
  /** Columns of independent units; column `independent` outside is column `pottsStart` inside. */
  readonly independent: number;
  readonly pottsStart: number;
  /** Potts units and states of each. */
  readonly units: number;
  readonly states: number;
  /** Columns inside of one state: the Potts units, padded to a multiple of four. */
  readonly stride: number;
  /** State = scale x - shift: 1 and 0, for spins 2 and 1. */
  readonly scale: number;
  readonly shift: number;
}

const panel = 16;
const columnLimit = 65_520;

/**
 * @param labels the last `labels` columns are the states of one softmax unit
 * @throws boltzmann.not_sparse for units that are not discrete, boltzmann.too_wide above 65,520 columns
 */
export function bitLayer(units: UnitSpec, labels: number, layer: LayerName): BitLayer {
  const { kind } = units;
  if (kind !== 'bernoulli' && kind !== 'spin' && kind !== 'potts') {
    throw new OutsetError('boltzmann.not_sparse', { layer, units: kind });
  }
  const width = stateWidth(units);
  const independent = kind === 'potts' ? 0 : width - labels;
  const pottsStart = Math.ceil(independent / panel) * panel;
  const count = kind === 'potts' ? units.count : labels > 0 ? 1 : 0;
  const states = kind === 'potts' ? units.states : labels;
  const stride = Math.ceil(count / 4) * 4;
  const padded = pottsStart + Math.ceil((stride * states) / panel) * panel;
  if (padded > columnLimit) {
    throw new OutsetError('boltzmann.too_wide', { what: `${layer} columns`, got: width, limit: columnLimit });
  }
  const spin = kind === 'spin';
  return {
    width,
    padded,
    independent,
    pottsStart,
    units: count,
    states,
    stride,
    scale: spin ? 2 : 1,
    shift: spin ? 1 : 0,
  };
}

/** Column in the kernels of a column outside. */
export function insideColumn(layer: BitLayer, column: number): number {
  if (column < layer.independent) return column;
  const { pottsStart, states, stride } = layer;
  const k = column - layer.independent;
  return pottsStart + (k % states) * stride + Math.floor(k / states);
}

/** Column outside of a column in the kernels that is no padding. */
export function outsideColumn(layer: BitLayer, column: number): number {
  if (column < layer.pottsStart) return column;
  const { independent, states, stride } = layer;
  const k = column - layer.pottsStart;
  return independent + (k % stride) * states + Math.floor(k / stride);
}
