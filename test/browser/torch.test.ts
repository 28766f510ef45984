import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { torchNumbers } from './torch-draws.ts';

/** The numbers of PyTorch are the same bits in Chromium as in Node, where they are compared with PyTorch. */
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [path.join(import.meta.dirname, 'torch-page.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
}, 120_000);

afterAll(async () => {
  await browser?.close();
});

test.each(['torch-avx2', 'torch-scalar'] as const)('%s in Chromium', async (dialect) => {
  const there = await page.evaluate(
    (name) => (globalThis as unknown as { torchNumbers: typeof torchNumbers }).torchNumbers(name),
    dialect,
  );
  const here = torchNumbers(dialect);
  expect(there.length).toBe(here.length);
  for (const [i, text] of there.entries()) expect(text === here[i]).toBe(true);
});
