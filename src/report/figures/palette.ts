/**
 * How starts are told apart: colour (blue, vermillion, green ... after Okabe and Ito, darkened or lightened to a
 * contrast of at least 3 on the background), dash from the sixth on, and a letter. Ten hues are more than a
 * colour-blind eye can separate, so no figure relies on the colour alone: lines carry their name or letter.
 */
export interface Style {
  readonly light: string;
  readonly dark: string;
  /** Index of the nearest colour of the 256-colour terminal palette that reads on black and on white. */
  readonly terminal: number;
  /** SVG stroke-dasharray; empty for a solid line. */
  readonly dash: string;
  readonly letter: string;
}

const colors: readonly (readonly [light: string, dark: string, terminal: number])[] = [
  ['#0072b2', '#56b4e9', 32],
  ['#d55e00', '#ff9350', 166],
  ['#00896a', '#2dd4a0', 36],
  ['#a83279', '#f29fcd', 169],
  ['#8a6d00', '#e8d64a', 178],
  ['#4a3aa8', '#a99cf8', 99],
  ['#8b1e3f', '#ff8f9f', 161],
  ['#1f6f2f', '#8bdc7a', 71],
  ['#5f5f5f', '#b9b9b9', 245],
  ['#007f91', '#5fdcee', 44],
];
const dashes = ['', '7 3', '2 3', '9 3 2 3'];
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The style of the start at a place in the race. */
export function styleAt(index: number): Style {
  const [light, dark, terminal] = colors[index % colors.length];
  return {
    light,
    dark,
    terminal,
    dash: dashes[Math.floor(index / 5) % dashes.length],
    letter: letters[index % letters.length],
  };
}
