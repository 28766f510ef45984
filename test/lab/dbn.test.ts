import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { compare } from '../../lab/src/chapters/dbn/compare.ts';
import { dream } from '../../lab/src/chapters/dbn/dream.ts';
import { compareOrderOf, stackOrderOf } from '../../lab/src/chapters/dbn/first-frame.ts';
import { finetuneCommand, pretrainCommand, sampleCommand } from '../../lab/src/chapters/dbn/orders.ts';
import { dbnSchema } from '../../lab/src/chapters/dbn/state.ts';
import { trainStack } from '../../lab/src/chapters/dbn/train-stack.ts';
import { buildDigits } from '../../lab/src/digits/build-digits.ts';
import { initialState, readAddress } from '../../lab/src/state/address.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { openBrowser, siteFor, watchedPage } from './lab-site.ts';

/** Chapter 5 in headless Chromium: a stack with the numbers of Node, its dreams, and the comparison by one click. */
const query = '?layers=128-64&epochs=2&seed=3&labels=100&starts=glorot-uniform%2Che-normal&passes=2&seeds=1';
const state = readAddress(dbnSchema, query).state;
const browser = await openBrowser();
const site = siteFor(browser);

async function open(language: string): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await watchedPage(browser!);
  await page.goto(`${site.address}${language}/dbn/${query}`);
  await page.waitForSelector('html[data-ready]');
  return { page, problems };
}

const column = (page: Page, figure: string, index: number) =>
  page.$$eval(
    `${figure} tbody tr`,
    (rows, at) => rows.map((row) => Number(row.querySelectorAll('td')[at].textContent?.replace('−', '-'))),
    index,
  );

async function inNode() {
  const dataset = (await buildDigits())!;
  const common = {
    runtime: await nodeRuntime(),
    threads: 1,
    signal: new AbortController().signal,
    report: () => {},
    onControl: () => {},
  };
  const stack = await trainStack({ ...common, order: stackOrderOf(state), dataset });
  const dreams = await dream({ ...common, model: stack.model, seed: state.seed });
  const { verdict, contestants } = await compare({
    ...common,
    order: compareOrderOf(state),
    model: stack.model,
    dataset,
  });
  return { stack, dreams, verdict, contestants };
}

test('the commands on the page are those that the command line understands', () => {
  const first = initialState(dbnSchema);
  expect(pretrainCommand(stackOrderOf({ ...first, top: 'labels', seed: 2 }))).toBe(
    "outset pretrain 'mnist(train=10000,test=2000)' --layers 256,128 --method cd,pcd --epochs 10 --labels-at-top --seed 2 -o dbn.safetensors",
  );
  expect(sampleCommand({ ...first, top: 'labels', seed: 2 }, 50)).toBe(
    'outset sample dbn.safetensors --count 6 --steps 50 --seed 2 -o dreams.png',
  );
  expect(finetuneCommand(compareOrderOf(state))).toBe(
    "outset finetune dbn.safetensors 'mnist(train=10000,test=2000)' --labels 100 --start glorot-uniform --start he-normal --lr 0.002 --batch 10 --epochs 2 --seed 3",
  );
});

describe.skipIf(browser === null)('the stack in the page', () => {
  test('one click trains, dreams and compares, with the numbers of Node', async () => {
    const { page, problems } = await open('en');
    await page.click('button:has-text("Compare")');
    await page.waitForSelector('[data-comparison=waiting]');
    await page.waitForSelector('[data-status=done]', { timeout: 60_000 });
    await page.waitForSelector('[data-comparison=done]', { timeout: 60_000 });
    await page.waitForSelector('#walk');
    const node = await inNode();

    // The kernels have the same bits everywhere; three digits are shown.
    const errors = await column(page, '#layer-1-error', 0);
    expect(errors.at(-1)).toBeCloseTo(node.stack.histories[0].at(-1)!.reconstructionError!, 1);
    expect(Math.abs((await column(page, '#layer-2-gap', 0)).at(-1)!)).toBeLessThan(20);
    const ink = await column(page, '#dreams', 0);
    expect(ink).toHaveLength(node.dreams.frames.length);
    // One draw that turns out otherwise changes a chain for good: dreams agree as sixty samples do.
    expect(Math.abs(ink.at(-1)! - node.dreams.frames.at(-1)!.ink)).toBeLessThan(25);

    const accuracy = await page.$$eval('#accuracy tbody tr:last-child td', (cells) =>
      cells.map((cell) => Number.parseFloat(cell.textContent ?? '')),
    );
    expect(accuracy).toHaveLength(3);
    for (const [i, { history }] of node.contestants.entries()) {
      expect(Math.abs(accuracy[i] - 100 * history.epochs.at(-1)!.testAccuracy!)).toBeLessThan(
        i === 0 ? 5 : 0.2,
      );
    }
    expect(await page.textContent('.verdict')).toMatch(/^With one seed pretrained is [\d.]+ points/);
    expect(problems).toEqual([]);
    await page.close();
  }, 180_000);

  test('in Korean: pauses, goes on, walks through its dreams by keyboard, says when settings have changed', async () => {
    const { page, problems } = await open('ko');
    await page.click('button.primary');
    await page.waitForSelector('[data-status=running]', { timeout: 30_000 });
    await page.click('button.primary');
    await page.waitForSelector('[data-status=paused]');
    const readout = () => page.textContent('[data-status]');
    expect(await readout()).toContain('에서 멈춤');
    // A picture at rest is in the SVG, so that it can be taken along.
    expect(await page.getAttribute('#filters-1 svg image', 'href')).toMatch(/^data:image\/png/);
    await page.click('button.primary');
    await page.waitForSelector('[data-status=done]', { timeout: 60_000 });
    await page.waitForSelector('#walk', { timeout: 60_000 });
    await page.focus('#dreams input[type=range]');
    await page.keyboard.press('Home');
    expect(await page.textContent('#dreams h3')).toContain('깁스 단계 1번');
    expect(page.url()).toContain('walk=0');
    const first = await page.getAttribute('#dreams svg image', 'href');
    await page.keyboard.press('ArrowRight');
    expect(await page.getAttribute('#dreams svg image', 'href')).not.toBe(first);
    await page.click('label:has-text("맨 위층 옆에 두기")');
    expect(await readout()).toContain('설정이 바뀌었습니다');
    expect(await page.textContent('.notice')).toContain('공정한 비교가 아닙니다');
    expect(problems).toEqual([]);
    await page.close();
  }, 180_000);
});
