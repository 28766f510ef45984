/**
 * One value of a page's state: how it is written in the address, what is allowed, and what it is when the address says
 * nothing. Controls read their bounds from here, so that a slider and a link can never disagree.
 */

/** A value and its text in the address. */
export interface Field<Value> {
  readonly initial: Value;
  /** The value of a text, or undefined if the text is not allowed. */
  parse(text: string): Value | undefined;
  format(value: Value): string;
  /** What is allowed, in signs that need no translation: `-3 … 3`, `relu, tanh, sigmoid`. */
  readonly allowed: string;
}

/** A number on a grid from `min` to `max`. */
export interface NumberField extends Field<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** One of several names. */
export interface ChoiceField<Name extends string> extends Field<Name> {
  readonly kind: 'choice';
  readonly names: readonly Name[];
}

/**
 * A number from `min` to `max`. Numbers between two steps are moved to the nearer one, so that what a slider shows is
 * what is computed.
 */
export function numberField(options: {
  initial: number;
  min: number;
  max: number;
  step: number;
}): NumberField {
  const { min, max, step } = options;
  const onGrid = (value: number) =>
    Number(Math.min(max, min + Math.round((value - min) / step) * step).toPrecision(12));
  return {
    kind: 'number',
    ...options,
    allowed: `${min} … ${max}`,
    parse: (text) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return value >= min && value <= max ? onGrid(value) : undefined;
    },
    format: String,
  };
}

/** One of the given names; the first is the initial one unless another is named. */
export function choiceField<const Name extends string>(
  names: readonly Name[],
  initial: NoInfer<Name> = names[0],
): ChoiceField<Name> {
  return {
    kind: 'choice',
    initial,
    names,
    allowed: names.join(', '),
    parse: (text) => names.find((name) => name === text),
    format: (name) => name,
  };
}

/** A text that a pattern allows, e.g. the short form of a network; what it means is for the library to say. */
export function textField(options: { initial: string; pattern: RegExp; example: string }): Field<string> {
  const { initial, pattern, example } = options;
  return {
    initial,
    allowed: example,
    parse: (text) => (pattern.test(text) ? text : undefined),
    format: (text) => text,
  };
}

/** Several of the given names, separated by commas; at least one. */
export function severalField<const Name extends string>(
  names: readonly Name[],
  initial: readonly NoInfer<Name>[],
): Field<readonly Name[]> & { readonly kind: 'several'; readonly names: readonly Name[] } {
  return {
    kind: 'several',
    initial,
    names,
    allowed: names.join(', '),
    parse: (text) => {
      const parts = text.split(',');
      const known = names.filter((name) => parts.includes(name));
      return known.length > 0 && known.length === parts.length ? known : undefined;
    },
    format: (chosen) => chosen.join(','),
  };
}

/** Seeds: whole numbers from 0 to 2^32 - 1. */
export function seedField(initial = 0): NumberField {
  return numberField({ initial, min: 0, max: 2 ** 32 - 1, step: 1 });
}
