/**
 * Every start by its name: the rules of the initializers' registry, and the data-driven starts of this room.
 */
import { listRules, parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { type LsuvOptions, lsuv, lsuvDefaults } from './lsuv.ts';
import { ruleStart } from './rule-start.ts';
import type { Start } from './start.ts';

/**
 * The contestants of a race when none are named: from the starts that cannot learn to those that learn at once.
 *
 * - `lecture-normal`: N(0, 1), biases too, as in lab 10-2 of the lecture;
 * - `lecture-xavier`, `lecture-he`: randn / sqrt(fan_in) and randn / sqrt(fan_in / 2);
 * - `orthogonal`: gain 1, PyTorch's default; `orthogonal(gain=relu)` is the variant for rectifiers;
 * - `lsuv`: by data.
 */
export const defaultStarts: readonly string[] = [
  'zeros',
  'lecture-normal',
  'normal(std=0.01)',
  'lecture-xavier',
  'glorot-uniform',
  'lecture-he',
  'he-normal',
  'pytorch-default',
  'orthogonal',
  'lsuv',
];

const lsuvOptions = ['tolerance', 'iterations', 'target'] as const satisfies (keyof LsuvOptions)[];

/** What there is to know of a start without using it. */
export interface StartEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly needsData: boolean;
  /** Parameters with their usual values, e.g. `slope=0`. */
  readonly parameters: readonly string[];
  readonly formula: string;
  readonly source: string;
}

/** All starts: rules first, then data-driven ones. */
export function listStarts(): StartEntry[] {
  return [
    ...listRules().map(({ name, aliases, parameters, formula, source }) => ({
      name,
      aliases,
      needsData: false,
      parameters: Object.entries(parameters).map(([key, { usual }]) => `${key}=${usual}`),
      formula,
      source,
    })),
    {
      name: 'lsuv',
      aliases: [],
      needsData: true,
      parameters: lsuvOptions.map((option) => `${option}=${lsuvDefaults[option]}`),
      formula: 'W orthogonal, then W /= std(x W + b)',
      source: 'Mishkin & Matas 2016',
    },
  ];
}

/**
 * The start of a text such as `he-normal`, `normal(std=0.01)` or `lsuv(tolerance=0.01,iterations=10,target=1)`.
 *
 * @throws starts.unknown with the near names, starts.option for a bad option of `lsuv`; the registry of rules complains
 * about the options of rules
 */
export function parseStart(text: string): Start {
  const call = /^\s*([^()\s]+)\s*(?:\((.*)\))?\s*$/.exec(text);
  const name = (call?.[1] ?? text).toLowerCase();
  if (call !== null && name === 'lsuv') return parseLsuv(text, call[2]);
  const names = listStarts().flatMap((start) => [start.name, ...start.aliases]);
  if (call === null || !names.includes(name)) {
    throw new OutsetError('starts.unknown', {
      text,
      near: nearestNames(name, names),
      known: listStarts().map((start) => start.name),
    });
  }
  return ruleStart(parseRule(text.trim()));
}

function parseLsuv(text: string, options: string | undefined): Start {
  const settings = { ...lsuvDefaults };
  for (const part of (options ?? '').split(',').filter((one) => one.trim() !== '')) {
    const [key, value = ''] = part.split('=').map((one) => one.trim());
    const option = lsuvOptions.find((one) => one === key);
    if (option === undefined) {
      throw new OutsetError('starts.option', {
        text,
        option: key,
        expected: lsuvOptions.join(', '),
        got: key,
      });
    }
    const number = value === '' ? Number.NaN : Number(value);
    const whole = option === 'iterations';
    if (!(number > 0 && Number.isFinite(number)) || (whole && !Number.isInteger(number))) {
      throw new OutsetError('starts.option', {
        text,
        option,
        expected: whole ? 'int >= 1' : '> 0',
        got: value,
      });
    }
    settings[option] = number;
  }
  const written = lsuvOptions
    .filter((option) => settings[option] !== lsuvDefaults[option])
    .map((option) => `${option}=${settings[option]}`);
  return lsuv(
    written.length === 0 ? 'lsuv' : `lsuv(${written.join(',')})`,
    ruleStart(parseRule('orthogonal')),
    settings,
  );
}
