/** What contrastive divergence gives on average, with no Monte Carlo: by the transition matrix of the Gibbs chain. */
import { bindRbm } from '../../src/boltzmann/bound-rbm.ts';
import { allStates } from '../../src/boltzmann/enumeration/exact-sampling.ts';
import { dataMoments, type RbmMoments, subtract } from '../../src/boltzmann/enumeration/moments.ts';
import { energy, freeEnergy, freeEnergyOfHidden } from '../../src/boltzmann/free-energy.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import type { DenseRows, StateRows } from '../../src/boltzmann/state-rows.ts';
import { empiricalLaw } from './stationarity.ts';

/** T[v, v'] = Σ_h p(h | v) p(v' | h) over all states, row-major. Discrete units on both sides. */
export function gibbsMatrix(rbm: Rbm): Float64Array {
  const v = allStates(rbm.visible);
  const h = allStates(rbm.hidden);
  const f = freeEnergy(rbm, v);
  const g = freeEnergyOfHidden(rbm, h);
  const matrix = new Float64Array(v.count * v.count);
  for (let j = 0; j < h.count; j++) {
    const e = energy(rbm, v, repeated(h, j, v.count));
    for (let a = 0; a < v.count; a++) {
      const up = Math.exp(f[a] - e[a]);
      for (let b = 0; b < v.count; b++) matrix[a * v.count + b] += up * Math.exp(g[j] - e[b]);
    }
  }
  return matrix;
}

/** E[CD-k] of the plain gradient: data moments minus the moments of the chain after `steps` steps from the data. */
export function expectedCd(rbm: Rbm, rows: StateRows, steps: number): RbmMoments {
  const matrix = gibbsMatrix(rbm);
  let law = empiricalLaw(rbm.visible, rows);
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(law.length);
    for (let a = 0; a < law.length; a++) {
      for (let b = 0; b < law.length; b++) next[b] += law[a] * matrix[a * law.length + b];
    }
    law = next;
  }
  const model = bindRbm(rbm);
  const gradient = dataMoments(model, rows);
  // Row weights are single precision; the law is exact to 1e-7 there, far below every bound it is used for.
  subtract(gradient, dataMoments(model, allStates(rbm.visible), Float32Array.from(law)));
  return gradient;
}

function repeated(rows: DenseRows, index: number, count: number): DenseRows {
  const row = rows.data.subarray(index * rows.width, (index + 1) * rows.width);
  const data = new Float32Array(count * rows.width);
  for (let i = 0; i < count; i++) data.set(row, i * rows.width);
  return { form: 'dense', count, width: rows.width, data };
}
