import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeNpz, writeSafetensors } from '../../formats/index.ts';
import { createNetwork, parseNetwork } from '../../network/index.ts';
import { openStream } from '../../random/index.ts';
import { elementCount, float32, type Tensor, tensor } from '../../tensor/index.ts';
import { openSubject } from './open-subject.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-subject-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixture = (name: string) => path.resolve(import.meta.dirname, '../../../test/fixtures', name);

describe('the content decides, not the name', () => {
  test.each([
    ['doctor/mlp.onnx', 'onnx'],
    ['models/small.keras', 'keras'],
    ['models/small.h5', 'hdf5'],
    ['models/gpt2.safetensors', 'safetensors'],
    ['models/sequential.npz', 'npz'],
  ])('%s', async (name, origin) => {
    const file = path.join(folder, `${origin}.bin`);
    copyFileSync(fixture(name), file);
    const subject = await openSubject(file);
    expect(subject.origin).toBe(origin);
    expect(subject.layers.length).toBeGreaterThan(0);
    for (const { weight } of subject.layers) expect(subject.parameters.has(weight.name)).toBe(true);
  });
});

describe('bare weights in a network', () => {
  const network = parseNetwork('4-3-2:tanh', { input: [4], outputs: 2 });
  const torch: Record<string, Tensor<'float32'>> = {
    '0.weight': drawn([3, 4]),
    '0.bias': drawn([3]),
    '2.weight': drawn([2, 3]),
    '2.bias': drawn([2]),
  };

  function drawn(dims: number[]): Tensor<'float32'> {
    const stream = openStream('threefry', 1).child(dims.join());
    return tensor('float32', dims, stream.normal(new Float32Array(elementCount(dims))));
  }

  test.each(['safetensors', 'npz'])(
    '%s of PyTorch: [out, in] is turned, and written back as it was',
    async (format) => {
      const file = path.join(folder, `weights.${format}`);
      writeFileSync(file, format === 'npz' ? writeNpz(torch) : writeSafetensors(torch));
      const subject = await openSubject(file, { network });
      expect(subject.origin).toBe(format);
      const weight = subject.parameters.get('dense1.weight');
      expect(weight?.dims).toEqual([4, 3]);
      expect(weight?.data[1]).toBe(torch['0.weight'].data[4]);
      const changed = float32([4, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      const [{ content }] = (await subject.rewrite?.(new Map([['dense1.weight', changed]]))) ?? [];
      writeFileSync(file, content as Uint8Array);
      const again = await openSubject(file, { network });
      expect(again.parameters.get('dense1.weight')?.data).toEqual(changed.data);
      expect(again.parameters.get('dense2.weight')?.data).toEqual(
        subject.parameters.get('dense2.weight')?.data,
      );
    },
  );

  test('without a network only the weights are examined, and the reason is said', async () => {
    const file = path.join(folder, 'alone.safetensors');
    writeFileSync(file, writeSafetensors(torch));
    const subject = await openSubject(file);
    expect(subject.build).toBeUndefined();
    expect(subject.notRunnable?.en).toMatch(/--network/);
    expect(subject.layers.map(({ weight }) => [weight.fanIn, weight.fanOut])).toEqual([
      [4, 3],
      [3, 2],
    ]);
  });

  test('a network that does not fit is refused with what differs', async () => {
    const file = path.join(folder, 'other.safetensors');
    writeFileSync(file, writeSafetensors(torch));
    const wider = parseNetwork('4-5-2:tanh', { input: [4], outputs: 2 });
    await expect(openSubject(file, { network: wider })).rejects.toMatchObject({
      code: 'doctor.weights_shape',
      details: { parameter: 'dense1.weight', expected: [4, 5], got: [3, 4] },
    });
    const deeper = parseNetwork('4-3-3-2:tanh', { input: [4], outputs: 2 });
    await expect(openSubject(file, { network: deeper })).rejects.toMatchObject({
      code: 'doctor.weights_count',
    });
    expect(createNetwork(deeper).parameters.length).toBe(6);
  });
});
