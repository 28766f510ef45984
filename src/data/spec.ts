/** Data sets by name: `mnist`, `spirals(arms=3, noise=0.2)`, `flowers.csv(label=species)`. */

import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';

/** A name or path and its parameters. */
export interface DataSpec {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Takes a spec apart.
 * @throws data.bad_spec
 */
export function parseDataSpec(spec: string): DataSpec {
  const text = spec.trim();
  const refuse = () => new OutsetError('data.bad_spec', { got: spec });
  if (text === '') throw refuse();
  if (!text.endsWith(')')) return { name: text, parameters: new Map() };
  const open = text.lastIndexOf('(');
  const name = text.slice(0, Math.max(0, open)).trim();
  if (name === '') throw refuse();
  const parameters = new Map<string, string>();
  const inside = text.slice(open + 1, -1).trim();
  // A comma as the separator of a table stands in quotes.
  for (const pair of inside === '' ? [] : inside.split(/,(?![^"]*"(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(0, equals)).trim();
    const value = pair.slice(equals + 1).trim();
    if (key === '' || value === '' || parameters.has(key)) throw refuse();
    parameters.set(key, value.replace(/^"(.*)"$/s, '$1'));
  }
  return { name, parameters };
}

/** Reads the parameters of one data set by type; what it does not know is an error. */
export class DataParameters {
  readonly #spec: DataSpec;

  /**
   * @param known names that the data set takes
   * @throws data.unknown_parameter
   */
  constructor(spec: DataSpec, known: readonly string[]) {
    this.#spec = spec;
    for (const got of spec.parameters.keys()) {
      if (known.includes(got)) continue;
      const details = { data: spec.name, got, near: nearestNames(got, known), all: [...known] };
      throw new OutsetError('data.unknown_parameter', details);
    }
  }

  text(name: string): string | undefined {
    return this.#spec.parameters.get(name);
  }

  /** @throws data.bad_parameter unless it is a finite number */
  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.#bad(name, '0, 0.5, 1e3, ...', text);
    return value;
  }

  /** @throws data.bad_parameter unless it is a whole number of at least 1 */
  count(name: string): number | undefined {
    const value = this.number(name);
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return value;
    throw this.#bad(name, '1, 2, 3, ...', String(value));
  }

  /** @throws data.bad_parameter unless it is one of the values */
  choice<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined || (values as readonly string[]).includes(text)) return text as Value | undefined;
    throw this.#bad(name, values.join(', '), text);
  }

  #bad(name: string, expected: string, got: string): OutsetError {
    return new OutsetError('data.bad_parameter', { data: this.#spec.name, name, expected, got });
  }
}
