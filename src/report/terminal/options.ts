import type { Language } from '../../messages/define.ts';
import { styleAt } from '../figures/palette.ts';

/** How a figure or table is written to a terminal. */
export interface TerminalOptions {
  readonly language: Language;
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number;
  /** False for files, pipes and NO_COLOR: letters tell the starts apart, as they do with colours. */
  readonly color: boolean;
}

/** Fewest columns that the charts and tables are laid out for. */
export const narrowest = 40;

/** A text in the colour of the start at a place in the race. */
export function painted(text: string, style: number, color: boolean): string {
  return color && text !== '' ? `\u001b[38;5;${styleAt(style).terminal}m${text}\u001b[39m` : text;
}

/** A text in bold where there are colours. */
export function bold(text: string, color: boolean): string {
  return color ? `\u001b[1m${text}\u001b[22m` : text;
}

/** Without the control characters that could steer the terminal: names come from outside. */
export function harmless(text: string): string {
  return text.replaceAll(/\p{Control}/gu, ' ');
}
