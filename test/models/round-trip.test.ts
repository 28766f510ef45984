/** Every model file, drawn anew and written in every format that can hold it, holds the drawn values and the kept ones. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { drawByRules, planByRules } from '../../src/models/index.ts';
import { openModel, writeModel } from '../../src/models/node/index.ts';
import { threefry } from '../../src/random/index.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-models-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own: Readonly<Record<string, string>> = { onnx: '.onnx', keras: '.keras', hdf5: '.h5' };

describe.each(fixtureNames)('%s', (name) => {
  test('comes back from every format', async () => {
    const model = await openModel(fixture(name));
    const plan = planByRules(model.architecture, [{ rule: 'he-normal' }, { rule: 'keep', pattern: '*b*' }]);
    const drawn = new Map(drawByRules(plan, threefry(3)));
    expect(drawn.size).toBeGreaterThan(1);
    const endings = ['.safetensors', '.npz', ...(model.rewrite === undefined ? [] : [own[model.format]])];
    if (model.rewriteWeights !== undefined) endings.push('.weights.h5');
    for (const ending of endings) {
      const target = path.join(folder, `${name}${ending}`);
      await writeModel(model, drawByRules(plan, threefry(3)), target);
      const again = await openModel(target);
      const { layers, kept, unknown } = again.architecture;
      const sameNames = ending !== '.weights.h5' && ending !== '.h5';
      const widened = ending === '.npz' && name.startsWith('bfloat16');
      const tensors = [...layers.flatMap(({ parameters }) => parameters), ...kept, ...unknown];
      for (const { name: one } of tensors) {
        if (!sameNames && !drawn.has(one)) continue;
        const expected = drawn.get(one) ?? (await model.read(one));
        const got = await again.read(one);
        if (widened) expect(got.length).toBe(2 * expected.length);
        else expect(Buffer.compare(got, expected), `${target}: ${one}`).toBe(0);
      }
      expect(tensors.length).toBeGreaterThanOrEqual(drawn.size);
      await again.close();
    }
    await model.close();
  });
});

test('the same seed gives the same file', async () => {
  for (const name of ['convolutions.onnx', 'images.keras', 'sequences.safetensors', 'sequential.npz']) {
    const files = [1, 2].map((i) => path.join(folder, `same${i}${path.extname(name)}`));
    for (const file of files) {
      const model = await openModel(fixture(name));
      await writeModel(
        model,
        drawByRules(planByRules(model.architecture, [{ rule: 'orthogonal' }]), threefry(5)),
        file,
      );
      await model.close();
    }
    expect(readFileSync(files[0]).equals(readFileSync(files[1])), name).toBe(true);
  }
});

test('a model may be written over itself', async () => {
  const file = path.join(folder, 'over.safetensors');
  writeFileSync(file, readFileSync(fixture('sequences.safetensors')));
  const model = await openModel(file);
  await writeModel(
    model,
    drawByRules(planByRules(model.architecture, [{ rule: 'zeros', pattern: 'head*' }]), threefry(0)),
    file,
  );
  await model.close();
  const again = await openModel(file);
  expect(Math.max(...(await again.read('head.weight')))).toBe(0);
  const before = await openModel(fixture('sequences.safetensors'));
  expect(await again.read('emb.weight')).toEqual(await before.read('emb.weight'));
  await before.close();
  await again.close();
  expect(readdirSync(folder).filter((one) => one.endsWith('.tmp'))).toEqual([]);
});

test('data outside the model stays in its folder', async () => {
  const inner = path.join(folder, 'external');
  mkdirSync(inner);
  const bytes = readFileSync(fixture('external.onnx'));
  const data = readFileSync(fixture('external.bin'));
  writeFileSync(path.join(inner, 'model.onnx'), bytes);
  const read = async () => {
    const model = await openModel(path.join(inner, 'model.onnx'));
    return model.read('W');
  };
  await expect(read()).rejects.toMatchObject({ code: 'cli.file_unreadable' });
  writeFileSync(path.join(inner, 'external.bin'), data.subarray(0, 100));
  await expect(read()).rejects.toMatchObject({ code: 'models.external_length' });
  writeFileSync(path.join(folder, 'outside.bin'), data);
  rmSync(path.join(inner, 'external.bin'));
  symlinkSync(path.join(folder, 'outside.bin'), path.join(inner, 'external.bin'));
  await expect(read()).rejects.toMatchObject({ code: 'models.external_path' });
  for (const location of ['../outside.b', '/etc/passwd.', 'a/../../o.bin']) {
    // Same length, so that the protobuf around it stays whole.
    const changed = Buffer.from(
      bytes.toString('latin1').replaceAll('external.bin', location.padEnd(12, 'x').slice(0, 12)),
      'latin1',
    );
    writeFileSync(path.join(inner, 'model.onnx'), changed);
    await expect(read()).rejects.toMatchObject({
      code: expect.stringMatching(/models\.external_path|cli\.file_unreadable/),
    });
  }
});
