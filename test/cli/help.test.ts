import { describe, expect, test } from 'vitest';
import { runOutset } from './run-outset.ts';

describe('help', () => {
  test('without arguments shows the help and ends well', async () => {
    const { code, stdout } = await runOutset([]);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: outset');
    expect(stdout).toContain('race');
  });

  test.each([
    ['en', 'Usage:', 'Options:', 'Examples:', 'learning rate'],
    ['ko', '사용법:', '옵션:', '예:', '학습률'],
  ])('race --help in %s', async (language, ...texts) => {
    const { code, stdout } = await runOutset(['race', '--help', '--lang', language]);
    expect(code).toBe(0);
    for (const text of texts) expect(stdout).toContain(text);
    expect(stdout).not.toMatch(/undefined|\[object/);
    if (language === 'ko') expect(stdout).not.toMatch(/Usage:|Options:|\(default:/);
  });

  test.each([
    [{ LANG: 'ko_KR.UTF-8' }, '사용법:'],
    [{ LANG: 'en_US.UTF-8' }, 'Usage:'],
    [{ LANG: 'ko_KR.UTF-8', OUTSET_LANG: 'en' }, 'Usage:'],
    [{ LANG: 'C' }, 'Usage:'],
  ])('takes the language from the environment %o', async (env, text) => {
    expect((await runOutset(['--help'], { env: env as Record<string, string> })).stdout).toContain(text);
  });

  test('version is that of the package', async () => {
    const { code, stdout } = await runOutset(['--version']);
    expect(code).toBe(0);
    expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
