/** A page's state in the query of its address: the same address gives the same picture. */
import type { Field } from './field.ts';

/** The fields of a page by the names that they have in the address. */
// biome-ignore lint/suspicious/noExplicitAny: fields of any value; each is used with its own value only
export type Schema = Readonly<Record<string, Field<any>>>;

/** The state that a schema describes. */
export type StateOf<Fields extends Schema> = {
  -readonly [Name in keyof Fields]: Fields[Name] extends Field<infer Value> ? Value : never;
};

/** A part of an address that is not allowed; the initial value stands in for it. */
export interface AddressProblem {
  readonly name: string;
  readonly got: string;
  /** What is allowed; null for a name that the page does not know. */
  readonly allowed: string | null;
}

/** The state before anyone has touched anything. */
export function initialState<Fields extends Schema>(schema: Fields): StateOf<Fields> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, { initial }]) => [name, initial]),
  ) as StateOf<Fields>;
}

/** Reads a query; whatever is not allowed is named and left at its initial value. */
export function readAddress<Fields extends Schema>(
  schema: Fields,
  query: string,
): { state: StateOf<Fields>; problems: AddressProblem[] } {
  const values: Record<string, unknown> = initialState(schema);
  const problems: AddressProblem[] = [];
  for (const [name, text] of new URLSearchParams(query)) {
    const got = text.slice(0, 80);
    if (!Object.hasOwn(schema, name)) {
      problems.push({ name: name.slice(0, 40), got, allowed: null });
      continue;
    }
    const value: unknown = schema[name].parse(text);
    if (value === undefined) problems.push({ name, got, allowed: schema[name].allowed });
    else values[name] = value;
  }
  return { state: values as StateOf<Fields>, problems };
}

/** The query of a state, with the leading `?`; what is at its initial value is left out, empty when all is. */
export function writeAddress<Fields extends Schema>(schema: Fields, state: StateOf<Fields>): string {
  const query = new URLSearchParams();
  for (const [name, field] of Object.entries(schema)) {
    const text = field.format(state[name as keyof Fields]);
    if (text !== field.format(field.initial)) query.set(name, text);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
