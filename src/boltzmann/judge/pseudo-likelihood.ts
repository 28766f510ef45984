import { OutsetError } from '../../messages/error.ts';
import type { Stream } from '../../random/stream.ts';
import { bindRbm } from '../bound-rbm.ts';
import { checkRbm } from '../check-rbm.ts';
import { checkRows } from '../check-rows.ts';
import { readRow } from '../convert-rows.ts';
import { forEachInput, upward } from '../direction.ts';
import { checkPure } from '../enumeration/exact-likelihood.ts';
import type { Rbm } from '../rbm.ts';
import type { StateRows } from '../state-rows.ts';
import { BinaryFlips } from './binary-flips.ts';
import { StateChanges } from './state-changes.ts';

/**
 * The pseudo-log-likelihood of every row, exact: Σ_i log p(v_i | all other visible units), in nats (Besag 1975).
 *
 * It is no likelihood and no bound of one, but needs no partition function. Published curves are usually the stochastic
 * estimate of it, see {@link stochasticPseudoLikelihood}.
 *
 * @throws likelihood.no_pseudo_likelihood for real visible units; boltzmann.grey_likelihood for grey levels
 */
export function pseudoLikelihood(rbm: Rbm, rows: StateRows): Float64Array {
  const conditional = conditionals(rbm, rows);
  const units = rbm.visible.count;
  return conditional((logProbability) => {
    let sum = 0;
    for (let unit = 0; unit < units; unit++) sum += logProbability(unit);
    return sum;
  });
}

/**
 * An unbiased estimate of {@link pseudoLikelihood}, one unit a row: the number of units times log p(v_i | others) for
 * one random i. This is what scikit-learn's `score_samples` and the Theano tutorial compute; a single row's number
 * scatters widely, only the mean over many means something.
 *
 * @param stream  draws the units
 */
export function stochasticPseudoLikelihood(rbm: Rbm, rows: StateRows, stream: Stream): Float64Array {
  const conditional = conditionals(rbm, rows);
  const units = rbm.visible.count;
  const drawn = stream.uniform(new Float64Array(rows.count));
  return conditional((logProbability, row) => units * logProbability(Math.floor(drawn[row] * units)));
}

/** log p(v_i | others) of a unit of the row at hand. */
type LogProbability = (unit: number) => number;
type PerRow = (sum: (logProbability: LogProbability, row: number) => number) => Float64Array;

function conditionals(rbm: Rbm, rows: StateRows): PerRow {
  checkRbm(rbm);
  checkRows(rbm.visible, rows, 'visible');
  const model = bindRbm(rbm);
  if (model.visible.states === null) {
    throw new OutsetError('likelihood.no_pseudo_likelihood', { kind: rbm.visible.kind });
  }
  checkPure(rbm, rows);
  const changes = BinaryFlips.fit(model) ?? new StateChanges(model);
  const state = new Float64Array(model.visible.width);
  return (sum) => {
    const result = new Float64Array(rows.count);
    forEachInput(upward(model), rows, (inputs, start, row) => {
      readRow(model.visible, rows, row, state, 0);
      changes.at(state, inputs, start);
      result[row] = sum((unit) => changes.logProbability(unit), row);
    });
    return result;
  };
}
