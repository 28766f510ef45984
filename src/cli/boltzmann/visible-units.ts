import type { GreyConvention } from '../../boltzmann/rbm-training-spec.ts';
import type { UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { exampleSize } from '../../data/dataset.ts';
import { OutsetError } from '../../messages/index.ts';
import { oneOf } from '../race/options.ts';
import type { RunData } from './run-data.ts';

const visibleKinds = ['bernoulli', 'spin', 'potts', 'gaussian'] as const;

export interface VisiblePlan {
  readonly units: UnitSpec;
  /** True for real numbers: each column gets mean 0 and standard deviation 1 (of the training part). */
  readonly standardize: boolean;
  /** Whether any number lies strictly between two states, so that the grey convention matters. */
  readonly hasGrey: boolean;
}

/**
 * The visible units that the data ask for, or those that the option names if they fit: categories become Potts units,
 * numbers from 0 to 1 Bernoulli units, other numbers Gaussian units of standardized columns.
 */
export function planVisible(option: string | undefined, data: RunData): VisiblePlan {
  const asked = option === undefined ? undefined : oneOf('--visible', option, visibleKinds);
  const { name } = data.dataset;
  const refuse = (reason: 'categories' | 'sparse') =>
    new OutsetError('cli.units_do_not_fit', { option: '--visible', got: asked ?? '', data: name, reason });
  if (data.form === 'sparse') {
    const kind = asked ?? 'bernoulli';
    if (kind !== 'bernoulli' && kind !== 'spin') throw refuse('sparse');
    const { train, width } = data.dataset;
    const hasGrey = train.matrix.values.some((value) => value !== 1);
    return { units: { kind, count: width }, standardize: false, hasGrey };
  }
  const { dataset } = data;
  const count = exampleSize(dataset.exampleDims);
  if (dataset.categories !== undefined && asked !== undefined && asked !== 'potts')
    throw refuse('categories');
  if (dataset.categories !== undefined || asked === 'potts') {
    const states = dataset.categories?.map((names) => names.length) ?? [greatest(dataset.train.features) + 1];
    return {
      units: { kind: 'potts', count, states: Math.max(2, ...states) },
      standardize: false,
      hasGrey: false,
    };
  }
  const kind = asked ?? (isLevels(dataset.train.features) ? 'bernoulli' : 'gaussian');
  return {
    units: { kind, count },
    standardize: kind === 'gaussian',
    hasGrey: kind !== 'gaussian' && !dataset.train.features.every(isState),
  };
}

const greyConventions: readonly GreyConvention[] = ['threshold', 'sampled', 'resampled', 'grey'];

/** The convention for grey levels that an option names. */
export function parseGrey(option: string): GreyConvention {
  return oneOf('--grey', option, greyConventions);
}

function isLevels(features: Float32Array): boolean {
  return features.every((value) => value >= 0 && value <= 1);
}

function isState(value: number): boolean {
  return value === 0 || value === 1 || value === -1;
}

function greatest(features: Float32Array): number {
  let most = 0;
  for (const value of features) if (value > most) most = value;
  return Math.min(Math.floor(most), 65_535);
}
