/** An Einsum equation taken apart: one letter per axis; the axes under an ellipsis get names of their own. */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Takes an Einsum equation such as `bij,bjk->bik` or `...ij->...ji` apart.
 * Without `->` the letters that occur once come out in alphabetical order, after those of the ellipsis.
 * @param ranks number of axes of each operand; decides how many axes an ellipsis stands for
 * @returns undefined if it cannot be read or does not fit the ranks
 */
export function parseEquation(text: string, ranks: readonly number[]): Equation | undefined {
  const [left, right, ...rest] = text.replaceAll(' ', '').split('->');
  if (rest.length > 0) return undefined;
  const terms = left.split(',');
  if (terms.length !== ranks.length) return undefined;
  const inputs: string[][] = [];
  let hidden = 0;
  for (const [i, term] of terms.entries()) {
    const letters = term.replace('...', '');
    if (!/^[A-Za-z]*$/.test(letters)) return undefined;
    const covered = term.includes('...') ? ranks[i] - letters.length : 0;
    if (covered < 0 || letters.length + covered !== ranks[i]) return undefined;
    hidden = Math.max(hidden, covered);
    inputs.push(expand(term, covered));
  }
  if (right === undefined) {
    const counts = new Map<string, number>();
    for (const letter of left.replaceAll(/[^A-Za-z]/g, '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const once = [...counts].filter(([, count]) => count === 1).map(([letter]) => letter);
    return { inputs, output: [...expand('...', hidden), ...once.sort()] };
  }
  const letters = right.replace('...', '');
  const known = new Set(inputs.flat());
  if (!/^[A-Za-z]*$/.test(letters) || new Set(letters).size !== letters.length) return undefined;
  if ([...letters].some((letter) => !known.has(letter))) return undefined;
  return { inputs, output: expand(right, hidden) };
}

/** Axes under the ellipsis are counted from the back, so that `.0` is the last one in every operand. */
function expand(term: string, covered: number): string[] {
  const at = term.indexOf('...');
  if (at < 0) return [...term];
  const axes = Array.from({ length: covered }, (_, i) => `.${covered - 1 - i}`);
  return [...term.slice(0, at), ...axes, ...term.slice(at + 3)];
}
