/**
 * docs/conformance.md: it is what its numbers give, Outset's numbers are those of this code, and each defect that the page
 * speaks of is in the numbers. Where torch is installed (OUTSET_PYTHON), it is measured again.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { conformancePage, isAsAsked } from '../scripts/conformance/page.ts';
import { type ConformanceRun, outsetStd, type PeerReport } from '../scripts/conformance/rows.ts';

const root = path.resolve(import.meta.dirname, '..');
const run: ConformanceRun = JSON.parse(readFileSync(path.join(root, 'docs/conformance.json'), 'utf8'));
const rowsOf = (framework: string) =>
  run.reports.find((report) => report.framework === framework)?.rows ?? expect.fail(framework);
const variance = (framework: string, call: string) => {
  const row = rowsOf(framework).find((one) => one.call.startsWith(call));
  if (row === undefined) return expect.fail(call);
  return (row.got / row.asked) ** 2;
};

test('the page is what the numbers give', () => {
  expect(readFileSync(path.join(root, 'docs/conformance.md'), 'utf8')).toBe(conformancePage(run));
});

test.each(['PyTorch', 'Keras', 'JAX, Flax', 'TensorFlow', 'TensorFlow.js'])('%s is measured', (framework) => {
  expect(rowsOf(framework).length).toBeGreaterThan(5);
  for (const row of rowsOf(framework)) expect(row.samples).toBeGreaterThanOrEqual(1e6);
});

describe('Outset', () => {
  const rows = run.reports.flatMap((report) => report.rows);
  const distinct = [
    ...new Map(rows.map((row) => [`${row.rule} ${row.dims} ${JSON.stringify(row.layout)}`, row])).values(),
  ];

  test.each(distinct.filter(({ rule }) => rule !== 'orthogonal'))(
    '$rule $dims: as asked, now and in the file',
    (row) => {
      const now = outsetStd(row);
      expect(Math.abs(now / row.outset - 1)).toBeLessThan(1e-6);
      expect(isAsAsked(row, now)).toBe(true);
    },
  );

  test('orthogonal is as asked in the file (a QR decomposition of 1000 x 1000 takes seconds)', () => {
    for (const row of rows.filter(({ rule }) => rule === 'orthogonal')) {
      expect(row.outset / row.asked).toBeCloseTo(1, 6);
    }
  });
});

describe('defects', () => {
  // 5.5 standard errors of a variance ratio from a million numbers: 0.008.
  test.each(['glorotNormal', 'heNormal', 'leCunNormal', 'layers.dense'])(
    'TensorFlow.js %s: 0.774',
    (call) => {
      expect(Math.abs(variance('TensorFlow.js', call) - 0.7737413)).toBeLessThan(0.008 * 0.7737413);
    },
  );

  test('Keras, JAX and TensorFlow keep what TensorFlow.js loses', () => {
    for (const [framework, call] of [
      ['Keras', 'GlorotNormal'],
      ['JAX, Flax', 'glorot_normal'],
      ['TensorFlow', 'compat.v1.glorot_normal'],
    ]) {
      expect(Math.abs(variance(framework, call) - 1)).toBeLessThan(0.008);
    }
  });

  test('TensorFlow.js: seed 0 is no seed, and 0 no lower bound', () => {
    const facts = run.reports.find(({ framework }) => framework === 'TensorFlow.js')?.facts;
    expect(facts?.seedZeroRepeats).toMatchObject({
      glorotUniform: true,
      glorotNormal: false,
      heNormal: false,
    });
    expect(facts?.seedOneRepeats).toMatchObject({ glorotNormal: true, heNormal: true });
    expect(facts?.uniformFromZeroLeast).toBeLessThan(0);
  });

  test("PyTorch's trunc_normal_ with std 0.02 is not cut; Outset's is", () => {
    const row = rowsOf('PyTorch').find(({ call }) => call.includes('trunc_normal_(w, std=0.02)'));
    expect(row?.largest).toBeGreaterThan(4);
  });

  test('fan_out of grouped convolutions: 8 times too large in PyTorch and Flax', () => {
    expect(Math.abs(variance('PyTorch', "init.kaiming_normal_(w, mode='fan_out'), 8") - 1 / 8)).toBeLessThan(
      0.001,
    );
    expect(Math.abs(variance('JAX, Flax', 'flax Conv, 8 groups') - 1 / 8)).toBeLessThan(0.001);
    expect(variance('Keras', 'DepthwiseConv2D')).toBeLessThan(1e-4);
  });
});

const python = process.env.OUTSET_PYTHON;
test.skipIf(python === undefined)(
  'PyTorch, measured again: as in the file, within what chance allows',
  () => {
    const result = spawnSync(python ?? '', [path.join(root, 'scripts/conformance/torch_rows.py')], {
      encoding: 'utf8',
    });
    if (/ModuleNotFoundError/.test(result.stderr)) return;
    const report = JSON.parse(result.stdout) as PeerReport;
    for (const row of rowsOf('PyTorch')) {
      const again = report.rows.find(({ call }) => call === row.call);
      const ratio = ((again?.got ?? 0) / row.got) ** 2;
      expect(Math.abs(ratio - 1)).toBeLessThan(5.5 * Math.sqrt(4 / row.samples));
    }
  },
);
