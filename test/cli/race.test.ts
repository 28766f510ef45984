import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/formats/safetensors.ts';
import { readRecords } from '../../src/formats/tfrecord.ts';
import type { RaceResult } from '../../src/race/result.ts';
import { eventsOf, runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('race');
afterAll(remove);

const small = [
  'race',
  '--data',
  'spirals',
  '--network',
  '2-16-16-3:tanh',
  '--epochs',
  '4',
  '--seeds',
  '2',
  '--lr',
  '0.01',
  '--start',
  'zeros',
  '--start',
  'glorot-uniform',
  '--start',
  'lsuv',
];

const resultIn = (name: string): RaceResult =>
  JSON.parse(readFileSync(path.join(folder, name, 'result.json'), 'utf8'));

/** What has to be equal to the bit between two runs of one race: everything but times and names of places. */
function numbersOf(result: RaceResult): unknown {
  return result.contestants.map(({ seconds: _, history, ...rest }) => ({
    ...rest,
    history: { ...history, epochs: history.epochs.map(({ seconds: __, ...record }) => record) },
  }));
}

describe('outset race', () => {
  test('runs, writes everything, and says it in English', async () => {
    const run = await runOutset([...small, '--out', path.join(folder, 'one'), '--threads', '1']);
    expect(run.stderr).not.toMatch(/undefined|NaN|\[object/);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('glorot-uniform');
    const files = readdirSync(path.join(folder, 'one'));
    for (const name of ['race.json', 'result.json', 'report.html', 'weights', 'tensorboard'])
      expect(files).toContain(name);
    const result = resultIn('one');
    expect(result.contestants.map(({ start, seed }) => `${start} ${seed}`)).toEqual([
      'zeros 0',
      'glorot-uniform 0',
      'lsuv 0',
      'zeros 1',
      'glorot-uniform 1',
      'lsuv 1',
    ]);
    for (const contestant of result.contestants) {
      expect(contestant.history.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
      expect(contestant.traces).toHaveLength(2);
      const weights = readSafetensors(readFileSync(path.join(folder, 'one', contestant.weightsFile ?? '')));
      expect([...weights.tensors.keys()]).toContain('dense1.weight');
    }
    const zeros = result.contestants[0];
    expect(zeros.verdict).toBe('frozen');
    expect(zeros.traces[1].layers.map(({ weights }) => weights.norm)).toEqual([0, 0, 0]);
    const events = path.join(folder, 'one', 'tensorboard', 'zeros-seed0');
    expect(readRecords(readFileSync(path.join(events, readdirSync(events)[0]))).length).toBeGreaterThan(20);
    expect(result.command).toContain('--data spirals');
  });

  test('gives the same bits with two threads, in Korean, with --json', async () => {
    const run = await runOutset([
      ...small,
      '--out',
      path.join(folder, 'two'),
      '--threads',
      '2',
      '--json',
      '--lang',
      'ko',
    ]);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/[가-힣]/);
    expect(numbersOf(resultIn('two'))).toEqual(numbersOf(resultIn('one')));
    const events = eventsOf(run);
    expect(events[0].event).toBe('race');
    expect(events.at(-1)?.event).toBe('result');
    expect(events.filter(({ event }) => event === 'contestant')).toHaveLength(6);
  });

  test('the command in the result repeats it', async () => {
    const { command } = resultIn('one');
    const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]).slice(1);
    const run = await runOutset([...args, '--out', path.join(folder, 'again')]);
    expect(run.code).toBe(0);
    expect(numbersOf(resultIn('again'))).toEqual(numbersOf(resultIn('one')));
  });

  test('Ctrl-C stops cleanly, --resume ends with the same bits', async () => {
    const long = [
      ...small.slice(0, small.indexOf('--epochs')),
      '--epochs',
      '60',
      ...small.slice(small.indexOf('--epochs') + 2),
    ];
    const whole = await runOutset([...long, '--out', path.join(folder, 'whole')]);
    expect(whole.code).toBe(0);
    let sent = false;
    const stopped = await runOutset([...long, '--out', path.join(folder, 'stopped'), '--json'], {
      whileRunning: (output, kill) => {
        if (!sent && /"event":"progress".*"epoch":(?:[2-9]|\d\d)/.test(output)) {
          sent = true;
          kill('SIGINT');
        }
      },
    });
    expect(sent).toBe(true);
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('--resume');
    expect(existsSync(path.join(folder, 'stopped', 'result.json'))).toBe(false);
    expect(readdirSync(path.join(folder, 'stopped', 'checkpoints')).length).toBeGreaterThan(0);
    const resumed = await runOutset(['race', '--resume', path.join(folder, 'stopped')]);
    expect(resumed.stderr).not.toMatch(/\n\s+at /);
    expect(resumed.code).toBe(0);
    expect(numbersOf(resultIn('stopped'))).toEqual(numbersOf(resultIn('whole')));
  }, 180_000);

  test('--resume refuses an option that contradicts the race', async () => {
    const run = await runOutset(['race', '--resume', path.join(folder, 'one'), '--lr', '0.5']);
    expect(run.stderr).toMatch(/--lr/);
    expect(run.code).toBe(2);
  });

  test('a contestant that explodes is stopped and named, the others go on', async () => {
    const run = await runOutset([
      'race',
      '--data',
      'spirals',
      '--network',
      '2-16-16-3:relu',
      '--epochs',
      '2',
      '--optimizer',
      'sgd',
      '--lr',
      '1e20',
      '--start',
      'zeros',
      '--start',
      'he-normal',
      '--out',
      path.join(folder, 'explode'),
    ]);
    expect(run.code).toBe(0);
    const [zeros, he] = resultIn('explode').contestants;
    expect(he.status).toBe('diverged');
    expect(he.finding?.layer).toMatch(/dense\d/);
    expect(zeros.history.epochs.length).toBeGreaterThan(0);
    expect(run.stdout + run.stderr).toMatch(/dense\d/);
  });
});

describe('outset report', () => {
  test('writes the report of a race again, in the other language', async () => {
    const out = path.join(folder, 'again.html');
    const run = await runOutset(['report', path.join(folder, 'one'), '--out', out, '--lang', 'ko']);
    expect(run.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('lang="ko"');
  });

  test('says when there is no result', async () => {
    const run = await runOutset(['report', path.join(folder, 'nowhere')]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('nowhere');
  });
});

describe('outset starts', () => {
  test.each(['en', 'ko'])('lists every start in %s', async (language) => {
    const run = await runOutset(['starts', '--lang', language]);
    expect(run.code).toBe(0);
    for (const name of ['zeros', 'glorot-uniform', 'he-normal', 'orthogonal', 'lsuv', 'lecture-xavier']) {
      expect(run.stdout).toContain(name);
    }
    if (language === 'ko') expect(run.stdout).toMatch(/[가-힣]/);
  });

  test('shows one by its alias, and its near names when it is mistyped', async () => {
    expect((await runOutset(['starts', 'kaiming-normal'])).stdout).toContain('he-normal');
    const wrong = await runOutset(['starts', 'he-nromal']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('he-normal');
  });
});
