import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openData } from '../../lab/src/chapters/race/open-data.ts';
import { raceCommand, raceSpec } from '../../lab/src/chapters/race/order.ts';
import { raceSchema } from '../../lab/src/chapters/race/state.ts';
import { runRace } from '../../lab/src/race/run-race.ts';
import { readAddress } from '../../lab/src/state/address.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { openBrowser, siteFor, watchedPage } from './lab-site.ts';

/** The race of chapter 2 in headless Chromium: the numbers of Node, the same picture every time, pause, step, rewind. */
const query =
  '?data=spirals&starts=zeros,he-normal,lsuv&depth=2&width=16&rate=0.01&epochs=3&seeds=2&seed=4&engine=wasm';
const browser = await openBrowser();
const site = siteFor(browser);

async function open(): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await watchedPage(browser!);
  await page.goto(`${site.address}en/race/${query}`);
  await page.waitForSelector('html[data-ready]');
  return { page, problems };
}

const status = (page: Page, wanted: string) =>
  page.waitForSelector(`[data-status=${wanted}]`, { timeout: 60_000 });
const costs = (page: Page) =>
  page.$$eval('#cost tbody tr', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
  );
const picture = (page: Page) => page.$eval('#cost svg', (svg) => svg.outerHTML);

const order = { ...readAddress(raceSchema, query).state, own: null };

async function inNode() {
  const signal = new AbortController().signal;
  const dataset = await openData(order, { address: String, progress: () => {}, signal });
  const spec = raceSpec(order, dataset);
  const end = await runRace({
    spec,
    dataset,
    runtime: await nodeRuntime(),
    threads: 1,
    signal,
    report: () => {},
    onControl: () => {},
  });
  return { spec, end };
}

test('the command on the page is the one that the command line understands', async () => {
  const { spec } = await inNode();
  expect(raceCommand(order, spec)).toBe(
    'outset race --data spirals --network 16-16:relu --start zeros --start he-normal --start lsuv --lr 0.01 --epochs 3 --seed 4 --seeds 2',
  );
});

describe.skipIf(browser === null)('the race in the page', () => {
  test('has the numbers of Node, and draws the same picture when it is run again', async () => {
    const { page, problems } = await open();
    await page.click('button.primary');
    await status(page, 'done');
    const there = await costs(page);
    const first = await picture(page);

    const { end } = await inNode();
    const finals = order.starts.map((start) =>
      end.contestants
        .filter((one) => one.start === start)
        .map(({ history }) => history.epochs.at(-1)?.trainLoss ?? Number.NaN),
    );
    // The median of two seeds is their mean. Three digits are shown; engines differ by rounding that grows a little.
    for (const [i, [a, b]] of finals.entries()) {
      expect(Number(there.at(-1)?.[i]) / ((a + b) / 2)).toBeCloseTo(1, 2);
    }
    expect(await page.getAttribute('footer [data-engine]', 'data-engine')).toBe('wasm');
    expect(problems).toEqual([]);

    await page.click('button.primary');
    await status(page, 'done');
    expect(await picture(page)).toBe(first);
    await page.close();
  }, 120_000);

  test('pauses, does single updates, rewinds, and says when settings have changed', async () => {
    const { page } = await open();
    await page.click('button.primary');
    await status(page, 'running');
    await page.click('button.primary');
    await status(page, 'paused');
    const stepOf = async () => Number(/update (\d+)/.exec((await page.textContent('.readout')) ?? '')?.[1]);
    await page.waitForTimeout(300);
    const before = await stepOf();
    await page.click('.play button:nth-of-type(2)');
    await page.waitForFunction(
      (wanted) => document.querySelector('.readout')?.textContent?.includes(` ${wanted} `),
      before + 1,
    );
    await page.waitForTimeout(300);
    expect(await stepOf()).toBe(before + 1);
    await page.click('.play button:nth-of-type(3)');
    await status(page, 'idle');
    expect(page.url()).toContain('seed=4');
    await page.click('button.primary');
    await status(page, 'done');
    await page.selectOption('label.select select >> nth=0', 'tanh');
    expect(await page.textContent('.readout')).toMatch(/changed/);
    await page.close();
  }, 120_000);
});
