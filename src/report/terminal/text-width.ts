import { eastAsianWidth } from 'get-east-asian-width';

const invisible = /\p{Mark}|\p{Format}|\p{Control}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const escapes = /\u001b\[[0-9;]*m/g;

/** Columns that a text takes in a terminal: two for Hangul and other wide characters, none for colours. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text.replaceAll(escapes, '').normalize('NFC')) {
    if (!invisible.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** Fills up with spaces to a width in columns. */
export function padText(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return side === 'left' ? text + space : space + text;
}

/** Cuts to a width in columns; what was cut off is marked by `…`. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text.normalize('NFC')) {
    const next = textWidth(character);
    if (used + next > width - 1) break;
    kept += character;
    used += next;
  }
  return `${kept}…`;
}

/** Breaks at spaces so that no line is wider than `width`; a word that is wider alone is broken where it must. */
export function wrapText(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    while (textWidth(indent + word) > width) {
      const part = cutText(word, width - textWidth(indent) + 1).slice(0, -1);
      if (part === '') break;
      lines.push(indent + part);
      word = word.normalize('NFC').slice(part.length);
    }
    line = indent + word;
  }
  if (line !== '') lines.push(line);
  return lines;
}
