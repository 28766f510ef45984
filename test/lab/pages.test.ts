import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/messages/define.ts';
import { openBrowser, siteFor } from './lab-site.ts';

/** Every page of the lab in headless Chromium, in both languages. */
const chapters = readdirSync(path.resolve(import.meta.dirname, '../../lab/src/chapters'), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
/** Compressed script that may load before the first figure answers. */
const scriptBudget = 100_000;

const browser = await openBrowser();
const there = describe.skipIf(browser === null);
const site = siteFor(browser);

const addressOf = (language: string, chapter: string, query = '') =>
  `${site.address}${language}/${chapter === 'home' ? '' : `${chapter}/`}${query}`;

interface Opened {
  readonly page: Page;
  /** Errors of the console and requests to elsewhere. */
  readonly problems: string[];
  /** Scripts that the page asked for. */
  readonly scripts: string[];
}

async function open(
  address: string,
  options: { width?: number; dark?: boolean; script?: boolean } = {},
): Promise<Opened> {
  const context = await browser!.newContext({
    viewport: { width: options.width ?? 1200, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: options.script ?? true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const scripts: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(site.address))
      problems.push(`asks for ${request.url()}`);
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await page.goto(address);
  if (options.script ?? true) await page.waitForSelector('html[data-ready]');
  return { page, problems, scripts };
}

const pictures = (page: Page) => page.$$eval('figure svg.chart', (all) => all.map((one) => one.outerHTML));
const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('figure[aria-busy=true]') === null);

there.each(chapters)('%s', (chapter) => {
  test.each(languages)(
    'in %s: no error, nothing from elsewhere, axe-core finds nothing, light and dark',
    async (language) => {
      for (const [width, dark] of [
        [1200, false],
        [390, true],
      ] as const) {
        const { page, problems } = await open(addressOf(language, chapter), { width, dark });
        expect(await page.getAttribute('html', 'lang')).toBe(language);
        await page.evaluate(axe);
        const found = await page.evaluate(() =>
          (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe
            .run()
            .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)),
        );
        expect(found).toEqual([]);
        expect(problems).toEqual([]);
        // Nothing sticks out to the side.
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.context().close();
      }
    },
    60_000,
  );

  test('its script is small', async () => {
    const { page, scripts } = await open(addressOf('en', chapter));
    let size = 0;
    for (const address of scripts) size += gzipSync(await (await fetch(address)).bytes()).length;
    expect(size).toBeLessThan(scriptBudget);
    await page.context().close();
  });

  test('without script the pictures are there', async () => {
    const { page } = await open(addressOf('ko', chapter), { script: false });
    const without = await pictures(page);
    await page.context().close();
    const { page: woken } = await open(addressOf('ko', chapter));
    expect(without.length).toBe((await pictures(woken)).length);
    for (const svg of without) expect(svg.length).toBeGreaterThan(500);
    await woken.context().close();
  });

  test('every control can be reached by keyboard', async () => {
    const { page } = await open(addressOf('en', chapter));
    const groups = new Set<string>();
    const wanted = await page.$$eval('input, select, button, summary, a[href]', (all) =>
      all
        .filter((one) => one.checkVisibility() && !(one as HTMLInputElement).disabled)
        .map((one) =>
          (one as HTMLInputElement).type === 'radio'
            ? `radio ${(one as HTMLInputElement).name}`
            : one.outerHTML.slice(0, 200),
        ),
    );
    for (let i = 0; i < wanted.length + 20; i++) {
      await page.keyboard.press('Tab');
      groups.add(
        await page.evaluate(() => {
          const one = document.activeElement as HTMLInputElement;
          return one.type === 'radio' ? `radio ${one.name}` : one.outerHTML.slice(0, 200);
        }),
      );
    }
    expect(wanted.filter((one) => !groups.has(one))).toEqual([]);
    await page.context().close();
  });
});

/** A state of each chapter that differs from the first one. */
const states: Readonly<Record<string, string>> = {
  rbm: '?k=3&updates=100&draw=4&seed=2',
  dbn: '?layers=128-64&epochs=3&seed=3&labels=1000',
  zero: '?w=0.7&start=random&activation=sigmoid&updates=2&seed=5',
  doctor: '?network=784-64x6-10%3Atanh&start=he-normal&data=noise&seed=3',
  map: '?activation=relu&w=2&b=0&depth=12&seed=3',
  race: '?data=spirals&depth=5&width=16&seed=3',
  xavier: '?in=64&out=128&activation=relu&depth=5&rule=he&framework=jax&seed=3',
};

there.each(Object.entries(states))('the address of %s', (chapter, query) => {
  test('gives the same pictures every time, and other ones than the first frame', async () => {
    const seen: string[][] = [];
    for (const address of [
      addressOf('en', chapter),
      addressOf('en', chapter, query),
      addressOf('en', chapter, query),
    ]) {
      const { page, problems } = await open(address);
      await settled(page);
      seen.push(await pictures(page));
      expect(problems).toEqual([]);
      expect(page.url()).toBe(address);
      await page.context().close();
    }
    expect(seen[2]).toEqual(seen[1]);
    expect(seen[1]).not.toEqual(seen[0]);
  }, 60_000);

  test('is kept when the language changes', async () => {
    const { page } = await open(addressOf('en', chapter, query));
    await page.click('nav.languages a[hreflang=ko]');
    await page.waitForSelector('html[lang=ko][data-ready]');
    expect(page.url()).toBe(addressOf('ko', chapter, query));
    expect(await page.getAttribute('html', 'lang')).toBe('ko');
    await page.context().close();
  });

  test('that is not allowed is named, and the usual value stands in', async () => {
    const name = query.slice(1, query.indexOf('='));
    const { page, problems } = await open(addressOf('en', chapter, `?${name}=%00&nonsense=1`));
    expect(await page.locator('.notice').count()).toBe(2);
    expect(page.url()).toBe(addressOf('en', chapter));
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('every chapter but the overview has a state to test', () => {
  expect(Object.keys(states).sort()).toEqual(chapters.filter((name) => name !== 'home').sort());
});
