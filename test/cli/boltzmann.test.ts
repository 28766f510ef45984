import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeModelFile, type StoredModel } from '../../src/boltzmann/model-file.ts';
import { readNpz } from '../../src/formats/npz.ts';
import { readSafetensors } from '../../src/formats/safetensors.ts';
import { decodeModel } from '../../src/onnx/read.ts';
import { type CliRun, eventsOf, runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('boltzmann');
afterAll(remove);

const inFolder = (...names: string[]) => path.join(folder, ...names);
const isPng = (file: string) => readFileSync(file).subarray(1, 4).toString() === 'PNG';
const modelIn = (file: string): StoredModel => {
  const { tensors, metadata } = readSafetensors(readFileSync(file), file);
  return decodeModelFile(tensors, metadata, file);
};
/** The arrays of a model; what is written about it names files and commands. */
const arraysIn = (file: string) => readSafetensors(readFileSync(file), file).tensors;
const clean = (run: CliRun) => {
  expect(run.stderr).not.toMatch(/undefined|\[object|\n\s+at /);
  expect(run.stdout).not.toMatch(/undefined|\[object|NaN/);
};
/** Runs a command and presses Ctrl-C when its output shows the pattern. */
const interrupted = async (args: readonly string[], pattern: RegExp): Promise<CliRun> => {
  let sent = false;
  const run = await runOutset([...args, '--json'], {
    whileRunning: (output, kill) => {
      if (!sent && pattern.test(output)) {
        sent = true;
        kill('SIGINT');
      }
    },
  });
  expect(sent).toBe(true);
  return run;
};

describe('outset rbm', () => {
  test('the exact gradient learns bars and stripes, and everything is written', async () => {
    const run = await runOutset([
      'rbm',
      'bars-and-stripes',
      '--method',
      'exact',
      '--hidden',
      '8',
      '--out',
      inFolder('bars'),
    ]);
    clean(run);
    expect(run.code).toBe(0);
    for (const name of ['plan.json', 'result.json', 'report.html', 'model.safetensors']) {
      expect(readdirSync(inFolder('bars'))).toContain(name);
    }
    expect(existsSync(inFolder('bars', 'checkpoint.safetensors'))).toBe(false);
    for (const name of ['filters.png', 'samples.png']) expect(isPng(inFolder('bars', name))).toBe(true);
    const { judgement, command } = JSON.parse(readFileSync(inFolder('bars', 'result.json'), 'utf8'));
    const found = judgement.find((one: { quantity: string }) => one.quantity === 'test-log-likelihood');
    expect(found.method).toBe('exact');
    // All 14 images equally likely: -ln 14.
    expect(found.value).toBeGreaterThan(-2.66);
    expect(found.value).toBeLessThanOrEqual(-Math.log(14) + 1e-9);
    expect(run.stdout).toMatch(/log-likelihood of test examples\s+-2\.6/);
    expect(command).toBe('outset rbm bars-and-stripes --method exact --hidden 8');
    const { kind, layers, about } = modelIn(inFolder('bars', 'model.safetensors'));
    expect([kind, layers.length, about.data.shape]).toEqual(['rbm', 1, [1, 3, 3]]);
    expect(about.training[0].negative).toEqual({ name: 'exact' });
  }, 120_000);

  const small = [
    'rbm',
    'mnist(train=600,test=100)',
    '--hidden',
    '12',
    '--epochs',
    '3',
    '--likelihood',
    'exact',
  ];

  test('same seed, same bits with another number of threads, in Korean, with --json', async () => {
    const one = await runOutset([...small, '--threads', '1', '--out', inFolder('one')]);
    const two = await runOutset([
      ...small,
      '--threads',
      '2',
      '--out',
      inFolder('two'),
      '--json',
      '--lang',
      'ko',
    ]);
    clean(one);
    clean(two);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.stderr).toMatch(/에폭.*학습: 복원 오차/);
    expect(two.stderr).toMatch(/값이 전혀 바뀌지 않습니다/);
    expect(one.stderr).toMatch(/of 784 columns never change/);
    const events = eventsOf(two);
    expect(events[0]).toMatchObject({ event: 'rbm' });
    expect(events.filter(({ event }) => event === 'epoch')).toHaveLength(4);
    expect(events.at(-1)).toMatchObject({ event: 'result' });
    const file = 'model.safetensors';
    expect(arraysIn(inFolder('two', file))).toEqual(arraysIn(inFolder('one', file)));
    const other = await runOutset([...small, '--seed', '1', '--out', inFolder('other')]);
    expect(other.code).toBe(0);
    expect(arraysIn(inFolder('other', file))).not.toEqual(arraysIn(inFolder('one', file)));
  }, 180_000);

  test('Ctrl-C keeps a checkpoint, --resume ends with the same bits', async () => {
    const long = [...small.slice(0, 4), '--epochs', '150', '--likelihood', 'none'];
    const whole = await runOutset([...long, '--out', inFolder('whole')]);
    expect(whole.code).toBe(0);
    const stopped = await interrupted(
      [...long, '--out', inFolder('stopped')],
      /"epoch":(?:[3-9]|\d\d),"step".*"event":"epoch"/,
    );
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('outset rbm --resume');
    expect(existsSync(inFolder('stopped', 'result.json'))).toBe(false);
    expect(existsSync(inFolder('stopped', 'checkpoint.safetensors'))).toBe(true);
    const refused = await runOutset(['rbm', '--resume', inFolder('stopped'), '--lr', '0.5']);
    expect([refused.code, /--lr/.test(refused.stderr)]).toEqual([2, true]);
    const wrong = await runOutset(['pretrain', '--resume', inFolder('stopped')]);
    expect([wrong.code, /outset rbm/.test(wrong.stderr)]).toEqual([2, true]);
    const resumed = await runOutset(['rbm', '--resume', inFolder('stopped')]);
    clean(resumed);
    expect(resumed.code).toBe(0);
    const file = 'model.safetensors';
    expect(arraysIn(inFolder('stopped', file))).toEqual(arraysIn(inFolder('whole', file)));
    const historyIn = (name: string) =>
      JSON.parse(readFileSync(inFolder(name, 'result.json'), 'utf8')).history;
    expect(historyIn('stopped')).toEqual(historyIn('whole'));
  }, 240_000);

  test.each([
    ['real numbers become Gaussian units', 'spirals(count=300)', 'gaussian', []],
    [
      'with rectified hidden units',
      'spirals(count=300)',
      'gaussian',
      ['--hidden-units', 'nrelu', '--method', 'cd'],
    ],
    ['spins', 'bars-and-stripes', 'spin', ['--visible', 'spin', '--method', 'pt', '--temperatures', '4']],
    [
      'category numbers',
      'bars-and-stripes',
      'potts',
      ['--visible', 'potts', '--method', 'pcd', '--steps', '2'],
    ],
  ])(
    '%s',
    async (name, data, kind, options) => {
      const out = inFolder(name.replaceAll(' ', '-'));
      const run = await runOutset(['rbm', data, ...options, '--epochs', '3', '--out', out]);
      clean(run);
      expect(run.code).toBe(0);
      const { layers, standardization } = modelIn(path.join(out, 'model.safetensors'));
      expect(layers[0].rbm.visible.kind).toBe(kind);
      expect(standardization !== undefined).toBe(kind === 'gaussian');
    },
    120_000,
  );

  test('a rate that makes weights overflow stops at the step, names it, keeps the last good state', async () => {
    const args = ['rbm', 'bars-and-stripes', '--method', 'exact', '--optimizer', 'momentum', '--lr', '1e38'];
    const run = await runOutset([...args, '--out', inFolder('overflow')]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/no longer a finite number at step \d+ with learning rate 1e\+38/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    const kept = arraysIn(inFolder('overflow', 'checkpoint.safetensors'));
    for (const { dtype, data } of kept.values()) {
      if (dtype === 'float32') expect((data as Float32Array).every(Number.isFinite)).toBe(true);
    }
  }, 60_000);
});

describe('outset pretrain, finetune, sample', () => {
  const net = inFolder('net', 'dbn.safetensors');
  const data = 'bars-and-stripes(side=4)';
  const stack = [
    'pretrain',
    data,
    '--layers',
    '12,20',
    '--labels-at-top',
    '--up-down',
    '20',
    '--epochs',
    '150,200',
  ];
  let first: CliRun;
  beforeAll(async () => {
    first = await runOutset([...stack, '--out', inFolder('net')]);
  }, 180_000);

  test('pretrain stacks, refines and dreams', () => {
    clean(first);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/✓ layer 1 \(16-12, CD-1\)/);
    expect(first.stderr).toMatch(/✓ layer 2 \(12\+2-20, CD-1\)/);
    expect(first.stderr).toMatch(/✓ up-down/);
    expect(first.stdout).toMatch(/generative read-out: \d/);
    for (const name of ['dreams.png', 'filters-1.png', 'filters-2.png'])
      expect(isPng(inFolder('net', name))).toBe(true);
    const { layers, labels, about } = modelIn(net);
    expect([layers.length, labels, about.data.classes]).toEqual([2, 2, ['stripes', 'bars']]);
    expect(layers[0].recognition).toBeDefined();
    const { command } = JSON.parse(readFileSync(inFolder('net', 'result.json'), 'utf8'));
    expect(command).toContain("'bars-and-stripes(side=4)' --layers 12,20");
  });

  test('Ctrl-C in the first layer and in the last, --resume ends with the same bits', async () => {
    const out = inFolder('again');
    const one = await interrupted([...stack, '--out', out], /"epoch":(?:[5-9]|\d\d),"step".*"layer":1/);
    expect(one.code).toBe(130);
    const two = await interrupted(['pretrain', '--resume', out], /"epoch":(?:[5-9]|\d\d),"step".*"layer":2/);
    expect(two.code).toBe(130);
    const resumed = await runOutset(['pretrain', '--resume', out]);
    clean(resumed);
    expect(resumed.code).toBe(0);
    expect(arraysIn(path.join(out, 'dbn.safetensors'))).toEqual(arraysIn(net));
  }, 240_000);

  test('finetune races against other starts, judges, and writes the net in three formats', async () => {
    const tune = ['finetune', net, data, '--batch', '10', '--epochs', '20', '--seeds', '2'];
    for (const ending of ['safetensors', 'npz', 'onnx']) {
      const file = inFolder(`tuned.${ending}`);
      const run = await runOutset([...tune, '--out', inFolder(`tune-${ending}`), '-o', file, '--lang', 'en']);
      clean(run);
      expect(run.code).toBe(0);
      for (const name of ['pretrained', 'pytorch-default', 'glorot-uniform', 'he-normal']) {
        expect(run.stdout).toContain(name);
      }
      expect(run.stdout).toMatch(/95 % interval over 2 seeds/);
    }
    const { tensors } = readSafetensors(readFileSync(inFolder('tuned.safetensors')));
    expect([...tensors.keys()].sort()).toEqual([
      'dense1.bias',
      'dense1.weight',
      'dense2.bias',
      'dense2.weight',
      'dense3.bias',
      'dense3.weight',
    ]);
    expect(readNpz(readFileSync(inFolder('tuned.npz'))).get('dense1.weight')).toEqual(
      tensors.get('dense1.weight'),
    );
    const graph = decodeModel(readFileSync(inFolder('tuned.onnx')));
    expect(graph.inputs.map(({ dims }) => dims)).toEqual([[1, 16]]);
    expect(graph.initializers.get('dense1.weight')).toEqual(tensors.get('dense1.weight'));
  }, 240_000);

  test('an autoencoder needs no labels', async () => {
    const plain = inFolder('plain.safetensors');
    const run = await runOutset([
      'pretrain',
      data,
      '--layers',
      '12,6',
      '--epochs',
      '20',
      '--out',
      inFolder('p'),
      '-o',
      plain,
    ]);
    expect(run.code).toBe(0);
    const tuned = await runOutset([
      'finetune',
      plain,
      data,
      '--autoencoder',
      '--epochs',
      '5',
      '--batch',
      '10',
      '--start',
      'glorot-uniform',
      '--out',
      inFolder('auto'),
    ]);
    clean(tuned);
    expect(tuned.code).toBe(0);
    expect(existsSync(inFolder('auto', 'net.safetensors'))).toBe(true);
  }, 120_000);

  test('sample: a picture of one class, numbers of all, the same again', async () => {
    const picture = inFolder('bars.png');
    const one = await runOutset([
      'sample',
      net,
      '--label',
      'bars',
      '--count',
      '6',
      '--steps',
      '20',
      '-o',
      picture,
    ]);
    clean(one);
    expect([one.code, isPng(picture)]).toEqual([0, true]);
    const draw = async (name: string, ...more: string[]) => {
      const run = await runOutset([
        'sample',
        net,
        '--count',
        '3',
        '--steps',
        '20',
        ...more,
        '-o',
        inFolder(name),
      ]);
      expect(run.code).toBe(0);
      return readNpz(readFileSync(inFolder(name)));
    };
    const drawn = await draw('a.npz');
    expect(drawn.get('x')?.dims).toEqual([6, 1, 4, 4]);
    expect([...(drawn.get('y')?.data ?? [])]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(await draw('b.npz')).toEqual(drawn);
    expect(await draw('c.npz', '--seed', '1')).not.toEqual(drawn);
    const { stderr, code } = await runOutset([
      'sample',
      inFolder('bars', 'model.safetensors'),
      '--lang',
      'ko',
      '-o',
      inFolder('k.png'),
    ]);
    expect([code, /샘플 100개/.test(stderr)]).toEqual([0, true]);
  }, 120_000);
});
