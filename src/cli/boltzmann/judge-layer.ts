import { exactLogLikelihood } from '../../boltzmann/enumeration/exact-likelihood.ts';
import { exactLogPartition } from '../../boltzmann/enumeration/log-partition.ts';
import type { Rbm } from '../../boltzmann/rbm.ts';
import type { GreyConvention } from '../../boltzmann/rbm-training-spec.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import type { UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import type { JudgedNumber } from '../../report/boltzmann/rbm-report-data.ts';
import { firstRows } from './pictures.ts';

/** Examples that a likelihood is averaged over. */
const judgedExamples = 10_000;

export interface JudgingOptions {
  readonly method: 'exact' | 'ais' | 'none';
  readonly train: StateRows;
  readonly test: StateRows;
  readonly convention: JudgedNumber['convention'];
}

/** What the data are to the units: a likelihood without it is not a number. */
export function conventionOf(
  units: UnitSpec,
  grey: GreyConvention,
  hasGrey: boolean,
): JudgedNumber['convention'] {
  if (units.kind === 'potts') return 'states';
  if (units.kind !== 'bernoulli' && units.kind !== 'spin') return 'real';
  if (!hasGrey) return 'binary';
  return grey === 'threshold' ? 'threshold' : 'sampled';
}

/** What the model is worth, every number with its method. */
export async function judgeLayer(rbm: Rbm, options: JudgingOptions): Promise<JudgedNumber[]> {
  const { method, convention } = options;
  if (method !== 'exact') return [];
  const logPartition = exactLogPartition(rbm);
  const exact = (
    quantity: JudgedNumber['quantity'],
    value: number,
    examples: number | null,
  ): JudgedNumber => ({
    quantity,
    method: 'exact',
    standing: 'exact',
    value,
    interval: null,
    convention: examples === null ? null : convention,
    examples,
    warnings: [],
  });
  const mean = (rows: StateRows) => {
    const some = firstRows(rows, judgedExamples);
    const sum = exactLogLikelihood(rbm, some, logPartition).reduce((a, b) => a + b, 0);
    return [sum / some.count, some.count] as const;
  };
  return [
    exact('log-partition', logPartition, null),
    exact('train-log-likelihood', ...mean(options.train)),
    exact('test-log-likelihood', ...mean(options.test)),
  ];
}
