import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sampleDiagnosis } from '../../../test/support/sample-diagnosis.ts';
import { textWidth } from '../terminal/text-width.ts';
import { depthFigure } from './depth-figures.ts';
import { foldLayersTo } from './layer-ranges.ts';
import { layerValues } from './layer-values.ts';
import { doctorReport } from './report.ts';
import type { DoctorReportData } from './report-data.ts';
import { doctorScreen } from './screen.ts';

const languages = ['en', 'ko'] as const;

function reportOf(depth: number, factor: number): DoctorReportData {
  const diagnosis = sampleDiagnosis(depth, factor);
  const prescription = diagnosis.findings[0]?.prescription ?? null;
  return {
    format: 'outset-diagnosis',
    version: 1,
    outsetVersion: '0.0.0',
    createdAt: '2026-11-25T00:00:00.000Z',
    command: 'outset doctor model.onnx',
    data: 'noise',
    diagnosis,
    fix:
      prescription === null
        ? null
        : { prescriptions: [prescription], after: sampleDiagnosis(depth, 1), file: 'mended.onnx' },
  };
}

describe('the screen', () => {
  test.each(
    [1, 2, 5, 50, 200, 1000].flatMap((depth) =>
      languages.flatMap((language) => [0.7, 1].map((factor) => [depth, language, factor] as const)),
    ),
  )('%i layers, %s, factor %d: at most 40 lines, none wider than the terminal', (depth, language, factor) => {
    const text = doctorScreen(sampleDiagnosis(Math.max(3, depth), factor), {
      language,
      width: 100,
      color: false,
    });
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(100);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(text).not.toContain(String.fromCharCode(27));
    expect(lines[1]).toMatch(factor === 1 ? /^✓/ : /^✗/);
  });

  test('many findings: the worst are shown, the rest are counted', () => {
    const one = sampleDiagnosis(50, 0.7);
    const findings = Array.from({ length: 30 }, (_, i) => one.findings[i % 3]);
    const text = doctorScreen({ ...one, findings }, { language: 'en', width: 100, color: false });
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(text).toMatch(/and \d+ more/);
  });

  test('colours only where they are asked for; names cannot steer the terminal', () => {
    const one = sampleDiagnosis(5, 0.7);
    const evil = { ...one, subject: { ...one.subject, title: 'a\u001b[2Jb' } };
    expect(doctorScreen(evil, { language: 'en', width: 80, color: false })).not.toContain('\u001b');
    expect(doctorScreen(one, { language: 'en', width: 80, color: true })).toContain('\u001b[');
  });

  test('the weights alone: no chart, and it is said', () => {
    const one = sampleDiagnosis(5, 1);
    const layers = one.measurement.layers.map((layer) => ({
      ...layer,
      preActivations: null,
      activations: null,
      gradients: null,
      deadUnits: null,
      correlation: null,
    }));
    const text = doctorScreen(
      { ...one, prediction: null, measurement: { ...one.measurement, layers } },
      { language: 'en', width: 100, color: false },
    );
    expect(text).toContain('only the weights were examined');
    expect(text).not.toContain('log scale');
  });
});

describe('folding', () => {
  test('never more lines than asked for, and every layer in one of them', () => {
    const layers = layerValues(sampleDiagnosis(200, 0.7));
    for (const most of [1, 2, 3, 10]) {
      const ranges = foldLayersTo(layers, most);
      expect(ranges.length).toBeLessThanOrEqual(most);
      expect(ranges.flatMap((range) => range.layers)).toEqual(layers);
    }
  });
});

describe('the figure against depth', () => {
  test('holds what was measured and predicted, and the band of two deviations', () => {
    const { table } = depthFigure(sampleDiagnosis(4, 0.5), 'backward');
    const [first] = table.rows;
    expect(first[1]).toBeCloseTo(0.125, 12);
    expect(first[2]).toBeCloseTo(0.125, 12);
    // log10Std of the mean square is 0.03 here, of its root 0.015; two of them are a factor 10^0.03.
    expect(first[4]).toBeCloseTo(0.125 * 10 ** 0.03, 12);
  });
});

describe.each(languages)('the page in %s', (language) => {
  const html = doctorReport(reportOf(200, 0.9), { language });
  const { document } = parseHTML(html);

  test('loads nothing and has a policy', () => {
    expect(html).toContain("default-src 'none'");
    expect(html.match(/(?:src|href)="(?!#|data:)[^"]*"/g)).toBeNull();
    expect(html).not.toMatch(/undefined|NaN|\[object/);
    expect(html.length).toBeLessThan(2_000_000);
  });

  test('says everything in both languages', () => {
    const inEnglish = document.querySelectorAll('.lang-en').length;
    expect(inEnglish).toBeGreaterThan(60);
    expect(document.querySelectorAll('.lang-ko').length).toBe(inEnglish);
    expect(document.documentElement.getAttribute('lang')).toBe(language);
  });

  test('findings, figures with numbers, graph, change, code of five frameworks, provenance', () => {
    expect(document.querySelectorAll('.finding').length).toBe(3);
    expect(document.querySelectorAll('#graph rect').length).toBe(200);
    expect(document.querySelectorAll('details.code').length).toBe(5);
    expect(document.querySelectorAll('#signal figure table tbody tr').length).toBe(400);
    expect(document.querySelectorAll('#fix table tbody tr').length).toBe(6);
    expect(document.querySelector('#provenance td')?.textContent).toBeDefined();
    expect(html).toContain('torch');
    const links = [...document.querySelectorAll('a[href^="#"]')].map(
      (link) => link.getAttribute('href') ?? '',
    );
    for (const link of new Set(links)) expect(document.querySelector(link), link).not.toBeNull();
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names from outside are text', () => {
    const data = reportOf(3, 0.9);
    const evil = '<script>alert(1)</script>';
    const subject = { ...data.diagnosis.subject, title: evil };
    const page = doctorReport({ ...data, diagnosis: { ...data.diagnosis, subject } }, { language });
    expect(page).not.toContain(evil);
  });
});

test('another file is refused', () => {
  expect(() => doctorReport({ format: 'outset-race' } as never, { language: 'en' })).toThrow(
    expect.objectContaining({ code: 'report.not_a_diagnosis' }),
  );
});
