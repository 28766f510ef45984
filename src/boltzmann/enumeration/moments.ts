/** Expectations of -∂E/∂θ, for data and for the model: their difference is the gradient of the log-likelihood. */
import { exponential } from '../../random/elementary.ts';
import { type BoundRbm, bindRbm } from '../bound-rbm.ts';
import { checkRbm } from '../check-rbm.ts';
import { checkRows } from '../check-rows.ts';
import { readRow } from '../convert-rows.ts';
import { forEachInput, upward } from '../direction.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import { addRow } from '../units/add-rows.ts';
import type { LayerMoments, Units } from '../units/units.ts';
import { logPartition } from './log-partition.ts';
import { enumerableDirection, StateEnumeration } from './state-enumeration.ts';

/** One number a parameter of an {@link Rbm}, in double precision. */
export interface RbmMoments {
  /** Shape [visible width, hidden width]. */
  readonly weights: Float64Array;
  readonly visible: LayerMoments;
  readonly hidden: LayerMoments;
}

/**
 * The gradient of the mean log-likelihood of rows, by enumeration.
 * @param weights  one positive weight a row, default 1 each; the mean is a weighted mean
 * @throws boltzmann.cannot_enumerate, and what {@link checkRbm} and {@link checkRows} throw
 */
export function exactGradient(rbm: Rbm, rows: StateRows, weights?: Float32Array): RbmMoments {
  checkRbm(rbm);
  checkRows(rbm.visible, rows, 'visible');
  const model = bindRbm(rbm);
  const gradient = dataMoments(model, rows, weights);
  subtract(gradient, modelMoments(model));
  return gradient;
}

/** E[v hᵀ], E[-∂U/∂θ] under the model, by enumeration. For Bernoulli units the biases' moments are mean activities. */
export function exactMoments(rbm: Rbm): RbmMoments {
  checkRbm(rbm);
  return modelMoments(bindRbm(rbm));
}

/** The same with v from the rows and h given v summed out. */
export function dataMoments(model: BoundRbm, rows: StateRows, weights?: Float32Array): RbmMoments {
  const moments = zeroMoments(model);
  const { visible, hidden } = model;
  let total = 0;
  for (let i = 0; i < rows.count; i++) total += weights === undefined ? 1 : weights[i];
  const v = new Float64Array(visible.width);
  const h = new Float64Array(hidden.width);
  forEachInput(upward(model), rows, (inputs, start, index) => {
    const weight = (weights === undefined ? 1 : weights[index]) / total;
    readRow(visible, rows, index, v, 0);
    hidden.mean(inputs, start, h, 0);
    visible.addStateMoments(v, 0, weight, moments.visible);
    hidden.addMoments(inputs, start, weight, moments.hidden);
    addOuter(v, h, weight, moments.weights);
  });
  return moments;
}

/** Less probable states are left out: all 2^25 of them together do not show in double precision. */
const negligible = 1e-25;

export function modelMoments(model: BoundRbm): RbmMoments {
  const direction = enumerableDirection(model);
  const { given, asked } = direction;
  const states = new StateEnumeration(direction);
  const logZ = logPartition(states);
  const moments = zeroMoments(model);
  const givenIsVisible = given === model.visible;
  const [ofGiven, ofAsked] = givenIsVisible
    ? [moments.visible, moments.hidden]
    : [moments.hidden, moments.visible];
  const outer = new Float64Array(moments.weights.length);
  const row = new Float64Array(given.width);
  const mean = new Float64Array(asked.width);
  for (let high = 0; high < states.highStates; high++) {
    const probabilities = states.logWeights(high).map((w) => exponential(w - logZ));
    for (let low = 0; low < states.lowStates; low++) {
      const p = probabilities[low];
      if (p < negligible) continue;
      const inputs = states.inputs(high, low);
      states.readState(high * states.lowStates + low, row);
      asked.mean(inputs, 0, mean, 0);
      given.addStateMoments(row, 0, p, ofGiven);
      if (asked.values.precision === undefined) addRow(mean, 0, p, ofAsked.bias);
      else asked.addMoments(inputs, 0, p, ofAsked);
      addOuter(row, mean, p, outer);
    }
  }
  for (let i = 0; i < given.width; i++) {
    for (let j = 0; j < asked.width; j++) {
      moments.weights[givenIsVisible ? i * asked.width + j : j * given.width + i] =
        outer[i * asked.width + j];
    }
  }
  return moments;
}

/** moments -= other, in place. */
export function subtract(moments: RbmMoments, other: RbmMoments): void {
  const minus = (a: Float64Array, b: Float64Array) => {
    for (let i = 0; i < a.length; i++) a[i] -= b[i];
  };
  minus(moments.weights, other.weights);
  for (const layer of ['visible', 'hidden'] as const) {
    minus(moments[layer].bias, other[layer].bias);
    if (moments[layer].logPrecision !== undefined) {
      minus(moments[layer].logPrecision, other[layer].logPrecision!);
    }
  }
}

export function zeroMoments({ visible, hidden }: BoundRbm): RbmMoments {
  return {
    weights: new Float64Array(visible.width * hidden.width),
    visible: zeroLayer(visible),
    hidden: zeroLayer(hidden),
  };
}

function zeroLayer({ values, width }: Units): LayerMoments {
  const bias = new Float64Array(width);
  return values.precision === undefined ? { bias } : { bias, logPrecision: new Float64Array(width) };
}

function addOuter(x: Float64Array, y: Float64Array, weight: number, into: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    const scale = weight * x[i];
    for (let j = 0, at = i * y.length; j < y.length; j++) into[at + j] += scale * y[j];
  }
}
