import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { failedContestant, sampleRace, sampleStarts } from '../../test/samples/race.ts';
import { languages } from '../messages/define.ts';
import { issueText } from '../messages/error.ts';
import { raceReport, raceSummary, raceSvg } from './index.ts';
import { histogramSvg } from './svg/histogram-svg.ts';
import { placeLabels } from './svg/place-labels.ts';

const race = sampleRace();
const full = { ...race, contestants: [...race.contestants, failedContestant('orthogonal', 0, 'cannot')] };
const html = raceReport(full, { language: 'en' });
const { document } = parseHTML(html);

describe('raceReport', () => {
  test('loads nothing and forbids it', () => {
    const policy = document
      .querySelector('meta[http-equiv="Content-Security-Policy"]')
      ?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    const outside = html
      .replaceAll(/http:\/\/www\.w3\.org\/[a-z0-9/]+/g, '')
      .match(/https?:|url\((?!#)|@import|src=/);
    expect(outside).toBeNull();
    expect(
      [...document.querySelectorAll('[href]')].map((one) => one.getAttribute('href')?.[0]),
    ).not.toContain('/');
  });

  test('no value leaks as undefined, NaN or null', () => {
    for (const one of document.querySelectorAll('script,style')) one.remove();
    const text = document.documentElement.outerHTML.replaceAll(
      /NaN (?:or infinity|또는 무한대)|NaN이나 무한대|NaN·Inf|NaN\/∞|NaN or/g,
      '',
    );
    expect(text).not.toMatch(/undefined|NaN|\bnull\b|Infinity|\[object/);
  });

  test('every text exists in all languages', () => {
    const count = (language: string) => document.querySelectorAll(`.lang-${language}`).length;
    expect(count('en')).toBeGreaterThan(150);
    expect(languages.map(count)).toEqual(languages.map(() => count('en')));
    for (const one of document.querySelectorAll('.lang-ko')) expect(one.textContent?.trim()).not.toBe('');
  });

  test('every figure has a picture with name and description, a summary and a table', () => {
    const figures = [...document.querySelectorAll('figure')];
    expect(figures.map(({ id }) => id)).toEqual([
      'cost',
      'test',
      'test-close',
      'gradient',
      ...['weights', 'preActivations', 'activations', 'gradients'].flatMap((name) => [
        `depth-${name}-start`,
        `depth-${name}-end`,
      ]),
      ...['weights', 'preActivations', 'activations', 'gradients'].map((name) => `histograms-${name}`),
    ]);
    for (const figure of figures) {
      expect(figure.querySelector('figcaption p')?.textContent).toBeTruthy();
      expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(1);
      for (const svg of figure.querySelectorAll('svg.chart')) {
        expect(svg.getAttribute('role')).toBe('img');
        const ids = svg.getAttribute('aria-labelledby')?.split(' ') ?? [];
        for (const id of ids) expect(document.getElementById(id)?.textContent).toBeTruthy();
        expect(ids).toHaveLength(2);
      }
      for (const svg of figure.querySelectorAll('svg.histogram'))
        expect(svg.getAttribute('aria-label')).toMatch(/^σ /);
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the table says how every start fared; command, versions and seeds are there', () => {
    const rows = [...document.querySelectorAll('table.results tbody tr')].map((row) => row.textContent ?? '');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toContain('frozen');
    expect(rows[1]).toContain('stopped at update 150');
    expect(rows[4]).toContain('cannot');
    expect(document.getElementById('command')?.textContent).toBe(race.command);
    expect(document.querySelector('dl')?.textContent).toContain('node 20.20.2');
  });

  test('opens in the language asked for', () => {
    const { document: korean } = parseHTML(raceReport(race, { language: 'ko' }));
    expect(korean.documentElement.getAttribute('lang')).toBe('ko');
    expect(korean.querySelector('#language-ko')?.hasAttribute('checked')).toBe(true);
    expect(korean.querySelector('svg.chart title')?.textContent).toBe('학습 중 비용');
  });

  test('names from outside are text, not markup', () => {
    const evil = `<img src=x onerror="alert('1')">&amp;`;
    const rename = (name: string) => (name === 'zeros' ? evil : name);
    const hostile = {
      ...race,
      networkTitle: evil,
      command: evil,
      dataset: { ...race.dataset, name: evil, description: evil, classes: [evil, 'b'] },
      spec: { ...race.spec, starts: race.spec.starts.map(rename) },
      contestants: [
        ...race.contestants.map((one) => ({
          ...one,
          start: rename(one.start),
          traces: one.traces.map((trace) => ({
            ...trace,
            layers: trace.layers.map((layer) => ({ ...layer, name: `${evil}${layer.name}` })),
          })),
        })),
        failedContestant('</script><script>alert(2)</script>', 0, evil),
      ],
    };
    const { document: page } = parseHTML(raceReport(hostile, { language: 'en' }));
    expect(page.querySelectorAll('img')).toHaveLength(0);
    expect(page.querySelectorAll('script')).toHaveLength(1);
    expect(page.getElementById('command')?.textContent).toBe(evil);
    expect(raceSvg(hostile, { language: 'en' })).not.toContain('<img');
  });

  test('refuses what is not the result of a race', () => {
    const other = { ...race, version: 2 } as unknown as typeof race;
    for (const draw of [
      () => raceReport(other, { language: 'en' }),
      () => raceSvg(other, { language: 'en' }),
      () => raceSummary(other, { language: 'en', width: 80, color: false }),
    ]) {
      expect(draw).toThrow(
        expect.objectContaining({
          code: 'report.not_a_race',
          details: { format: 'outset-race', version: '2' },
        }),
      );
    }
    for (const language of languages) {
      const text = issueText('report.not_a_race', { format: 'x', version: '2' }, language);
      expect(text).toContain('outset-race');
      expect(text).not.toContain('undefined');
    }
  });

  test('the same result gives the same text', () => {
    expect(raceReport(full, { language: 'en' }) === html).toBe(true);
  });

  test('ten starts, three seeds and fifteen epochs stay under 1.5 MB', () => {
    const big = sampleRace({ starts: sampleStarts, epochs: 15, steps: 600 });
    expect(Buffer.byteLength(raceReport(big, { language: 'en' }))).toBeLessThan(1_500_000);
  });

  test('a race without traces, with one seed and one epoch', () => {
    const bare = sampleRace({ epochs: 1, seeds: 1 });
    const page = raceReport(
      { ...bare, contestants: bare.contestants.map((one) => ({ ...one, traces: [] })) },
      { language: 'en' },
    );
    expect(page).not.toContain('id="depth"');
    expect(page).toContain('id="cost"');
  });
});

describe('pictures', () => {
  test('every curve is drawn and named; a zero is labelled on its rail', () => {
    const svg = document.querySelector('#gradient .wide svg');
    const texts = [...(svg?.querySelectorAll('text') ?? [])].map((one) => one.textContent);
    for (const { start } of race.contestants) expect(texts).toContain(start);
    const ticks = svg?.querySelector('[aria-label="x-axis tick label"]');
    expect([...(ticks?.querySelectorAll('text') ?? [])].map((one) => one.textContent)[0]).toBe('0');
  });

  test('the README picture is a document of its own in one language', () => {
    const svg = raceSvg(race, { language: 'ko' });
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg /);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).toContain('비용 (소프트맥스 교차 엔트로피)');
    expect(svg).not.toContain('softmax cross-entropy');
  });

  test('labels keep their order and do not overlap', () => {
    const placed = placeLabels([100, 101, 99, 300, 5], 15, [10, 310]);
    const sorted = [...placed].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++)
      expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(15 - 1e-9);
    expect(placed).toEqual([100, 115, 85, 300, 10]);
    const crowded = placeLabels(
      Array.from({ length: 50 }, () => 20),
      15,
      [10, 100],
    );
    expect(Math.min(...crowded)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...crowded)).toBeLessThanOrEqual(100 + 1e-9);
    expect(placeLabels([], 15, [0, 1])).toEqual([]);
  });

  test('a histogram of equal values is one bar and its share of zeros', () => {
    const trace = race.contestants[0].traces[0].layers[0];
    expect(histogramSvg(trace.weights)).toContain('0: 100.0 %');
    expect(histogramSvg(race.contestants[3].traces[0].layers[0].weights).match(/M\d/g)?.length).toBe(25);
  });
});
