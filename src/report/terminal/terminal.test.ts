import { describe, expect, test } from 'vitest';
import { distribution, failedContestant, sampleRace, sampleStarts } from '../../../test/samples/race.ts';
import { costFigure } from '../figures/cost.ts';
import { gradientFigure } from '../figures/gradient.ts';
import { BrailleCanvas } from './braille-canvas.ts';
import {
  barChart,
  cutText,
  lineChart,
  padText,
  raceSummary,
  raceTable,
  sparkline,
  textWidth,
  wrapText,
} from './index.ts';

const race = sampleRace();
const plain = { language: 'en', width: 80, color: false } as const;

describe('text width', () => {
  test('Hangul takes two columns, however it is composed; colours and marks take none', () => {
    expect(textWidth('가중치 W')).toBe(8);
    expect(textWidth('가'.normalize('NFD'))).toBe(2);
    expect(textWidth('\u001b[38;5;32mA\u001b[39m')).toBe(1);
    expect(textWidth('⣿─●…')).toBe(4);
  });

  test('padding, cutting and wrapping count columns', () => {
    expect(padText('비용', 6)).toBe('비용  ');
    expect(padText('비용', 6, 'right')).toBe('  비용');
    expect(cutText('초기화 방식', 7)).toBe('초기화…');
    expect(wrapText('초기화 방식을 비교합니다', 13)).toEqual(['초기화 방식을', '비교합니다']);
    expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});

test('braille dots', () => {
  const canvas = new BrailleCanvas(2, 1);
  canvas.line(0, 0, 3, 3, 7);
  expect(canvas.cell(0, 0)).toEqual({ character: '⠑', owner: 7 });
  expect(canvas.cell(1, 0)).toEqual({ character: '⢄', owner: 7 });
  canvas.set(9, 9, 1);
  expect(new BrailleCanvas(1, 1).cell(0, 0)).toEqual({ character: ' ', owner: -1 });
});

describe('raceTable', () => {
  test('English, 120 columns', () => {
    expect(`\n${raceTable(race, { ...plain, width: 120 })}`).toMatchInlineSnapshot(`
      "
      start             first cost  cost, epoch 1  final cost  test accuracy %  gradient 1st/last  verdict
      ─────────────────────────────────────────────────────────────────────────────────────────────────────
      A zeros                 2.35           2.31        2.29     11.40 ± 0.03                  0  frozen
      B normal(std=1)          420           33.7           –                –                210  diverged
      C glorot-uniform        2.38          0.155     0.00678     97.90 ± 0.03               0.51  learns
      D he-normal             2.52          0.154     0.00591     98.08 ± 0.04                1.0  learns
      "
    `);
  });

  test('Korean, 80 columns: aligned although Hangul is wide', () => {
    const text = raceTable(race, { ...plain, language: 'ko' });
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
                          첫  1에폭     최종        테스트  그래디언트
      초기화            비용   비용     비용      정확도 %       첫/끝  판정
      ───────────────────────────────────────────────────────────────────────────
      A zeros           2.35   2.31     2.29  11.40 ± 0.03           0  변화 없음
      B normal(std=1)    420   33.7        –             –         210  발산
      C glorot-uniform  2.38  0.155  0.00678  97.90 ± 0.03        0.51  잘 학습됨
      D he-normal       2.52  0.154  0.00591  98.08 ± 0.04         1.0  잘 학습됨
      "
    `);
  });

  test('English, 60 columns: blocks with every number', () => {
    expect(`\n${raceTable(race, { ...plain, width: 60 })}`).toMatchInlineSnapshot(`
      "
      A zeros  frozen
        first cost 2.35   cost, epoch 1 2.31   final cost 2.29
        test accuracy % 11.40 ± 0.03   gradient 1st/last 0
      B normal(std=1)  diverged
        first cost 420   cost, epoch 1 33.7   final cost –
        test accuracy % –   gradient 1st/last 210
      C glorot-uniform  learns
        first cost 2.38   cost, epoch 1 0.155   final cost 0.00678
        test accuracy % 97.90 ± 0.03   gradient 1st/last 0.51
      D he-normal  learns
        first cost 2.52   cost, epoch 1 0.154   final cost 0.00591
        test accuracy % 98.08 ± 0.04   gradient 1st/last 1.0
      "
    `);
  });
});

describe('lineChart', () => {
  test('English, 60 columns, letters instead of colours', () => {
    expect(`\n${lineChart(costFigure(race), { ...plain, width: 60, height: 10 })}`).toMatchInlineSnapshot(`
      "
      Cost while training
      cost (softmax cross-entropy)
           │⡆
       100 ┤⠘⢄⡀
           │  ⠙⠔⢄⣀B⡀
           │     ⠈⠉⠙⠛⠷⠣⠶⠴⢦⢤⣤⣤⣤⣄⣄⣀⡀⣀⡀⣀
           │⡖⡴A⠔⠒⠶⠔⡤⠔⠶⠴⠦⠶⠲⠤⠦⠔⠢A⠞⠜⠽B⠞⠿⢻⠟⠟⠛⠻⠻⠟⠤⠶A⠶⠔⠔⠶⢶⠦⠖⠲⠲⠴⠖⠶⠶⠴⠶A AB
         1 ┤⠱⡀
           │ ⠹⣦⡀
           │  ⠈⠉⠓⠳⠶⡤⣄⣄C⡀
      0.01 ┤        ⠁⠈⠉⠉⠛⠻D⠷⠾⠳⠶⡤⢶⢦⣦⢤⣤⣄C⣀⣀⣀⣀⢀⣀⣀⣀ ⡀
           │                         ⠈ ⠈⠉⠈D⠉⠙⠉⠉⠋⠉⠋⠛⠛⠚⠛C⠛⠛⠻D⠟⠒⠦⠲ CD
           └┬────────────────────┬────────────────────┬────────
            0                   100                  200
                                                        updates
       A zeros  B normal(std=1)  C glorot-uniform  D he-normal
      "
    `);
  });

  test('zeros lie in a row of their own', () => {
    const [first, ...rest] = race.contestants.slice(0, 4);
    const zero = {
      ...first,
      history: { ...first.history, stepLosses: first.history.stepLosses.map(() => 0) },
    };
    const text = lineChart(costFigure({ ...race, contestants: [zero, ...rest] }), { ...plain, color: true });
    expect(text).toMatch(/\n +0 ┤.*A/);
  });

  test('curves end at their letter; a start without values is in brackets', () => {
    const contestants = [...race.contestants, failedContestant('orthogonal', 0, 'cannot')];
    const text = lineChart(costFigure({ ...race, contestants }), plain);
    expect(text).toContain('(E orthogonal)');
    expect(text).toMatch(/ CD?$/m);
  });
});

describe('width, colour and language', () => {
  const big = sampleRace({ starts: sampleStarts, epochs: 3, steps: 200 });
  for (const language of ['en', 'ko'] as const) {
    for (const width of [40, 60, 80, 120, 200]) {
      test(`no line of the ${language} summary is wider than ${width}`, () => {
        for (const color of [false, true]) {
          const text =
            raceSummary(big, { language, width, color }) +
            barChart(gradientFigure(big), { language, width, color });
          expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(width);
          expect(text).not.toMatch(/undefined|NaN(?! or|이나| 또는)|null|Infinity/);
          expect(text.includes('\u001b')).toBe(color);
        }
      });
    }
  }

  test('a name cannot steer the terminal', () => {
    const start = 'evil\u001b[2J\u0007name';
    const contestants = race.contestants.map((one) => ({
      ...one,
      start: one.start === 'zeros' ? start : one.start,
    }));
    const text = raceSummary({ ...race, spec: { ...race.spec, starts: [start] }, contestants }, plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
    expect(text).not.toMatch(/[\u0007\u001b]/);
  });
});

test('gradient bars and sparkline', () => {
  expect(`\n${barChart(gradientFigure(race), { ...plain, width: 60 })}`).toMatchInlineSnapshot(`
    "
    Gradient that reaches layer 1, step 0
    A zeros          ●  ··························· 0
    B normal(std=1)  ┆  ·························●· 210
    C glorot-uniform ┆  ·●························· 0.51
    D he-normal      ┆  ···─●······················ 1.0
                     0     1        10       100
    "
  `);
  expect(sparkline(distribution(1, { zero: 0.5 }), 12)).toMatchInlineSnapshot(`"−3 ▁▁▂▄▆██▆▄▂▁▁ 3  0: 50 %"`);
});
