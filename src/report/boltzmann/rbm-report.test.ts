import { decode } from 'fast-png';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { languages } from '../../messages/define.ts';
import { activityPicture } from './activity-picture.ts';
import { energyFigure } from './energy-figure.ts';
import { layerPictures } from './layer-pictures.ts';
import { rbmReport } from './rbm-report.ts';
import type { LayerReport, RbmReportData } from './rbm-report-data.ts';
import { spectrumFigure } from './spectrum-figure.ts';

const wave = (length: number, phase = 0) =>
  Float32Array.from({ length }, (_, i) => (1 + Math.sin(i * 1.7 + phase)) / 2);
const images = (count: number) => Array.from({ length: count }, (_, i) => wave(16, i));

const layer: LayerReport = {
  visible: { en: '16 Bernoulli units', ko: '베르누이 유닛 16개' },
  hidden: '5',
  training: [[{ en: 'rate', ko: '학습률' }, '0.05']],
  history: [0, 1, 2].map((epoch) => ({
    epoch,
    reconstructionError: epoch === 0 ? null : 3 / epoch,
    freeEnergyGap: 0.1 * epoch,
    hiddenActivity: 0.3,
    testLogLikelihood: { value: -10 + epoch, low: -11 + epoch, high: null },
  })),
  judgement: [
    {
      quantity: 'test-log-likelihood',
      method: 'ais',
      standing: 'upper-bound',
      value: -86.344,
      interval: { low: null, high: -85.7, sigmas: 3 },
      convention: 'sampled',
      examples: 10000,
      warnings: ['few-effective-runs'],
    },
    {
      quantity: 'log-partition',
      method: 'ais',
      standing: 'lower-bound',
      value: 451.28,
      interval: null,
      convention: null,
      examples: null,
      warnings: [],
    },
  ],
  filters: { shape: [4, 4], images: images(5) },
  reconstructions: { shape: [4, 4], originals: images(3), reconstructions: images(3) },
  hiddenActivity: { cases: 4, units: 5, values: wave(20), scale: 'probability' },
  freeEnergies: { train: wave(50), test: wave(40, 1), samples: wave(30, 2) },
  chains: { shape: [4, 4], columns: ['0', '10'], rows: [{ name: '1', images: images(2) }] },
  spectrum: { before: [1, 0.5], after: [2, 0.1] },
};
const data: RbmReportData = {
  format: 'outset-rbm-report',
  version: 1,
  model: '16-5',
  dataset: { name: 'waves', description: '', train: 50, test: 40 },
  layers: [layer, { ...layer, filters: { shape: null, images: images(2) } }],
  dreams: { shape: [4, 4], rows: [{ name: '7', images: images(3) }] },
  command: 'outset rbm waves',
  facts: [['seed', '1']],
  outsetVersion: '0.1.0',
  createdAt: '2026-11-25',
  seconds: 3,
};
const html = rbmReport(data, { language: 'en' });
const { document } = parseHTML(html);

describe('rbmReport', () => {
  test('loads nothing: pictures are inside', () => {
    const outside = html
      .replaceAll(/http:\/\/www\.w3\.org\/[a-z0-9/]+/g, '')
      .match(/https?:|url\((?!#)|@import/);
    expect(outside).toBeNull();
    const sources = [...document.querySelectorAll('img')].map((one) => one.getAttribute('src') ?? '');
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.every((source) => source.startsWith('data:image/png;base64,'))).toBe(true);
  });

  test('every figure of every layer is there, under its own id', () => {
    const ids = [...document.querySelectorAll('figure')].map(({ id }) => id);
    const kinds =
      'judgement,likelihood,filters,reconstructions,chains,activity,gap,error,energies,spectrum'.split(',');
    expect(ids).toEqual([
      'dreams-pictures',
      ...[1, 2].flatMap((number) => kinds.map((kind) => `layer-${number}-${kind}`)),
    ]);
    const all = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });

  test('a number comes with interval, standing, method, data and warning', () => {
    const [row, warning, partition] = [...document.querySelectorAll('#layer-1-judgement tbody tr')].map(
      (one) => one.textContent ?? '',
    );
    for (const part of [
      '−86.34',
      '−∞ … −85.70 (±3 σ)',
      'upper bound (optimistic)',
      'annealed',
      'once',
      '10,000',
    ]) {
      expect(row).toContain(part);
    }
    expect(warning).toContain('more temperatures');
    expect(partition).toContain('lower bound');
    expect(partition).not.toContain('conservative');
  });

  test('every text exists in all languages, and no value leaks', () => {
    const count = (language: string) => document.querySelectorAll(`.lang-${language}`).length;
    expect(languages.map(count)).toEqual(languages.map(() => count('en')));
    expect(count('en')).toBeGreaterThan(80);
    const page = parseHTML(html).document;
    for (const one of page.querySelectorAll('script,style,img')) one.remove();
    expect(page.documentElement.outerHTML).not.toMatch(/undefined|NaN|\bnull\b|Infinity|\[object/);
    for (const one of document.querySelectorAll('img')) expect(one.getAttribute('alt')).toBeTruthy();
  });

  test('names from outside are text, not markup', () => {
    const evil = `<img src=x onerror="alert('1')">`;
    const hostile: RbmReportData = {
      ...data,
      model: evil,
      command: evil,
      facts: [[evil, evil]],
      dataset: { ...data.dataset, name: evil, description: evil },
      layers: [{ ...layer, visible: evil, hidden: evil, training: [[evil, evil]] }],
      dreams: { shape: [4, 4], rows: [{ name: evil, images: images(1) }] },
    };
    const page = parseHTML(rbmReport(hostile, { language: 'ko' })).document;
    expect([...page.querySelectorAll('img')].filter((one) => one.getAttribute('src') === 'x')).toHaveLength(
      0,
    );
    expect(page.documentElement.getAttribute('lang')).toBe('ko');
  });

  test('what is absent is left out', () => {
    const bare: LayerReport = { visible: '2', hidden: '1', training: [], history: [], judgement: [] };
    const page = parseHTML(
      rbmReport({ ...data, layers: [bare], dreams: undefined }, { language: 'en' }),
    ).document;
    expect(page.querySelectorAll('figure')).toHaveLength(0);
    expect(page.getElementById('command')?.textContent).toBe('outset rbm waves');
  });

  test('refuses other data', () => {
    const other = { ...data, version: 2 } as unknown as RbmReportData;
    expect(() => rbmReport(other, { language: 'en' })).toThrow(
      expect.objectContaining({ code: 'report.not_a_machine' }),
    );
  });
});

describe('layerPictures', () => {
  test('every picture is a file of its own', () => {
    const files = layerPictures(layer, { language: 'ko' });
    expect([...files.keys()].sort()).toEqual(
      [
        ...['filters', 'reconstructions', 'activity', 'chains'].map((name) => `${name}.png`),
        ...['likelihood', 'gap', 'error', 'spectrum', 'energies'].map((name) => `${name}.svg`),
      ].sort(),
    );
    for (const [name, content] of files) {
      if (typeof content === 'string') {
        expect(content).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg /);
        expect(content).not.toMatch(/NaN|undefined|training</);
      } else {
        expect(`${name}: ${decode(content).channels}`).toBe(`${name}: 4`);
      }
    }
    const bare: LayerReport = { visible: '2', hidden: '1', training: [], history: [], judgement: [] };
    expect(layerPictures(bare, { language: 'en' }).size).toBe(0);
  });
});

describe('figures of a machine', () => {
  test('dead and saturated units are counted, also among spins; a constant real unit is dead', () => {
    const values = [0.01, 0.99, 0.5, 0.04, 0.96, 0.01];
    const picture = activityPicture({ cases: 2, units: 3, values, scale: 'probability' });
    expect([picture.dead, picture.saturated]).toEqual([1, 1]);
    const spins = activityPicture({
      cases: 2,
      units: 3,
      values: values.map((p) => 2 * p - 1),
      scale: 'spin',
    });
    expect(spins.pixels.data).toEqual(picture.pixels.data);
    const real = activityPicture({ cases: 2, units: 2, values: [3, 0, 3, 5], scale: 'real' });
    expect([real.dead, real.saturated]).toEqual([1, 0]);
    expect(() => activityPicture({ cases: 2, units: 2, values: [1], scale: 'real' })).toThrow(
      expect.objectContaining({ code: 'report.bad_images' }),
    );
  });

  test('shares of free energies sum to one, outliers included; means are those of all cases', () => {
    const train = [...wave(200), 1e6];
    const figure = energyFigure({ train, samples: [] }, 'energies');
    expect(figure?.sets).toHaveLength(1);
    expect(figure?.sets[0].shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    expect(figure?.x.domain[1]).toBeLessThan(2);
    expect(figure?.table.rows[0][2]).toBeCloseTo(train.reduce((sum, one) => sum + one, 0) / 201, 6);
    expect(energyFigure({ train: [Number.NaN] }, 'energies')).toBeNull();
    const constant = energyFigure({ train: [1, 1] }, 'energies');
    expect(constant?.sets[0].shares.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  test('the spectrum lists few ranks of many', () => {
    const { table } = spectrumFigure(
      { after: Float64Array.from({ length: 500 }, (_, i) => 500 - i) },
      'spectrum',
    );
    expect(table.rows.length).toBeLessThan(50);
    expect(table.rows.at(-1)).toEqual([500, 1]);
  });
});
