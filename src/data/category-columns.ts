import { cellNumber } from './cell-number.ts';

/** Names of categories, column by column, numbered as they come and sorted at the end. */
export class CategoryColumns {
  readonly #numbers: Map<string, number>[] = [];

  /** The number that a name has in its column for now. */
  numberOf(column: number, name: string): number {
    while (this.#numbers.length <= column) this.#numbers.push(new Map());
    const numbers = this.#numbers[column];
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  }

  /**
   * Sorts the categories of each column, by number where all are numbers, else by name, so that the order of the rows does
   * not matter, and renumbers the features in place.
   * @param columns the columns of the features, in their order
   * @param features shape `[rows, columns.length]`
   */
  sort(columns: readonly number[], features: Float32Array): readonly (readonly string[])[] {
    return columns.map((column, place) => {
      const known = [...(this.#numbers[column] ?? new Map<string, number>()).keys()];
      const numeric = known.every((name) => !Number.isNaN(cellNumber(name)));
      const names = [...known].sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
      const rank = new Map(names.map((name, index) => [name, index]));
      const renumbered = known.map((name) => rank.get(name) ?? 0);
      for (let at = place; at < features.length; at += columns.length) {
        features[at] = renumbered[features[at]];
      }
      return names;
    });
  }
}
