import { OutsetError } from '../../messages/index.ts';
import { nearestNames } from '../../messages/nearest.ts';
import type { EarlyStopping } from '../../race/early-stopping.ts';
import type { LossName, OptimizerSpec, ScheduleSpec } from '../../training/spec.ts';

/** Options of `outset race`, as commander hands them over: text until checked here. */
export interface RaceOptions {
  readonly data: string;
  readonly network?: string;
  readonly start?: string[];
  readonly optimizer: string;
  readonly lr: string;
  readonly weightDecay: string;
  readonly schedule: string;
  readonly loss?: string;
  readonly labelSmoothing?: string;
  readonly batch: string;
  readonly epochs: string;
  readonly patience?: string;
  readonly validation?: string;
  readonly seed: string;
  readonly seeds: string;
  readonly stream: string;
  readonly standardize?: boolean;
  readonly threads?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/** A whole number of at least `minimum`, and at most 2^53. */
export function wholeNumber(option: string, text: string, minimum: number): number {
  const value = /^[+]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new OutsetError('race.bad_option', { option, got: text, expected: `a whole number >= ${minimum}` });
  }
  return value;
}

/** A finite number above (or at) a bound. */
export function realNumber(
  option: string,
  text: string,
  bound: { above: number } | { from: number },
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const fits = 'above' in bound ? value > bound.above : value >= bound.from;
  if (!Number.isFinite(value) || !fits) {
    const expected = 'above' in bound ? `a number > ${bound.above}` : `a number >= ${bound.from}`;
    throw new OutsetError('race.bad_option', { option, got: text, expected });
  }
  return value;
}

/** Seeds from `--seed` (the first) and `--seeds` (a count, or a list with commas). */
export function parseSeeds(seed: string, seeds: string): number[] {
  if (seeds.includes(',')) {
    const list = seeds.split(',').map((text) => wholeNumber('--seeds', text, 0));
    if (new Set(list).size !== list.length) {
      throw new OutsetError('race.bad_option', {
        option: '--seeds',
        got: seeds,
        expected: 'different seeds',
      });
    }
    return list;
  }
  const first = wholeNumber('--seed', seed, 0);
  const count = wholeNumber('--seeds', seeds, 1);
  if (count > 1000)
    throw new OutsetError('race.bad_option', {
      option: '--seeds',
      got: seeds,
      expected: 'at most 1000 seeds',
    });
  return Array.from({ length: count }, (_, i) => first + i);
}

const optimizers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const;

/** An optimizer by name, with PyTorch's defaults. */
export function parseOptimizer(name: string, weightDecay: string): OptimizerSpec {
  const known = oneOf('--optimizer', name, optimizers);
  const decay = realNumber('--weight-decay', weightDecay, { from: 0 });
  return { name: known, ...(decay === 0 ? {} : { weightDecay: decay }) };
}

const losses = ['softmax-cross-entropy', 'mean-squared-error', 'binary-cross-entropy'] as const;

/** A loss by name; without one, the usual one of the task. */
export function parseLoss(
  name: string | undefined,
  data: string,
  task: 'classification' | 'regression',
): LossName {
  if (name === undefined) return task === 'classification' ? 'softmax-cross-entropy' : 'mean-squared-error';
  const known = oneOf('--loss', name, losses);
  const fits = (known === 'softmax-cross-entropy') === (task === 'classification');
  if (!fits) throw new OutsetError('race.loss_does_not_fit_data', { loss: known, data, task });
  return known;
}

/** `--label-smoothing`: nothing without it or for 0; whether the loss has classes is checked with the rest of the training. */
export function parseLabelSmoothing(text: string | undefined): { labelSmoothing?: number } {
  if (text === undefined) return {};
  const value = realNumber('--label-smoothing', text, { from: 0 });
  if (value >= 1) {
    throw new OutsetError('race.bad_option', {
      option: '--label-smoothing',
      got: text,
      expected: '0 <= x < 1',
    });
  }
  return value === 0 ? {} : { labelSmoothing: value };
}

const heldOutShare = 0.1;

/**
 * `--patience` and `--validation`: nothing without the first; without the second a tenth of the training examples is held
 * out.
 */
export function parseEarlyStopping(
  options: { readonly patience?: string; readonly validation?: string },
  examples: number,
): { earlyStopping?: EarlyStopping } {
  if (options.patience === undefined) {
    if (options.validation === undefined) return {};
    throw new OutsetError('race.bad_option', {
      option: '--validation',
      got: options.validation,
      expected: '--patience beside it: after how many epochs without a better result to stop',
    });
  }
  const patience = wholeNumber('--patience', options.patience, 1);
  const validation =
    options.validation === undefined
      ? Math.max(1, Math.round(heldOutShare * examples))
      : wholeNumber('--validation', options.validation, 1);
  if (validation >= examples) {
    throw new OutsetError('race.bad_option', {
      option: '--validation',
      got: String(validation),
      expected: `fewer than the ${examples} training examples`,
    });
  }
  return { earlyStopping: { patience, validation } };
}

/** `constant`, `cosine(final=0.01)`, `step(every=5,factor=0.1)`, each with `warmup=steps`. */
export function parseSchedule(text: string): ScheduleSpec {
  const match = /^\s*([a-z]+)\s*(?:\((.*)\))?\s*$/.exec(text);
  const name = oneOf('--schedule', match?.[1] ?? text, ['constant', 'cosine', 'step'] as const);
  const given = parseArguments(text, match?.[2] ?? '');
  const warmup = given.get('warmup');
  const warmupSteps =
    warmup === undefined ? {} : { warmupSteps: wholeNumber('--schedule warmup', warmup, 0) };
  const allowed = { constant: ['warmup'], cosine: ['final', 'warmup'], step: ['every', 'factor', 'warmup'] }[
    name
  ];
  for (const key of given.keys()) {
    if (!allowed.includes(key)) {
      throw new OutsetError('race.bad_option', {
        option: '--schedule',
        got: text,
        expected: `${name} with ${allowed.join(', ')}`,
      });
    }
  }
  if (name === 'constant') return { name, ...warmupSteps };
  if (name === 'cosine') {
    const final = given.get('final');
    return {
      name,
      ...(final === undefined ? {} : { finalFactor: realNumber('--schedule final', final, { from: 0 }) }),
      ...warmupSteps,
    };
  }
  return {
    name,
    everyEpochs: wholeNumber('--schedule every', given.get('every') ?? '5', 1),
    factor: realNumber('--schedule factor', given.get('factor') ?? '0.1', { above: 0 }),
    ...warmupSteps,
  };
}

function parseArguments(text: string, list: string): Map<string, string> {
  const result = new Map<string, string>();
  for (const part of list.split(',').filter((piece) => piece.trim() !== '')) {
    const [key, value] = part.split('=').map((piece) => piece.trim());
    if (value === undefined || result.has(key)) {
      throw new OutsetError('race.bad_option', {
        option: '--schedule',
        got: text,
        expected: 'name(key=value,...)',
      });
    }
    result.set(key, value);
  }
  return result;
}

/** A name from a list; otherwise an error with the near ones. */
export function oneOf<Name extends string>(option: string, got: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === got.trim());
  if (found === undefined) {
    throw new OutsetError('cli.unknown_name', {
      option,
      got,
      near: nearestNames(got, names),
      all: [...names],
    });
  }
  return found;
}
