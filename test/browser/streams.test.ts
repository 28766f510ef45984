import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';
import { streamHashes } from './streams-draws.ts';

test('every dialect draws the same bits in Chromium as in Node, where they are compared with the libraries', async () => {
  const bundle = await build({
    entryPoints: [path.join(import.meta.dirname, 'streams-page.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    const there = await page.evaluate(() =>
      (globalThis as unknown as { streamHashes: typeof streamHashes }).streamHashes(),
    );
    expect(there).toEqual(streamHashes());
  } finally {
    await browser.close();
  }
}, 120_000);
