import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raceReport } from '../../src/report/html.ts';
import { sampleRace } from '../samples/race.ts';
import { launchBrowser } from './chromium.ts';

/** The report of a made-up race, opened from a file as a reader would. */
let browser: Browser;
let folder: string;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'outset-report-'));
  const file = path.join(folder, 'report.html');
  writeFileSync(file, raceReport(sampleRace(), { language: 'en' }));
  address = pathToFileURL(file).href;
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  hash: string,
  width: number,
  scheme: 'light' | 'dark',
): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) problems.push(`requests ${request.url()}`);
  });
  await page.goto(`${address}${hash}`);
  return { page, problems };
}

/** Texts of a figure that lie on one another, as pairs; those of one label that is drawn twice for its halo do not count. */
function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const figure of document.querySelectorAll('svg')) {
      const texts = [...figure.querySelectorAll('text')]
        .map((text) => ({ words: text.textContent ?? '', box: text.getBoundingClientRect() }))
        .filter(({ words, box }) => words.trim() !== '' && box.width > 0);
      for (const [i, a] of texts.entries()) {
        for (const b of texts.slice(i + 1)) {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (a.words !== b.words && across > 3 && down > a.box.height / 2)
            found.push(`${a.words} | ${b.words}`);
        }
      }
    }
    return found;
  });
}

describe.each([
  ['#en', 1400, 'light'],
  ['#ko', 1400, 'dark'],
  ['#ko', 390, 'light'],
  ['#en', 390, 'dark'],
] as const)('the report at %s, %i pixels, %s', (hash, width, scheme) => {
  test('shows its figures in full, without outside requests', async () => {
    const { page, problems } = await open(hash, width, scheme);
    expect(problems).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const figures = await page.evaluate(() =>
      [...document.querySelectorAll('svg')].map((figure) => {
        const marks = figure.querySelectorAll('path, rect, circle, line').length;
        return {
          marks,
          named:
            figure.closest('[role=img], [aria-label], [aria-labelledby], figure, [aria-hidden=true]') !==
            null,
        };
      }),
    );
    expect(figures.length).toBeGreaterThan(8);
    for (const figure of figures) expect(figure).toMatchObject({ named: true });
    expect(figures.filter(({ marks }) => marks > 5).length).toBeGreaterThan(8);
    expect(await overlappingTexts(page)).toEqual([]);
    const language = hash.slice(1);
    const visible = await page.locator('body').innerText();
    if (language === 'ko') expect(visible).toMatch(/비용 곡선/);
    else expect(visible).not.toMatch(/[가-힣]{2,} [가-힣]{2,}/);
    await page.close();
  });
});

test('a reader switches the language and the page keeps its place', async () => {
  const { page, problems } = await open('#en', 1000, 'light');
  await page.getByText('한국어', { exact: true }).first().click();
  expect(await page.locator('body').innerText()).toMatch(/비용 곡선/);
  expect(problems).toEqual([]);
  await page.close();
});
