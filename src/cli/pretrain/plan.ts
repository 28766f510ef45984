import type { UpDownSpec } from '../../boltzmann/dbn/up-down-spec.ts';
import type { RbmTrainingSpec } from '../../boltzmann/rbm-training-spec.ts';
import { stateWidth, type UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import { OutsetError } from '../../messages/index.ts';
import { factsOf, type RunData } from '../boltzmann/run-data.ts';
import { parseHiddenUnits, planTraining, type TrainingOptions } from '../boltzmann/training-options.ts';
import { parseGrey, planVisible } from '../boltzmann/visible-units.ts';
import { oneOf, realNumber, wholeNumber } from '../race/options.ts';
import type { PretrainOptions } from './options.ts';

/** Everything that decides the numbers of a run of `outset pretrain`, as plain JSON. */
export interface PretrainPlan {
  readonly data: string;
  readonly visible: UnitSpec;
  readonly standardize: boolean;
  readonly hasGrey: boolean;
  readonly layers: readonly {
    readonly hidden: UnitSpec;
    readonly spec: RbmTrainingSpec;
    readonly weightStd: number;
  }[];
  /** Classes of the label unit at the top; 0 without. */
  readonly labels: number;
  /** What the next layer learns: states of the hidden units, or their means. */
  readonly upward: 'samples' | 'means';
  readonly upDown: UpDownSpec | null;
  readonly seed: number;
}

/** The run that the options describe on this data. */
export function planPretrain(options: PretrainOptions, data: RunData): PretrainPlan {
  const facts = factsOf(data);
  const { units: visible, standardize, hasGrey } = planVisible(options.visible, data);
  const hidden = parseLayers(options.layers ?? usualLayers(stateWidth(visible)));
  const labels = options.labelsAtTop === true ? facts.classes.length : 0;
  if (options.labelsAtTop === true && labels < 2) {
    throw new OutsetError('cli.labels_needed', { option: '--labels-at-top', data: facts.name });
  }
  const grey = parseGrey(options.grey ?? 'grey');
  const weightStd = realNumber('--weight-std', options.weightStd, { above: 0 });
  const layers = hidden.map((units, i) => ({
    hidden: units,
    spec: planTraining(ofLayer(options, i, hidden.length), {
      visible: i === 0 ? visible : hidden[i - 1],
      hidden: units,
      examples: facts.train,
      data: facts.name,
      method: 'cd',
      grey: i === 0 ? grey : 'grey',
      epochs: 20,
    }),
    weightStd: units.kind === 'gaussian' ? 10 * weightStd : weightStd,
  }));
  return {
    data: options.data ?? '',
    visible,
    standardize,
    hasGrey,
    layers,
    labels,
    upward: oneOf('--upward', options.upward, ['samples', 'means'] as const),
    upDown: options.upDown === undefined ? null : planUpDown(options.upDown, layers[0].spec.batchSize),
    seed: wholeNumber('--seed', options.seed, 0),
  };
}

/** `784-500-500-2000`. */
export function modelTitle(plan: PretrainPlan): string {
  return [plan.visible, ...plan.layers.map(({ hidden }) => hidden)].map(({ count }) => count).join('-');
}

function usualLayers(width: number): string {
  return width >= 64 ? '500,500,2000' : `${2 * width},${2 * width}`;
}

/** `500,500,2000` or `1000,500,30:gaussian`. */
function parseLayers(text: string): UnitSpec[] {
  return text.split(',').map((part) => {
    const [count, kind = 'bernoulli', ...rest] = part.split(':');
    if (rest.length > 0) {
      const expected = '500,500,2000 | 1000,500,30:gaussian';
      throw new OutsetError('race.bad_option', { option: '--layers', got: text, expected });
    }
    return parseHiddenUnits(wholeNumber('--layers', count, 1), kind);
  });
}

/** Options that may be given for each layer, with commas between. */
const byLayer = ['epochs', 'lr', 'steps', 'method'] as const satisfies (keyof TrainingOptions)[];

/** The options as they hold for one layer. */
function ofLayer(options: PretrainOptions, layer: number, layers: number): TrainingOptions {
  const own: Partial<Record<(typeof byLayer)[number], string>> = {};
  for (const name of byLayer) {
    const text = options[name];
    if (text === undefined || !text.includes(',')) continue;
    const values = text.split(',');
    if (values.length !== layers) {
      const expected = `1 | ${layers}`;
      throw new OutsetError('race.bad_option', { option: `--${name}`, got: text, expected });
    }
    own[name] = values[layer];
  }
  return { ...options, ...own };
}

/** Gibbs steps at the top of 3, 6 and 10 over thirds of the epochs (Hinton, Osindero & Teh 2006). */
function planUpDown(text: string, batchSize: number): UpDownSpec {
  const epochs = wholeNumber('--up-down', text, 1);
  const third = Math.ceil(epochs / 3);
  return {
    gibbs: [
      { fromEpoch: 0, steps: 3 },
      ...(epochs > 1 ? [{ fromEpoch: third, steps: 6 }] : []),
      ...(epochs > 2 ? [{ fromEpoch: 2 * third, steps: 10 }] : []),
    ],
    optimizer: { name: 'momentum', initial: 0.5, final: 0.9, switchEpoch: 0 },
    learningRate: 0.02,
    schedule: { name: 'cosine', finalFactor: 0.05 },
    batchSize,
    epochs,
    l2: 0,
    centered: false,
    offsetRate: 0.01,
  };
}
