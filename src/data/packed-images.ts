/**
 * Images of one byte a pixel with their labels as one small file, for the lab to fetch: MNIST as it is, without
 * four files and their headers.
 *
 *   "OUTSETIM", uint32 length of the header, header (JSON: name, dims, classes, train, test), then for train and for
 *   test: pixels (count x dims bytes) and labels (count bytes)
 */
import { OutsetError } from '../messages/error.ts';
import { type Dataset, exampleSize, makeDataset, type Split } from './dataset.ts';

const magic = 'OUTSETIM';
/** No header of ours is longer. */
const longestHeader = 65_536;

interface Header {
  readonly name: string;
  readonly description: string;
  readonly dims: readonly number[];
  readonly classes: readonly string[];
  readonly train: number;
  readonly test: number;
}

/**
 * The first examples of a data set of images whose features are pixels / 255.
 * @param counts examples of each part; all where there are fewer
 */
export function packImages(
  dataset: Dataset,
  counts: { train: number; test: number },
): Uint8Array<ArrayBuffer> {
  const classes = dataset.task.kind === 'classification' ? dataset.task.classes : [];
  const header: Header = {
    name: dataset.name,
    description: dataset.description,
    dims: dataset.exampleDims,
    classes,
    train: Math.min(counts.train, dataset.train.count),
    test: Math.min(counts.test, dataset.test.count),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const size = exampleSize(header.dims);
  const start = magic.length + 4 + text.length;
  const bytes = new Uint8Array(start + (header.train + header.test) * (size + 1));
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, text.length, true);
  bytes.set(text, magic.length + 4);
  let at = start;
  for (const part of ['train', 'test'] as const) {
    const { features, labels } = dataset[part];
    const count = header[part];
    for (let i = 0; i < count * size; i++) bytes[at++] = Math.round(features[i] * 255);
    for (let i = 0; i < count; i++) bytes[at++] = labels[i];
  }
  return bytes;
}

/**
 * The data set of a packed file.
 * @param file what the file is called in messages
 * @throws lab.packed_images, and the errors of makeDataset
 */
export function unpackImages(bytes: Uint8Array, file: string): Dataset {
  const refuse = (reason: 'magic' | 'header' | 'length', expected: string, got: string) =>
    new OutsetError('lab.packed_images', { file, reason, expected, got });
  const begins = new TextDecoder().decode(bytes.subarray(0, magic.length));
  if (begins !== magic) throw refuse('magic', magic, JSON.stringify(begins).slice(0, 40));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= magic.length + 4 ? view.getUint32(magic.length, true) : 0;
  const start = magic.length + 4 + length;
  if (length < 2 || length > longestHeader || start > bytes.length) {
    throw refuse('header', `2 … ${longestHeader}`, String(length));
  }
  const header = readHeader(new TextDecoder().decode(bytes.subarray(magic.length + 4, start)));
  if (header === null) throw refuse('header', 'JSON', '?');
  const size = exampleSize(header.dims);
  const expected = start + (header.train + header.test) * (size + 1);
  if (bytes.length !== expected) throw refuse('length', String(expected), String(bytes.length));
  let at = start;
  const part = (count: number): Split => {
    const features = new Float32Array(count * size);
    for (let i = 0; i < features.length; i++) features[i] = bytes[at++] / 255;
    const labels = Int32Array.from(bytes.subarray(at, at + count));
    at += count;
    return { count, features, labels };
  };
  return makeDataset({
    name: header.name,
    description: header.description,
    exampleDims: header.dims,
    task: { kind: 'classification', classes: header.classes },
    train: part(header.train),
    test: part(header.test),
  });
}

function readHeader(text: string): Header | null {
  let value: Partial<Header> | null;
  try {
    value = JSON.parse(text) as Partial<Header> | null;
  } catch {
    return null;
  }
  const texts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string');
  const counts = (list: readonly unknown[]) =>
    list.every((one) => Number.isSafeInteger(one) && (one as number) >= 1 && (one as number) < 2 ** 24);
  if (
    typeof value?.name !== 'string' ||
    typeof value.description !== 'string' ||
    !Array.isArray(value.dims) ||
    value.dims.length > 3 ||
    !counts(value.dims) ||
    !texts(value.classes) ||
    !counts([value.train, value.test])
  ) {
    return null;
  }
  return value as Header;
}
