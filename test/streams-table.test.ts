import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Agreement, DialectEntry } from '../src/random/dialect.ts';
import { dialects, dialectTable } from '../src/random/open-stream.ts';

const page = new URL('../docs/streams.md', import.meta.url);

function words(agreement: Agreement): string {
  if (typeof agreement === 'string') return agreement;
  return 'ulps' in agreement ? `≤ ${agreement.ulps} ulp` : `≈ ${agreement.within}`;
}

function rows(name: string, { library, versions, agreement }: DialectEntry): string[] {
  const draws = (type: 'float32' | 'float64') =>
    (['uniform', 'normal', 'truncatedNormal'] as const).map((draw) => words(agreement[type][draw]));
  return [
    [
      `\`${name}\``,
      `${library} ${versions}`,
      'float32',
      ...draws('float32'),
      words(agreement.bits),
      words(agreement.permutation),
    ],
    ['', '', 'float64', ...draws('float64'), '', ''],
  ].map((cells) => `| ${cells.join(' | ')} |`);
}

test('docs/streams.md has the table of the code (UPDATE_TABLE=1 writes it)', () => {
  const table = dialects.flatMap((name) => rows(name, dialectTable[name])).join('\n');
  const text = readFileSync(page, 'utf8');
  const start =
    text.indexOf('|---|---|---|---|---|---|---|---|\n') + '|---|---|---|---|---|---|---|---|\n'.length;
  const end = text.indexOf('\n\n', start);
  if (process.env.UPDATE_TABLE === '1') writeFileSync(page, text.slice(0, start) + table + text.slice(end));
  else expect(text.slice(start, end)).toBe(table);
});

test('every dialect says its name and opens with a seed', () => {
  for (const name of dialects) {
    const stream = dialectTable[name].open(7);
    expect(stream.dialect).toBe(name);
    expect(stream.child('a') === stream, name).toBe(!dialectTable[name].keyed);
    expect(stream.uniform(new Float32Array(3))).toEqual(
      dialectTable[name].open(7n).uniform(new Float32Array(3)),
    );
  }
});
