import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeThreads } from '../../src/runtime/node-threads.ts';
import type { BoltzmannPage } from './boltzmann-page.ts';
import { learn } from './boltzmann-task.ts';
import { launchBrowser } from './chromium.ts';
import { serve } from './serve.ts';

let browser: Browser;
let page: Page;
let close: () => Promise<void>;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: ['boltzmann-page.ts', 'boltzmann-worker.ts'].map((file) =>
      path.join(import.meta.dirname, file),
    ),
    outdir: 'memory',
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
      '/worker.js': bundle.outputFiles[1].contents,
    },
    {},
  );
  close = server.close;
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`${server.origin}/index.html`);
  await page.waitForFunction('globalThis.outsetTest !== undefined');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await close?.();
});

const outsetTest = () => (globalThis as unknown as { outsetTest: BoltzmannPage }).outsetTest;

test('an RBM learns the same bits in Node and in a browser, on one thread and on two', async () => {
  const here = await learn(2, nodeThreads);
  expect(here).toContain(' ');
  expect(await page.evaluate(`(${outsetTest})().onMainThread()`)).toBe(here);
  expect(await page.evaluate(`(${outsetTest})().inWorker(2)`)).toBe(here);
}, 120_000);
