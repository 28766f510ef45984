import type { AisEngine } from '../../boltzmann/judge/ais-engine.ts';
import { judgeRbm } from '../../boltzmann/judge/judge-rbm.ts';
import type { Judgement } from '../../boltzmann/judge/judgement.ts';
import type { Rbm } from '../../boltzmann/rbm.ts';
import type { GreyConvention } from '../../boltzmann/rbm-training-spec.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import type { UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import type { DataConvention } from '../../messages/labels/likelihood.ts';
import type { Stream } from '../../random/stream.ts';

export interface JudgingOptions {
  readonly method: 'exact' | 'ais' | 'none';
  readonly train: StateRows;
  readonly test: StateRows;
  readonly convention: DataConvention;
  /** Moves the chains of annealed importance sampling. */
  readonly engine: AisEngine;
  readonly stream: Stream;
  readonly samples?: StateRows;
  readonly onProgress: (done: number, of: number) => void;
}

/** What the data are to the units: a likelihood without it is not a number. */
export function conventionOf(units: UnitSpec, grey: GreyConvention, hasGrey: boolean): DataConvention {
  if (units.kind === 'potts') return 'states';
  if (units.kind !== 'bernoulli' && units.kind !== 'spin') return 'real';
  if (!hasGrey) return 'binary';
  return grey === 'threshold' ? 'threshold' : 'sampled';
}

/** What the model is worth, every number with its method. */
export function judgeLayer(rbm: Rbm, { method, ...options }: JudgingOptions): Promise<Judgement> {
  return judgeRbm(rbm, { ...options, likelihood: method });
}
