/**
 * The variational lower bound of a deep belief net (Hinton, Osindero & Teh 2006, section 4). With q the recognition
 * model and v = h₀:
 *
 *   log p(v) >= E_q [ Σ_l log p(h_l | h_{l+1}) - log q(h_{l+1} | h_l)  +  log p_top(h_{L-1}) ]
 *
 * log p_top(h) = -F_top(h) - log Z_top, with a label unit summed over its states. When a layer is stacked whose weights are
 * the transpose of the one below, the bound begins at exactly the log-likelihood of the RBM below.
 */
import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import { checkRows } from '../check-rows.ts';
import type { Dbn, DbnLayer } from '../dbn.ts';
import type { StateRows } from '../state-rows.ts';
import { stateWidth } from '../units/unit-spec.ts';
import { checkDbn, checkWhole } from './check-dbn.ts';
import { gatherDense } from './dense-rows.ts';

/** Hidden units below the top that may be enumerated. */
const enumerationLimit = 20;

export interface VariationalBoundOptions {
  /** Natural logarithm of the partition function of the top RBM: exact, or an estimate whose error enters the bound. */
  readonly topLogPartition: number;
  /** Average over every hidden state exactly (small nets), or over this many samples a row. */
  readonly average: 'exact' | { readonly samples: number; readonly stream: Stream };
}

export interface VariationalBound {
  /** Mean over the rows, in nats. */
  readonly mean: number;
  /** Of the mean, from the spread of the rows and of the samples; 0 for a single row with an exact average. */
  readonly standardError: number;
  readonly perRow: Float64Array;
}

/**
 * The bound for rows of binary states, in float64.
 * @throws dbn.unsupported_units, boltzmann.bad_rows, boltzmann.bad_state, dbn.too_large
 */
export function variationalBound(
  dbn: Dbn,
  rows: StateRows,
  options: VariationalBoundOptions,
): VariationalBound {
  checkDbn(dbn);
  for (const [i, { rbm }] of dbn.layers.entries()) {
    for (const { kind } of [rbm.visible, rbm.hidden]) {
      if (kind === 'bernoulli') continue;
      throw new OutsetError('dbn.unsupported_units', {
        what: 'variational bound',
        layer: i + 1,
        kind,
        names: ['bernoulli'],
      });
    }
  }
  const lower = dbn.layers.slice(0, -1);
  const width =
    dbn.layers.length === 1
      ? stateWidth(dbn.layers[0].rbm.visible) - dbn.labels
      : stateWidth(lower[0].rbm.visible);
  checkRows({ kind: 'bernoulli', count: width }, rows, 'visible');
  checkWhole('rows', rows.count, 1);
  const { average, topLogPartition } = options;
  const units = lower.reduce((sum, { rbm }) => sum + stateWidth(rbm.hidden), 0);
  if (average === 'exact' && units > enumerationLimit) {
    throw new OutsetError('dbn.too_large', { what: 'variational bound', units, limit: enumerationLimit });
  }
  if (average !== 'exact') checkWhole('samples', average.samples, 1);
  const perRow = new Float64Array(rows.count);
  const state = new Float32Array(width);
  for (let row = 0; row < rows.count; row++) {
    gatherDense(rows, null, row, 1, state);
    const visible = Float64Array.from(state);
    perRow[row] =
      average === 'exact'
        ? exactTerm(dbn, visible, 0)
        : sampledTerm(dbn, visible, average.samples, average.stream.child(row));
    perRow[row] -= topLogPartition;
  }
  const mean = perRow.reduce((sum, value) => sum + value, 0) / rows.count;
  const squares = perRow.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = rows.count > 1 ? Math.sqrt(squares / (rows.count - 1) / rows.count) : 0;
  return { mean, standardError, perRow };
}

/** E_q of everything from layer `from` upward, by enumeration of the hidden states. */
function exactTerm(dbn: Dbn, below: Float64Array, from: number): number {
  if (from === dbn.layers.length - 1) return topTerm(dbn, below);
  const layer = dbn.layers[from];
  const units = stateWidth(layer.rbm.hidden);
  const inputs = recognitionInputs(layer, below);
  const above = new Float64Array(units);
  let sum = 0;
  for (let code = 0; code < 2 ** units; code++) {
    for (let j = 0; j < units; j++) above[j] = (code >> j) & 1;
    const logQ = bernoulliLog(inputs, above);
    const q = Math.exp(logQ);
    if (q === 0) continue;
    sum += q * (generativeLog(layer, below, above) - logQ + exactTerm(dbn, above, from + 1));
  }
  return sum;
}

function sampledTerm(dbn: Dbn, visible: Float64Array, samples: number, stream: Stream): number {
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    let below = visible;
    for (let from = 0; from < dbn.layers.length - 1; from++) {
      const layer = dbn.layers[from];
      const inputs = recognitionInputs(layer, below);
      const uniform = stream.child(i).child(from).uniform(new Float64Array(inputs.length));
      const above = uniform.map((u, j) => (u < sigmoid(inputs[j]) ? 1 : 0));
      sum += generativeLog(layer, below, above) - bernoulliLog(inputs, above);
      below = above;
    }
    sum += topTerm(dbn, below);
  }
  return sum / samples;
}

/** Minus the free energy of the top RBM, summed over the states of the label unit. */
function topTerm({ layers, labels }: Dbn, pen: Float64Array): number {
  const { rbm } = layers[layers.length - 1];
  const hidden = stateWidth(rbm.hidden);
  const bias = rbm.visibleParameters.bias;
  const inputs = Float64Array.from(rbm.hiddenParameters.bias);
  let linear = 0;
  for (let i = 0; i < pen.length; i++) {
    if (pen[i] === 0) continue;
    linear += pen[i] * bias[i];
    for (let j = 0; j < hidden; j++) inputs[j] += pen[i] * rbm.weights.data[i * hidden + j];
  }
  if (labels === 0) return linear + inputs.reduce((sum, x) => sum + softplus(x), 0);
  const terms = Float64Array.from({ length: labels }, (_, y) => {
    const row = (pen.length + y) * hidden;
    return inputs.reduce((sum, x, j) => sum + softplus(x + rbm.weights.data[row + j]), bias[pen.length + y]);
  });
  const largest = Math.max(...terms);
  return linear + largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

function recognitionInputs({ rbm, recognition }: DbnLayer, below: Float64Array): Float64Array {
  const weights = (recognition?.weights ?? rbm.weights).data;
  const inputs = Float64Array.from(recognition?.hiddenBias ?? rbm.hiddenParameters.bias);
  for (let i = 0; i < below.length; i++) {
    if (below[i] === 0) continue;
    for (let j = 0; j < inputs.length; j++) inputs[j] += below[i] * weights[i * inputs.length + j];
  }
  return inputs;
}

/** log p(below | above) by the generative weights. */
function generativeLog({ rbm }: DbnLayer, below: Float64Array, above: Float64Array): number {
  const inputs = Float64Array.from(rbm.visibleParameters.bias);
  for (let i = 0; i < inputs.length; i++) {
    for (let j = 0; j < above.length; j++) inputs[i] += above[j] * rbm.weights.data[i * above.length + j];
  }
  return bernoulliLog(inputs, below);
}

/** Σ x log sigmoid(a) + (1 - x) log sigmoid(-a). */
function bernoulliLog(inputs: Float64Array, states: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < inputs.length; i++) sum += states[i] * inputs[i] - softplus(inputs[i]);
  return sum;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}
