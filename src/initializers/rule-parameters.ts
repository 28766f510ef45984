import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';

/** A bound that a number keeps besides being finite. */
export interface Range {
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
  /** True for whole numbers. */
  readonly whole?: boolean;
}

/** A parameter that a rule takes in its text form. */
export type RuleParameter =
  | {
      readonly kind: 'number';
      /** A number, or one of `names`. */
      readonly usual: number | string;
      readonly range: Range;
      readonly names?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'choice'; readonly usual: string; readonly values: readonly string[] };

/** Values of all parameters of a rule: what was written, or the usual one. */
export type RuleValues = Readonly<Record<string, number | string>>;

/** What a text such as `he-normal(slope=0.2)` says. */
export interface RuleText {
  readonly name: string;
  readonly values: RuleValues;
  /** The same rule written shortest: only what differs from the usual, in the order of the parameters. */
  readonly canonical: string;
}

/** `name` or `name(key=value, ...)`; the first value may stand without its key. */
export function splitCall(text: string): { name: string; parts: string[] } | undefined {
  const match = /^\s*([^()\s,=]+)\s*(?:\(([^()]*)\))?\s*$/.exec(text);
  if (match === null) return undefined;
  const parts = (match[2] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { name: match[1].toLowerCase(), parts };
}

/**
 * Reads the parameters of a rule.
 * @throws initializers.unknown_parameter, initializers.bad_parameter
 */
export function readParameters(
  name: string,
  parts: readonly string[],
  parameters: Readonly<Record<string, RuleParameter>>,
): RuleText {
  const names = Object.keys(parameters);
  const values: Record<string, number | string> = {};
  for (const [i, part] of parts.entries()) {
    const equals = part.indexOf('=');
    const key = equals < 0 && i === 0 ? (names[0] ?? part) : part.slice(0, Math.max(0, equals)).trim();
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (parameter === undefined || key in values) {
      const got = equals < 0 ? part : key;
      throw new OutsetError('initializers.unknown_parameter', {
        rule: name,
        parameter: got,
        near: nearestNames(got, names),
        allowed: names,
      });
    }
    values[key] = readValue(name, key, part.slice(equals + 1).trim(), parameter);
  }
  const written = names.filter((key) => key in values && values[key] !== parameters[key].usual);
  const canonical =
    written.length === 0 ? name : `${name}(${written.map((key) => `${key}=${values[key]}`).join(',')})`;
  const usual = Object.fromEntries(names.map((key) => [key, parameters[key].usual]));
  return { name, values: { ...usual, ...values }, canonical };
}

function readValue(
  rule: string,
  parameter: string,
  text: string,
  definition: RuleParameter,
): number | string {
  const bad = (expected: string) =>
    new OutsetError('initializers.bad_parameter', { rule, parameter, expected, got: text });
  if (definition.kind === 'choice') {
    const found = definition.values.find((value) => value.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw bad(definition.values.join(', '));
    return found;
  }
  const named =
    definition.names === undefined
      ? undefined
      : Object.keys(definition.names).find((key) => key === text.toLowerCase());
  if (named !== undefined) return named;
  const value = text === '' ? Number.NaN : Number(text);
  const fits = Number.isFinite(value) && isWithin(value, definition.range);
  if (!fits) {
    const words = definition.names === undefined ? [] : Object.keys(definition.names);
    throw bad([describeRange(definition.range), ...words].join(', '));
  }
  return value;
}

/** The number behind a value that may be a name, e.g. `gain=relu`. */
export function numberOf(value: number | string, names: Readonly<Record<string, number>> = {}): number {
  return typeof value === 'number' ? value : names[value];
}

function isWithin(value: number, { above, from, to, whole = false }: Range): boolean {
  return (
    (!whole || Number.isInteger(value)) &&
    (above === undefined || value > above) &&
    (from === undefined || value >= from) &&
    (to === undefined || value <= to)
  );
}

/** The range in symbols that need no translation: `> 0`, `>= 0, <= 1`, `whole, >= 1`, `finite`. */
function describeRange({ above, from, to, whole = false }: Range): string {
  const bounds = [
    whole ? 'whole' : '',
    above === undefined ? '' : `> ${above}`,
    from === undefined ? '' : `>= ${from}`,
    to === undefined ? '' : `<= ${to}`,
  ].filter((bound) => bound !== '');
  return bounds.length === 0 ? 'finite' : bounds.join(', ');
}
