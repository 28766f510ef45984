import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import h5wasm from 'h5wasm/node';
import { describe, expect, test } from 'vitest';
import { hdf5Data, readHdf5, replaceHdf5Data } from './hdf5.ts';

const folder = path.resolve(import.meta.dirname, '../../../test/fixtures/models');
const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
const keras = readdirSync(folder).filter((name) => name.endsWith('.h5') && name !== 'features.h5');

/** Shape, type and data of every dataset, as the HDF5 library sees them. */
async function library(name: string) {
  await h5wasm.ready;
  const file = new h5wasm.File(path.join(folder, name), 'r');
  const found = new Map<string, { shape: number[] | null; dtype: unknown; value: unknown }>();
  for (const one of file.paths()) {
    const item = file.get(one);
    if (item instanceof h5wasm.Dataset)
      found.set(one, { shape: item.shape, dtype: item.dtype, value: item.value });
  }
  const attributes = (group: string) => {
    const item = group === '' ? file : (file.get(group) as InstanceType<typeof h5wasm.Group>);
    return Object.entries(item.attrs).map(([key, { value }]) => [key, value] as const);
  };
  return { found, attributes, close: () => file.close() };
}

describe.each(keras)('%s against the HDF5 library', (name) => {
  test('the same datasets, shapes and numbers', async () => {
    const bytes = read(name);
    const ours = readHdf5(bytes, name);
    const theirs = await library(name);
    expect(ours.datasets.map((dataset) => dataset.name).sort()).toEqual([...theirs.found.keys()].sort());
    for (const dataset of ours.datasets) {
      const { shape, value } = theirs.found.get(dataset.name)!;
      expect(dataset.dims).toEqual(shape);
      const data = hdf5Data(bytes, dataset, name).slice();
      if (dataset.type === 'float32') expect(new Float32Array(data.buffer)).toEqual(value);
    }
    theirs.close();
  });

  test('the same attributes of text', async () => {
    const ours = readHdf5(read(name), name);
    const theirs = await library(name);
    expect(ours.attributes.size).toBeGreaterThan(0);
    for (const [group, texts] of ours.attributes) {
      const expected = new Map(theirs.attributes(group));
      for (const [key, value] of texts) expect(value).toEqual(expected.get(key));
    }
    theirs.close();
  });

  test('the library reads what was replaced', async () => {
    const bytes = read(name);
    const file = readHdf5(bytes, name);
    const values = new Map(
      file.datasets
        .filter(({ type }) => type === 'float32')
        .map((dataset, i) => {
          const count = dataset.dims.reduce((a, b) => a * b, 1);
          return [dataset.name, new Uint8Array(new Float32Array(count).fill(i + 0.5).buffer)] as const;
        }),
    );
    const { FS } = await h5wasm.ready;
    FS.writeFile('/replaced.h5', replaceHdf5Data(bytes, file, values, name));
    const again = new h5wasm.File('/replaced.h5', 'r');
    for (const [one, value] of values) {
      const item = again.get(one) as InstanceType<typeof h5wasm.Dataset>;
      expect(item.value).toEqual(new Float32Array(value.slice().buffer));
    }
    again.close();
  });
});

describe('other features of the format', () => {
  const bytes = read('features.h5');
  const file = readHdf5(bytes);
  const dataset = (name: string) => file.datasets.find((one) => one.name === name)!;

  test('newer headers and links are read', () => {
    expect(dataset('layers/dense/vars/0')).toMatchObject({ type: 'float32', dims: [3, 4] });
    const data = hdf5Data(bytes, dataset('layers/dense/vars/0')).slice();
    expect([...new Float32Array(data.buffer)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(dataset('layers/dense/vars/1')).toMatchObject({ type: 'float16', dims: [4] });
    expect(file.attributes.get('layers/dense/vars')?.get('name')).toBe('dense');
  });

  test('compressed and big-endian data are described, not read', () => {
    expect(dataset('packed').dims).toEqual([64, 64]);
    for (const name of ['packed', 'big']) {
      expect(() => hdf5Data(bytes, dataset(name))).toThrow(
        expect.objectContaining({ code: 'formats.hdf5_unsupported' }),
      );
    }
  });
});

test('other files are refused', () => {
  for (const other of [new Uint8Array(), new Uint8Array(100), new TextEncoder().encode('PK\u0003\u0004')]) {
    expect(() => readHdf5(other)).toThrow(expect.objectContaining({ code: 'formats.wrong_magic' }));
  }
});

test('every truncation is an issue, never a crash', () => {
  const bytes = read('images.weights.h5');
  for (let length = 8; length < bytes.length; length += 97) {
    expect(() => readHdf5(bytes.subarray(0, length))).toThrow(
      expect.objectContaining({ name: 'OutsetError' }),
    );
  }
});

test('a group that contains itself is refused', () => {
  const bytes = read('images.weights.h5');
  const root = readHdf5(bytes);
  expect(root.groups).toContain('layers');
  // Every header address within the file is turned into that of the root group.
  const view = new DataView(bytes.buffer);
  const rootAddress = view.getBigUint64(64, true);
  let refused = 0;
  for (let at = 96; at + 8 <= bytes.length; at += 8) {
    const value = view.getBigUint64(at, true);
    if (value === 0n || value >= BigInt(bytes.length)) continue;
    view.setBigUint64(at, rootAddress, true);
    try {
      readHdf5(bytes);
    } catch (error) {
      expect(error).toMatchObject({ name: 'OutsetError' });
      refused++;
    }
    view.setBigUint64(at, value, true);
  }
  expect(refused).toBeGreaterThan(50);
});
