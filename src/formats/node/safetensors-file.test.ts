import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { float32 } from '../../tensor/tensor.ts';
import { writeSafetensors } from '../safetensors.ts';
import type { StoredTensor } from '../stored-tensor.ts';
import { createSafetensors, openSafetensors } from './safetensors-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

test('tensors written in any order make the same file as in memory', async () => {
  const file = path.join(folder, 'small.safetensors');
  const stored: StoredTensor[] = [
    { name: 'b', type: 'float32', dims: [2] },
    { name: 'a', type: 'float32', dims: [1] },
  ];
  const writer = await createSafetensors(file, stored, { by: 'test' });
  await writer.write('b', bytesOf(2, 3));
  await writer.write('a', bytesOf(1));
  await writer.finish();
  const whole = writeSafetensors({ a: float32([1], [1]), b: float32([2], [2, 3]) }, { by: 'test' });
  expect(readFileSync(file).equals(whole)).toBe(true);
  const reader = await openSafetensors(file);
  expect(reader.metadata).toEqual({ by: 'test' });
  expect(await reader.read('b')).toEqual(bytesOf(2, 3));
  await reader.close();
});

test('a file of 5 GB: written and read a tensor at a time', async () => {
  const file = path.join(folder, 'large.safetensors');
  // Sparse: only what is written takes room on the disk.
  const stored: StoredTensor[] = [
    { name: 'first', type: 'float32', dims: [2] },
    { name: 'huge', type: 'float32', dims: [5, 2 ** 28] },
    { name: 'last', type: 'float32', dims: [3] },
  ];
  const writer = await createSafetensors(file, stored);
  await writer.write('last', bytesOf(7, 8, 9));
  await writer.write('first', bytesOf(1, 2));
  await writer.finish();
  expect(statSync(file).size).toBeGreaterThan(5 * 2 ** 30);
  const reader = await openSafetensors(file);
  expect(reader.tensors.map(({ name, dims }) => [name, dims])).toEqual([
    ['first', [2]],
    ['huge', [5, 2 ** 28]],
    ['last', [3]],
  ]);
  expect(await reader.read('last')).toEqual(bytesOf(7, 8, 9));
  await reader.close();
  await truncate(file, 2 ** 32);
  await expect(openSafetensors(file)).rejects.toMatchObject({ code: 'formats.truncated' });
});

test('a tensor of the wrong length is refused, and nothing is left', async () => {
  const file = path.join(folder, 'wrong.safetensors');
  const writer = await createSafetensors(file, [{ name: 'a', type: 'float32', dims: [2] }]);
  await expect(writer.write('a', bytesOf(1))).rejects.toMatchObject({
    code: 'formats.safetensors_tensor_length',
  });
  await expect(writer.write('b', bytesOf(1, 2))).rejects.toMatchObject({
    code: 'formats.safetensors_tensor_length',
  });
  await writer.abandon();
  expect(readdirSync(folder).filter((name) => name.includes('wrong'))).toEqual([]);
});

test('a folder that is not there is an issue', async () => {
  await expect(createSafetensors(path.join(folder, 'no', 'a.safetensors'), [])).rejects.toMatchObject({
    code: 'formats.no_such_folder',
  });
});
