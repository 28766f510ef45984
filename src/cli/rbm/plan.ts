import type { RbmTrainingSpec } from '../../boltzmann/rbm-training-spec.ts';
import { stateWidth, type UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { OutsetError } from '../../messages/index.ts';
import { factsOf, type RunData } from '../boltzmann/run-data.ts';
import { parseHiddenUnits, planTraining } from '../boltzmann/training-options.ts';
import { parseGrey, planVisible } from '../boltzmann/visible-units.ts';
import { oneOf, realNumber, wholeNumber } from '../race/options.ts';
import type { RbmOptions } from './options.ts';

/** How the likelihood is judged at the end. */
export type LikelihoodMethod = 'exact' | 'ais' | 'none';

/** Everything that decides the numbers of a run of `outset rbm`, as plain JSON. */
export interface RbmPlan {
  readonly data: string;
  readonly visible: UnitSpec;
  readonly hidden: UnitSpec;
  /** Columns get mean 0 and standard deviation 1 first. */
  readonly standardize: boolean;
  /** Whether the data have grey levels, so that the convention in `training` matters. */
  readonly hasGrey: boolean;
  readonly weightStd: number;
  readonly training: RbmTrainingSpec;
  readonly likelihood: LikelihoodMethod;
  readonly seed: number;
}

/** Layers with at most this many bits of states are summed over without asking; `--likelihood exact` goes to 25. */
const easyBits = 20;
const mostBits = 25;

/** The run that the options describe on this data. */
export function planRbm(options: RbmOptions, data: RunData): RbmPlan {
  const facts = factsOf(data);
  const { units: visible, standardize, hasGrey } = planVisible(options.visible, data);
  const count =
    options.hidden === undefined
      ? usualHidden(stateWidth(visible))
      : wholeNumber('--hidden', options.hidden, 1);
  const hidden = parseHiddenUnits(count, options.hiddenUnits);
  const training = planTraining(options, {
    visible,
    hidden,
    examples: facts.train,
    data: facts.name,
    method: 'pcd',
    grey: parseGrey(options.grey ?? 'sampled'),
    epochs: 30,
  });
  return {
    data: options.data ?? '',
    visible,
    hidden,
    standardize,
    hasGrey,
    weightStd: realNumber('--weight-std', options.weightStd, { above: 0 }),
    training,
    likelihood: likelihoodOf(options.likelihood, visible, hidden),
    seed: wholeNumber('--seed', options.seed, 0),
  };
}

/** 500 for images, a small machine for small data. */
function usualHidden(width: number): number {
  return width >= 64 ? 500 : Math.max(4, 2 * width);
}

function likelihoodOf(text: string, visible: UnitSpec, hidden: UnitSpec): LikelihoodMethod {
  const asked = oneOf('--likelihood', text, ['auto', 'exact', 'ais', 'none'] as const);
  const bits = Math.min(bitsOf(visible), bitsOf(hidden));
  if (asked === 'exact' && bits > mostBits) {
    throw new OutsetError('race.bad_option', {
      option: '--likelihood',
      got: asked,
      expected: `ais, none (exact: 2^${mostBits} states of the smaller layer)`,
    });
  }
  if (asked === 'ais' && [visible, hidden].some(({ kind }) => kind === 'nrelu')) {
    throw new OutsetError('race.bad_option', {
      option: '--likelihood',
      got: asked,
      expected: 'none (nrelu)',
    });
  }
  if (asked !== 'auto') return asked;
  if (bits <= easyBits) return 'exact';
  return Number.isFinite(bitsOf(visible)) && Number.isFinite(bitsOf(hidden)) ? 'ais' : 'none';
}

/** log2 of the number of states of a layer. */
function bitsOf(units: UnitSpec): number {
  if (units.kind === 'bernoulli' || units.kind === 'spin') return units.count;
  return units.kind === 'potts' ? units.count * Math.log2(units.states) : Number.POSITIVE_INFINITY;
}
