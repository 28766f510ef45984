import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { launchBrowser } from './chromium.ts';
import { serve } from './serve.ts';
import type { TrainingPage } from './training-page.ts';
import { type TaskName, trainTask } from './training-task.ts';

/**
 * The same library, the same graphs and the same seed in Node and in Chromium. Engines add numbers in different
 * orders, so losses agree to float rounding that grows over the steps, not to the bit.
 */
const tolerance = 2e-4;

let browser: Browser;
let page: Page;
let close: () => Promise<void>;
const problems: string[] = [];

beforeAll(async () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const bundle = await build({
    entryPoints: [path.join(import.meta.dirname, 'training-page.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const server = await serve(
    {
      '/index.html': '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>',
      '/page.js': bundle.outputFiles[0].contents,
    },
    { '/engine/': path.join(root, 'node_modules/onnxruntime-web/dist') },
  );
  close = server.close;
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${server.origin}/index.html`);
  await page.waitForFunction('globalThis.outsetTest !== undefined');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await close?.();
});

function inPage(task: TaskName, provider: 'wasm' | 'webgpu', threads = 1): ReturnType<TrainingPage['train']> {
  return page.evaluate(
    ([name, where, count]) =>
      (globalThis as unknown as { outsetTest: TrainingPage }).outsetTest.train(name, where, count),
    [task, provider, threads] as const,
  );
}

describe('training in a browser', () => {
  test('the page is cross-origin isolated', async () => {
    expect(await page.evaluate('globalThis.crossOriginIsolated')).toBe(true);
  });

  test.each([
    ['dense', 'wasm', 2],
    ['convolutional', 'wasm', 2],
    ['dense', 'webgpu', 1],
    ['convolutional', 'webgpu', 1],
  ] as const)(
    '%s on %s: the losses of Node',
    async (task, provider, threads) => {
      const here = await trainTask(task, await nodeRuntime());
      const there = await inPage(task, provider, threads);
      expect(there.engine).toContain(provider);
      expect(there.losses).toHaveLength(here.losses.length);
      for (const [i, loss] of there.losses.entries()) {
        expect(Math.abs((loss ?? Number.NaN) - (here.losses[i] ?? Number.NaN))).toBeLessThan(tolerance);
      }
      expect(here.losses.at(-1)).toBeLessThan((here.losses[0] ?? 0) * 0.9);
      expect(problems).toEqual([]);
    },
    180_000,
  );
});
