import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/formats/index.ts';
import { fixture } from '../models/fixtures.ts';
import { eventsOf, runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('init');
afterAll(remove);
const inFolder = (name: string) => path.join(folder, name);

describe('outset init', () => {
  test('writes a file, in the language of the run', async () => {
    const out = inFolder('start.safetensors');
    const run = await runOutset([
      'init',
      fixture('convolutions.onnx'),
      '--rule',
      'he-normal',
      '-o',
      out,
      '--lang',
      'ko',
    ]);
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('매개변수 14개');
    expect(run.code).toBe(0);
    const { tensors } = readSafetensors(readFileSync(out));
    expect(tensors.get('fc.weight')?.dims).toEqual([5, 6]);
  });

  test('--like gives the numbers of torch, and says where their order is from', async () => {
    const out = inFolder('like.safetensors');
    const args = ['init', fixture('float16.safetensors'), '--like', 'torch@0', '-o', out];
    const run = await runOutset(args);
    expect(run.code).toBe(0);
    expect(run.stderr).toBe('');
    // The first weight of torch.manual_seed(0); nn.Linear(6, 4), rounded to half precision.
    expect(readSafetensors(readFileSync(out)).tensors.get('0.weight')?.data[0]).toBe(-0.003055572509765625);
    const named = await runOutset([
      'init',
      fixture('convolutions.safetensors'),
      '--like',
      'torch@0',
      '--dry-run',
    ]);
    expect(named.stderr).toMatch(/order of their names/);
    const map = inFolder('map.json');
    writeFileSync(map, JSON.stringify({ order: ['conv1', 'bn1', 'dw', 'up', 'fc', 'out'] }));
    const ordered = await runOutset([
      'init',
      fixture('convolutions.safetensors'),
      '--like',
      'torch@0',
      '--map',
      map,
      '--rule',
      'out.*=zeros',
      '--dry-run',
    ]);
    expect(ordered.stderr).toBe('');
    expect(ordered.stdout).toMatch(/fc\.weight .* torch@0/);
    expect(ordered.stdout).toMatch(/out\.weight .* zeros +0/);
  });

  test('--dry-run shows the table and writes nothing', async () => {
    const run = await runOutset([
      'init',
      fixture('images.keras'),
      '--rule',
      'orthogonal',
      '--activation',
      'auto',
      '--dry-run',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /first\/kernel +\[3, 3, 3, 4\] +k k in out +27 \/ 36 +relu +orthogonal\(gain=1\.41/,
    );
    expect(run.stdout).toMatch(/depthwise_conv2d\/kernel .* \/4/);
  });

  test('--json gives one line a parameter', async () => {
    const out = inFolder('start.npz');
    const run = await runOutset([
      'init',
      fixture('gpt2.safetensors'),
      '--rule',
      'glorot-uniform',
      '-o',
      out,
      '--json',
    ]);
    const events = eventsOf(run);
    expect(events).toHaveLength(9);
    expect(events[0]).toMatchObject({
      event: 'parameter',
      kind: expect.any(String),
      rule: expect.any(String),
    });
    expect(events.at(-1)).toMatchObject({ event: 'written', parameters: 8 });
  });

  test.each([
    [[], 2, /name the file of a model/],
    [[fixture('gpt2.safetensors')], 2, /--rule he-normal or --like/],
    [[fixture('gpt2.safetensors'), '--rule', 'zeros'], 2, /-o FILE/],
    [[fixture('gpt2.safetensors'), '--rule', 'zeroes', '--dry-run'], 2, /zeros/],
    [[fixture('gpt2.safetensors'), '--like', 'torch', '--dry-run'], 2, /torch@0/],
    [[fixture('gpt2.safetensors'), '--like', 'tourch@1', '--dry-run'], 2, /torch/],
    [[fixture('gpt2.safetensors'), '--rule', 'zeros', '-o', 'x.onnx'], 2, /architecture/],
    [[fixture('gpt2.safetensors'), '--rule', 'zeros', '-o', 'x.bin'], 2, /\.safetensors/],
    [['absent.safetensors', '--rule', 'zeros', '--dry-run'], 3, /absent\.safetensors.*ENOENT/],
    [[fixture('versions.json'), '--rule', 'zeros', '--dry-run'], 3, /TensorFlow\.js/],
  ])('%j: exit code %i', async (args, code, message) => {
    const run = await runOutset(['init', ...args], { cwd: folder });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.code).toBe(code);
    expect(existsSync(inFolder('x.onnx'))).toBe(false);
  });

  test('--list and --explain', async () => {
    expect((await runOutset(['init', '--list'])).stdout).toContain('he-normal');
    const explained = await runOutset(['init', '--explain', 'he-normal', '--lang', 'ko']);
    expect(explained.stdout).toContain('He et al. 2015');
  });

  test.each(['en', 'ko'])('--help in %s', async (language) => {
    const { code, stdout } = await runOutset(['init', '--help', '--lang', language]);
    expect(code).toBe(0);
    expect(stdout).toContain('--like <name@seed>');
    expect(stdout).not.toMatch(/undefined|\[object/);
  });
});
