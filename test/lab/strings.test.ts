import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';

/**
 * Every word that a reader sees comes from src/messages: templates hold expressions, never text of their own, and no
 * file of the lab holds Korean. Single letters and signs (w, ×, ∂f/∂b) are mathematics, not language.
 */
const lab = path.resolve(import.meta.dirname, '../../lab');
const files = readdirSync(path.join(lab, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((name) => /\.(?:svelte|ts)$/.test(name));

/** Attributes that are read or read out. */
const spoken = [
  'title',
  'alt',
  'placeholder',
  'label',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'summary',
];

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly value?: unknown;
}

/** Words of two letters and more that stand in a template. */
export function wordsIn(source: string): string[] {
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) look(one);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, name = '', data = '', value } = node as Node;
    if (type === 'Text') {
      if (/\p{L}{2,}/u.test(data)) found.push(data.trim());
      return;
    }
    if (type === 'StyleDirective') return;
    if (type === 'Attribute') {
      if (spoken.includes(name)) look(value);
      return;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'expression') look(child);
  };
  look(parse(source, { modern: true }).fragment);
  return found;
}

describe('strings of the lab', () => {
  test('templates hold none', () => {
    const found = files
      .filter((file) => file.endsWith('.svelte'))
      .flatMap((file) =>
        wordsIn(readFileSync(path.join(lab, file), 'utf8')).map((words) => `${file}: ${words}`),
      );
    expect(found).toEqual([]);
  });

  test('no file holds Korean', () => {
    expect(files.filter((file) => /[가-힣]/.test(readFileSync(path.join(lab, file), 'utf8')))).toEqual([]);
  });

  test('the search finds words in text and in attributes, and lets signs pass', () => {
    expect(
      wordsIn('<p>{page.say(x)}: Hello</p><b aria-label="Close">×</b><i class="two words">∂f/∂w = {w}</i>'),
    ).toEqual([': Hello', 'Close']);
  });
});
