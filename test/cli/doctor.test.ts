import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import { readSafetensors, writeSafetensors } from '../../src/formats/index.ts';
import { eventsOf, runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('doctor');
afterAll(remove);

const file = (name: string) => path.join(folder, name);
const fixtures = path.resolve(import.meta.dirname, '../fixtures/models');
const sick = ['doctor', '16-32x6-4:relu', '--start', 'normal(std=0.001)', '--batch', '64'];
const good = ['doctor', '16-32x6-4:relu', '--start', 'he-normal', '--batch', '64'];
const slow = 60_000;

describe('outset doctor', () => {
  test(
    'a sick network: verdict, finding, exit code, fix, report, events; the mended file is examined again',
    async () => {
      const mended = file('mended.safetensors');
      const out = file('out');
      const args = [...sick, '-o', mended, '--out', out, '--json', '--fail-on', 'error'];
      const run = await runOutset(args);
      expect(run.stderr).toMatch(/mended\.safetensors/);
      expect(run.code).toBe(1);
      const [event] = eventsOf(run) as unknown as [{ diagnosis: Diagnosis; fix: { after: Diagnosis } }];
      expect(event).toMatchObject({ event: 'diagnosis', format: 'outset-diagnosis', version: 1 });
      expect(event.diagnosis.subject.layers.length).toBe(7);
      expect(event.diagnosis.findings[0].severity).toBe('error');
      expect(event.fix.after.verdict.probability).toBeGreaterThan(event.diagnosis.verdict.probability);
      expect(readSafetensors(readFileSync(mended)).tensors.size).toBe(14);
      const stored = JSON.parse(readFileSync(path.join(out, 'diagnosis.json'), 'utf8'));
      expect(stored.diagnosis).toEqual(event.diagnosis);
      expect(readFileSync(path.join(out, 'report.html'), 'utf8')).toContain('<!doctype html>');
      expect(existsSync(path.join(out, 'tensorboard/before'))).toBe(true);
      expect(existsSync(path.join(out, 'tensorboard/after'))).toBe(true);

      const again = await runOutset([
        'doctor',
        mended,
        '--network',
        '16-32x6-4:relu',
        '--batch',
        '64',
        '--json',
      ]);
      const [second] = eventsOf(again) as unknown as [{ diagnosis: Diagnosis; fix: { after: Diagnosis } }];
      const codes = second.diagnosis.findings.map(({ code }) => code);
      expect(codes).not.toContain('forward-vanishing');
    },
    slow,
  );

  test.each(['en', 'ko'])(
    'a good network in %s: no error, code 0',
    async (language) => {
      const run = await runOutset([...good, '--fail-on', 'error', '--lang', language]);
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(language === 'ko' ? /학습/ : /learn/);
      expect(run.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    },
    slow,
  );

  test(
    '200 layers fit one screen',
    async () => {
      const run = await runOutset([
        'doctor',
        '16-16x200-4:tanh',
        '--start',
        'glorot-uniform',
        '--batch',
        '32',
      ]);
      expect(run.code).toBe(0);
      expect(run.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    },
    slow,
  );

  test(
    'weights that are not numbers get a finding, not a stack trace',
    async () => {
      const weights = file('nan.safetensors');
      const first = await runOutset([...sick, '-o', weights]);
      expect(first.code).toBe(0);
      const tensors = new Map(readSafetensors(readFileSync(weights)).tensors);
      const name = [...tensors.keys()].find((one) => one.endsWith('.weight')) as string;
      (tensors.get(name)?.data as Float32Array)[0] = Number.NaN;
      writeFileSync(weights, writeSafetensors(tensors));
      const run = await runOutset([
        'doctor',
        weights,
        '--network',
        '16-32x6-4:relu',
        '--json',
        '--batch',
        '32',
      ]);
      expect(run.stderr).not.toMatch(/\n\s+at /);
      const [event] = eventsOf(run) as unknown as [{ diagnosis: Diagnosis; fix: { after: Diagnosis } }];
      const codes = event.diagnosis.findings.map(({ code }) => code);
      expect(codes).toContain('not-finite');
    },
    slow,
  );

  test(
    '--full measures Jacobians, tangent kernel and spectra of a small network',
    async () => {
      const run = await runOutset([
        'doctor',
        '6-8x3-4:tanh',
        '--start',
        'glorot-uniform',
        '--full',
        '--json',
      ]);
      expect(run.code).toBe(0);
      const [{ diagnosis }] = eventsOf(run) as unknown as [{ diagnosis: Diagnosis }];
      const { jacobian, tangentKernel, layers, skipped } = diagnosis.measurement;
      expect(jacobian?.largest).toBeGreaterThan(0);
      expect(tangentKernel?.condition).toBeGreaterThan(1);
      for (const { spectrum } of layers) expect(spectrum?.largest).toBeGreaterThan(0);
      for (const { jacobian: own } of layers.slice(1)) expect(own?.largest).toBeGreaterThan(0);
      // Noise has no answers, so there is no loss whose curvature could be measured.
      expect(skipped).toEqual([{ quantity: 'sharpness', because: 'no-loss' }]);
    },
    slow,
  );

  test(
    'Ctrl-C during --full: a sentence, code 130, and no file',
    async () => {
      const mended = file('interrupted.safetensors');
      const args = [
        'doctor',
        '256-256x120-10:tanh',
        '--start',
        'glorot-uniform',
        '--full',
        '-o',
        mended,
        '--json',
      ];
      let pressed = 0;
      const run = await runOutset(args, {
        whileRunning: (output, kill) => {
          if (pressed > 0 || !/\(\d+ s\)/.test(output)) return;
          pressed = performance.now();
          kill('SIGINT');
        },
      });
      expect(pressed).toBeGreaterThan(0);
      expect(run.code).toBe(130);
      expect(run.stderr).toMatch(/Stopping; nothing is written/);
      expect(run.stderr).not.toMatch(/\n\s+at |undefined/);
      expect(eventsOf(run)).toEqual([{ event: 'stopped' }]);
      expect(existsSync(mended)).toBe(false);
      expect(performance.now() - pressed).toBeLessThan(20_000);
    },
    slow,
  );

  test(
    'bare weights without --network: the weights alone, and it is said what to do',
    async () => {
      const run = await runOutset(['doctor', path.join(fixtures, 'convolutions.safetensors')]);
      expect(run.code).toBe(0);
      expect(run.stderr).toMatch(/--network/);
    },
    slow,
  );

  const cases: [string, () => string[], number, RegExp][] = [
    ['no such file', () => ['doctor', file('none.onnx')], 3, /none\.onnx.*ENOENT/],
    [
      'a corrupt file',
      () => {
        writeFileSync(file('bad.onnx'), new Uint8Array(300).fill(7));
        return ['doctor', file('bad.onnx')];
      },
      3,
      /not an ONNX model/,
    ],
    ['a batch that does not fit', () => ['doctor', '20-8-10:relu', '--data', 'mnist'], 3, /\[/],
    ['an unknown severity', () => [...good, '--fail-on', 'eror'], 2, /error/],
    ['a network for a network', () => [...good, '--network', '2-2'], 2, /--network/],
    ['a learning rate', () => [...good, '--lr', 'fast'], 2, /--lr/],
    ['another ending', () => [...sick, '-o', file('mended.onnx')], 2, /safetensors/],
    [
      'a start for a file',
      () => ['doctor', path.join(fixtures, 'recurrent.onnx'), '--start', 'he-normal'],
      2,
      /init/,
    ],
  ];
  test.each(cases)(
    '%s',
    async (_name, args, code, text) => {
      const run = await runOutset(args());
      expect(run.stderr).toMatch(text);
      expect(run.stderr).not.toMatch(/\n\s+at |undefined/);
      expect(run.code).toBe(code);
    },
    slow,
  );
});
