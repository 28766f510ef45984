import type { Rbm } from '../../boltzmann/rbm.ts';
import { stateWidth } from '../../boltzmann/units/unit-spec.ts';

/** A unit's weights carried down to the data through the weights of the layers below, without their nonlinearity. */
export function carryDown(column: Float32Array, below: readonly Rbm[]): Float32Array {
  let values = column;
  for (const { weights, visible } of [...below].reverse()) {
    const [rows, columns] = weights.dims;
    const out = new Float32Array(stateWidth(visible));
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += weights.data[i * columns + j] * values[j];
      out[i] = sum;
    }
    values = out;
  }
  return values;
}
