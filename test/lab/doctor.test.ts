import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { examine } from '../../src/cli/doctor/examine.ts';
import { planDoctor } from '../../src/cli/doctor/options.ts';
import { openSubject } from '../../src/doctor/node/index.ts';
import { writeSafetensors } from '../../src/formats/index.ts';
import type { Language } from '../../src/messages/index.ts';
import { verdictSentence } from '../../src/report/doctor/words.ts';
import { float32, tensor } from '../../src/tensor/index.ts';
import { openBrowser, siteFor, watchedPage } from './lab-site.ts';

/** Chapter 6 in headless Chromium: a file that is dropped gets the verdict of the command line, in both languages. */
const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const browser = await openBrowser();
const site = siteFor(browser);

async function open(language: Language): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await watchedPage(browser!);
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address) && !/^(?:blob|data):/.test(request.url())) {
      problems.push(`asks for ${request.url()}`);
    }
    if (request.method() !== 'GET') problems.push(`sends to ${request.url()}`);
  });
  await page.goto(`${site.address}${language}/doctor/`);
  await page.waitForSelector('html[data-ready]');
  return { page, problems };
}

/** Waits until what was asked for is there. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(50);
  await page.waitForSelector('[data-stage=idle]', { state: 'attached', timeout: 60_000 });
}

interface Given {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Drops files on the page, as a mouse does. */
async function drop(page: Page, files: readonly Given[]): Promise<void> {
  const data = await page.evaluateHandle(
    (list) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of list) transfer.items.add(new File([new Uint8Array(bytes)], name));
      return transfer;
    },
    files.map(({ name, content }) => ({ name, bytes: [...content] })),
  );
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
  await settled(page);
}

const sentenceOn = (page: Page) => page.$eval('.verdict .sentence', (one) => one.textContent?.trim());
const fixture = (name: string): Given => ({
  name: path.basename(name),
  content: readFileSync(path.join(fixtures, name)),
});

/** What the command line says of the same file. */
async function onCommandLine(name: string, language: Language, network?: string): Promise<string> {
  const options = { optimizer: 'adam', lr: '0.001', steps: '3000', batch: '256', seed: '0', network };
  const plan = planDoctor(path.join(fixtures, name), options);
  const { signal } = new AbortController();
  const { diagnosis } = await examine({ plan, language }, { signal, say: () => {} });
  return verdictSentence(diagnosis!)[language];
}

describe.skipIf(browser === null)('a dropped file', () => {
  test.each([
    ['en', 'doctor/mlp.onnx', []],
    ['ko', 'doctor/cnn.onnx', []],
    ['en', 'models/small.keras', []],
    ['ko', 'doctor/images.h5', []],
    ['en', 'models/sequential.npz', []],
    ['ko', 'models/gpt2.safetensors', []],
    ['en', 'doctor/tfjs/model.json', ['doctor/tfjs/group1-shard1of1.bin']],
  ] as const)(
    'in %s: %s has the verdict of the command line',
    async (language, name, beside) => {
      const { page, problems } = await open(language);
      await drop(page, [...beside, name].map(fixture));
      expect(await sentenceOn(page)).toContain(await onCommandLine(name, language));
      expect(await page.textContent('.settings')).toContain(path.basename(name));
      expect(problems).toEqual([]);
      await page.close();
    },
    120_000,
  );

  test.each([
    ['en', 'models/external.onnx', [], /external\.bin.*Give all files/],
    ['ko', 'doctor/tfjs/model.json', [], /group1-shard1of1\.bin.*함께 주세요/],
  ] as const)(
    'in %s: %s without its other file: the page says which one',
    async (language, name, beside, says) => {
      const { page } = await open(language);
      await drop(page, [...beside, name].map(fixture));
      expect(await page.textContent('.notice')).toMatch(says);
      await page.close();
    },
  );

  test('bare weights ask for their network; with it the verdict is that of the command line', async () => {
    const { page } = await open('ko');
    const values = (count: number, scale: number) =>
      Float32Array.from({ length: count }, (_, i) => scale * Math.sin(7 * i));
    const content = writeSafetensors({
      '0.weight': tensor('float32', [12, 8], values(96, 0.4)),
      '0.bias': float32(
        [12],
        Array.from({ length: 12 }, () => 0),
      ),
      '2.weight': tensor('float32', [3, 12], values(36, 0.5)),
      '2.bias': float32([3], [0, 0, 0]),
    });
    await drop(page, [{ name: 'bare.safetensors', content }]);
    expect(await page.getAttribute('.verdict', 'data-verdict')).toBe('unknown');
    await page.fill('.settings input[type=text]', '8-12-3:tanh');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.getAttribute('.verdict', 'data-verdict')).not.toBe('unknown');
    expect(await page.$$eval('figure svg.chart', (all) => all.length)).toBe(2);
    expect(await page.textContent('.code >> nth=-1')).toContain('--network 8-12-3:tanh');
    // One that does not fit is refused, and the page lives on.
    await page.fill('.settings input[type=text]', '8-13-3:tanh');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.getAttribute('.notice', 'data-issue')).toBe('doctor.weights_shape');
    await page.close();
  });

  test.each([
    ['en', 'onnx', 'onnx.bad_dims.bin', 'x.onnx'],
    ['ko', 'onnx', 'onnx.bad_dims.bin', 'x.onnx'],
    ['en', 'keras', 'formats.checksum.bin', 'x.keras'],
    ['ko', 'keras', 'models.archive_member.bin', 'x.keras'],
    ['en', 'hdf5', 'formats.hdf5_damaged-tree.bin', 'x.h5'],
    ['ko', 'safetensors', 'formats.safetensors_dtype.bin', 'x.safetensors'],
  ] as const)(
    'in %s: a damaged file (%s/%s) is refused in that language, and the page lives on',
    async (language, reader, name, as) => {
      const { page, problems } = await open(language);
      const content = readFileSync(path.resolve(import.meta.dirname, '../fuzz/corpus', reader, name));
      await drop(page, [{ name: as, content }]);
      const said = (await page.textContent('.notice')) ?? '';
      expect(said).toContain('x.');
      expect(/[가-힣]/.test(said)).toBe(language === 'ko');
      expect(await page.$('.verdict')).toBeNull();
      await page.click('.pill >> nth=3');
      await settled(page);
      expect(await page.getAttribute('.verdict', 'data-verdict')).toBe('will-not-learn');
      expect(await page.$('.notice')).toBeNull();
      expect(problems).toEqual([]);
      await page.close();
    },
    60_000,
  );
});

/** The model with weights a thousand times too small. */
async function faintCopy(file: string): Promise<Buffer> {
  const subject = await openSubject(file);
  const values = new Map(
    [...subject.parameters].map(([name, { dims, data }]) => [
      name,
      tensor(
        'float32',
        dims,
        data.map((value) => value / 1000),
      ),
    ]),
  );
  const [written] = (await subject.rewrite?.(values)) ?? [];
  return Buffer.from(written.content as Uint8Array);
}

describe.skipIf(browser === null)('mending', () => {
  test('by keyboard: a chosen file is mended, taken along, and healthy when it is opened again', async () => {
    const { page, problems } = await open('en');
    const faint = await faintCopy(path.join(fixtures, 'doctor/mlp.onnx'));
    await page.setInputFiles('.drop input', {
      name: 'mlp.onnx',
      mimeType: 'application/octet-stream',
      buffer: faint,
    });
    await settled(page);
    await page.focus('button.primary');
    await page.keyboard.press('Enter');
    await settled(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('.buttons button >> nth=-1'),
    ]);
    expect(download.suggestedFilename()).toBe('mended-mlp.onnx');
    const file = await download.path();
    expect((await readFile(file)).length).toBeGreaterThan(1000);
    const mended = await openSubject(file);
    const before = await openSubject(path.join(fixtures, 'doctor/mlp.onnx'));
    expect(mended.layers.map(({ name }) => name)).toEqual(before.layers.map(({ name }) => name));
    expect(await page.textContent('.code >> nth=-1')).toContain('-o mended-mlp.onnx');
    expect(problems).toEqual([]);
    await page.close();
  }, 120_000);

  test('the command on the page repeats the examination', async () => {
    const { page } = await open('en');
    expect(await page.textContent('.code pre >> nth=-1')).toBe(
      "outset doctor 784-128x50-10:tanh --data 'mnist(train=10000,test=2000)' --start 'normal(std=0.05)'",
    );
    await page.close();
  });
});
