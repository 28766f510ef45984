/** Default parameters of recurrent layers: U(-1/sqrt(hidden), 1/sqrt(hidden)) for all of them. */

import type { LayerBuilder } from './dense-layers.ts';
import { uniform } from './fill.ts';
import { moduleState } from './module-state.ts';

/** RNN, LSTM and GRU, whose weights stack 1, 4 and 3 gates. */
export const recurrent =
  (gates: number): LayerBuilder =>
  (stream, given, dtype) => {
    const hidden = given.count('hiddenSize');
    const bias = given.flag('bias', true);
    const directions = given.flag('bidirectional', false) ? 2 : 1;
    const projection = given.count('projSize', 0, 0);
    if (projection > 0 && (gates !== 4 || projection >= hidden)) {
      given.refuse('projSize', gates === 4 ? `< hiddenSize (${hidden})` : '0');
    }
    const output = projection > 0 ? projection : hidden;
    const rows = gates * hidden;
    const bound = 1 / Math.sqrt(hidden);
    const state = moduleState();
    const add = (name: string, dims: readonly number[]) =>
      state.parameters.set(name, uniform(stream, dims, { a: -bound, b: bound, dtype }));
    for (let layer = 0; layer < given.count('numLayers', 1, 1); layer++) {
      for (let direction = 0; direction < directions; direction++) {
        const suffix = `_l${layer}${direction === 1 ? '_reverse' : ''}`;
        add(`weight_ih${suffix}`, [rows, layer === 0 ? given.count('inputSize') : output * directions]);
        add(`weight_hh${suffix}`, [rows, output]);
        if (bias) {
          add(`bias_ih${suffix}`, [rows]);
          add(`bias_hh${suffix}`, [rows]);
        }
        if (projection > 0) add(`weight_hr${suffix}`, [projection, hidden]);
      }
    }
    return state;
  };

/** RNNCell, LSTMCell and GRUCell. */
export const recurrentCell =
  (gates: number): LayerBuilder =>
  (stream, given, dtype) => {
    const hidden = given.count('hiddenSize');
    const bound = 1 / Math.sqrt(hidden);
    const draw = (...dims: number[]) => uniform(stream, dims, { a: -bound, b: bound, dtype });
    const state = moduleState([
      ['weight_ih', draw(gates * hidden, given.count('inputSize'))],
      ['weight_hh', draw(gates * hidden, hidden)],
    ]);
    if (given.flag('bias', true)) {
      state.parameters.set('bias_ih', draw(gates * hidden));
      state.parameters.set('bias_hh', draw(gates * hidden));
    }
    return state;
  };
