import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { issues } from './catalogue.ts';
import { nearestNames } from './nearest.ts';

/** Stands for any detail: usable as text, number, list or record, so that every sentence can be made. */
function anyDetail(): unknown {
  const list: unknown[] = [1];
  return new Proxy(
    {},
    {
      get: (_, key) => {
        if (key === Symbol.toPrimitive) return () => 1;
        return typeof key === 'string' && /s$|dims|names|near|all/.test(key) ? list : 1;
      },
    },
  );
}

describe('issue catalogue', () => {
  test.each(Object.keys(issues))('%s has a sentence in both languages', (code) => {
    const entry = issues[code as keyof typeof issues] as unknown as Record<
      'en' | 'ko',
      (details: unknown) => string
    >;
    for (const language of ['en', 'ko'] as const) {
      let sentence: string;
      try {
        sentence = entry[language](anyDetail());
      } catch {
        continue; // a detail with a deeper shape: its own test covers it
      }
      expect(sentence).not.toMatch(/\[object/);
      expect(sentence.length).toBeGreaterThan(5);
      if (language === 'ko') expect(sentence).toMatch(/[가-힣]/);
    }
  });

  test('codes are area.snake_case', () => {
    for (const code of Object.keys(issues)) expect(code).toMatch(/^[a-z]+\.[a-z0-9_]+$/);
  });

  test('Korean sentences choose their particle instead of writing both', () => {
    const folder = import.meta.dirname;
    const texts = ['issues', 'labels'].flatMap((name) =>
      readdirSync(path.join(folder, name)).map(
        (file) => [file, readFileSync(path.join(folder, name, file), 'utf8')] as const,
      ),
    );
    const both = texts.flatMap(([file, text]) =>
      [
        ...text.matchAll(
          /.{0,30}(?:\(으\)로|을\(를\)|를\(을\)|이\(가\)|가\(이\)|은\(는\)|는\(은\)|와\(과\)|과\(와\)|\(이\)라).{0,20}/g,
        ),
      ].map(([found]) => `${file}: ${found.trim()}`),
    );
    expect(both).toEqual([]);
  });
});

describe('nearestNames', () => {
  const names = ['xavier', 'glorot-uniform', 'he-normal', 'he-uniform', 'zeros', 'orthogonal'];

  test('finds a name with two letters swapped', () => {
    expect(nearestNames('xaveir', names)).toEqual(['xavier']);
  });

  test('finds names that begin with what was typed', () => {
    expect(nearestNames('he-', names).slice(0, 2)).toEqual(['he-normal', 'he-uniform']);
  });

  test('finds nothing near an unrelated word, nor for nothing', () => {
    expect(nearestNames('photosynthesis', names)).toEqual([]);
    expect(nearestNames('', names)).toEqual([]);
  });
});
