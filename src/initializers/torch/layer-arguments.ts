import { OutsetError } from '../../messages/error.ts';
import { checkNumber } from '../check.ts';

/** The arguments of a layer, each checked when it is read. Errors name the layer and the argument. */
export class LayerArguments {
  readonly type: string;
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(type: string, given: Readonly<Record<string, unknown>>) {
    this.type = type;
    this.#given = given;
  }

  /** A whole number of at least `least`. @throws initializers.bad_parameter */
  count(name: string, least = 1, otherwise?: number): number {
    const value = this.#given[name] ?? otherwise;
    const whole = Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31;
    return checkNumber(
      `torch ${this.type}`,
      name,
      whole ? (value as number) : Number.NaN,
      `whole, >= ${least}`,
    );
  }

  /** Any finite number. */
  number(name: string, otherwise: number): number {
    const value = this.#given[name] ?? otherwise;
    return checkNumber(`torch ${this.type}`, name, typeof value === 'number' ? value : Number.NaN, 'finite');
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#given[name] ?? otherwise;
    if (typeof value !== 'boolean') this.refuse(name, 'true | false');
    return value;
  }

  /** Sizes of `axes` axes, or of any number of axes: one number for all, or a list. */
  sizes(name: string, axes?: number): readonly number[] {
    const value = this.#given[name];
    const list = typeof value === 'number' ? Array.from({ length: axes ?? 1 }, () => value) : value;
    const fits =
      Array.isArray(list) &&
      (axes === undefined ? list.length > 0 : list.length === axes) &&
      list.every((size) => Number.isInteger(size) && size >= 1 && size < 2 ** 31);
    if (!fits) this.refuse(name, axes === undefined ? 'whole numbers >= 1' : `${axes} whole numbers >= 1`);
    return list as readonly number[];
  }

  /** An argument as it was given. */
  raw(name: string): unknown {
    return this.#given[name];
  }

  /** @throws initializers.bad_parameter */
  refuse(name: string, expected: string): never {
    throw new OutsetError('initializers.bad_parameter', {
      rule: `torch ${this.type}`,
      parameter: name,
      got: JSON.stringify(this.#given[name]) ?? 'undefined',
      expected,
    });
  }
}
