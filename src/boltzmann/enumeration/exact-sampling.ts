import { exponential } from '../../random/elementary.ts';
import type { Stream } from '../../random/stream.ts';
import { bindRbm } from '../bound-rbm.ts';
import { checkRbm } from '../check-rbm.ts';
import { sampleVisibleFromHidden } from '../conditionals.ts';
import { sparseRows } from '../convert-rows.ts';
import { upward } from '../direction.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import { neutralUnits } from '../units/bind-units.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import { logPartition } from './log-partition.ts';
import { enumerableDirection, refuseEnumeration, StateEnumeration, stateBits } from './state-enumeration.ts';

/**
 * Independent draws from p(v), by enumeration: no Markov chain, so exact whatever the model.
 * @param stream  uses the children `states` and `conditional`
 * @throws boltzmann.cannot_enumerate, and what {@link checkRbm} throws
 */
export function sampleExactly(rbm: Rbm, count: number, stream: Stream): StateRows {
  checkRbm(rbm);
  const direction = enumerableDirection(bindRbm(rbm));
  const states = new StateEnumeration(direction);
  const drawn = drawStates(states, stream.child('states').uniform(new Float64Array(count)));
  const rows = stateRows(states, drawn);
  if (direction.given.spec === rbm.visible) return sparseRows(rbm.visible, rows);
  return sampleVisibleFromHidden(rbm, sparseRows(rbm.hidden, rows), stream.child('conditional'));
}

/** p(v) of every visible state, counted with unit 0 as the lowest digit: the order of {@link allStates}. */
export function exactVisibleProbabilities(rbm: Rbm): Float64Array {
  checkRbm(rbm);
  const model = bindRbm(rbm);
  if (stateBits(model.visible) > tableBits) refuseEnumeration(model, tableBits);
  const states = new StateEnumeration(upward(model));
  const logZ = logPartition(states);
  const result = new Float64Array(states.count);
  for (let high = 0; high < states.highStates; high++) {
    result.set(
      states.logWeights(high).map((w) => exponential(w - logZ)),
      high * states.lowStates,
    );
  }
  return result;
}

/** Tables of all states stop here. */
const tableBits = 20;

/** All states of a discrete layer, one a row. */
export function allStates(spec: UnitSpec): DenseRows {
  const units = neutralUnits(spec);
  const count = units.states! ** spec.count;
  const data = new Float32Array(count * units.width);
  const row = new Float64Array(units.width);
  for (let state = 0; state < count; state++) {
    let rest = state;
    for (let unit = 0; unit < spec.count; unit++) {
      units.putState(unit, rest % units.states!, row);
      rest = Math.floor(rest / units.states!);
    }
    data.set(row, state * units.width);
  }
  return { form: 'dense', count, width: units.width, data };
}

/** The state whose stretch of (0, 1) each number falls into; one pass over the states in order of the numbers. */
function drawStates(states: StateEnumeration, uniforms: Float64Array): Float64Array {
  const order = Uint32Array.from(uniforms, (_, i) => i).sort((a, b) => uniforms[a] - uniforms[b]);
  const result = new Float64Array(uniforms.length);
  const logZ = logPartition(states);
  let next = 0;
  let reached = 0;
  let last = 0;
  for (let high = 0; high < states.highStates && next < order.length; high++) {
    const logWeights = states.logWeights(high);
    for (let low = 0; low < states.lowStates && next < order.length; low++) {
      const p = exponential(logWeights[low] - logZ);
      if (p === 0) continue;
      reached += p;
      last = high * states.lowStates + low;
      while (next < order.length && uniforms[order[next]] < reached) result[order[next++]] = last;
    }
  }
  // The probabilities may add up to a little less than 1.
  while (next < order.length) result[order[next++]] = last;
  return result;
}

function stateRows(states: StateEnumeration, drawn: Float64Array): DenseRows {
  const { width } = states.direction.given;
  const data = new Float32Array(drawn.length * width);
  const row = new Float64Array(width);
  for (let i = 0; i < drawn.length; i++) {
    states.readState(drawn[i], row);
    data.set(row, i * width);
  }
  return { form: 'dense', count: drawn.length, width, data };
}
