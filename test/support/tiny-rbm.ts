/** Small models with weights large enough to matter, for tests that enumerate. */
import { createRbm } from '../../src/boltzmann/create-rbm.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import type { UnitSpec } from '../../src/boltzmann/units/unit-spec.ts';
import { threefry } from '../../src/random/threefry-stream.ts';

/** Normal weights of standard deviation `weightStd`, normal biases of 0.5, log precisions of 0.3 around 0.2. */
export function tinyRbm(visible: UnitSpec, hidden: UnitSpec, seed: number, weightStd = 0.8): Rbm {
  const stream = threefry(seed).child('tiny-rbm');
  const rbm = createRbm(visible, hidden, { stream, weightStd });
  for (const layer of ['visible', 'hidden'] as const) {
    const { bias, logPrecision } = rbm[`${layer}Parameters`];
    stream.child(`${layer} bias`).normal(bias, 0, 0.5);
    if (logPrecision !== undefined) stream.child(`${layer} precision`).normal(logPrecision, 0.2, 0.3);
  }
  return rbm;
}

export const discrete = {
  bernoulli: (count: number): UnitSpec => ({ kind: 'bernoulli', count }),
  spin: (count: number): UnitSpec => ({ kind: 'spin', count }),
  potts: (count: number, states = 3): UnitSpec => ({ kind: 'potts', count, states }),
};
export const real = {
  gaussian: (count: number): UnitSpec => ({ kind: 'gaussian', count }),
  relu: (count: number): UnitSpec => ({ kind: 'relu', count }),
  nrelu: (count: number): UnitSpec => ({ kind: 'nrelu', count }),
};
