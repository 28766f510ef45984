/**
 * The part of HDF5 that model files use (Keras writes them through h5py): groups, datasets of numbers in one piece,
 * attributes of text. Written here because these files come from strangers: every address, length and count is checked
 * against the bytes before it is followed, nothing is visited twice, and no memory is taken that the file does not fill.
 *
 * Not read: data in chunks or compressed (their description is), links to elsewhere, groups with so many links that
 * they are kept in a heap.
 *
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */

import { OutsetError } from '../../messages/error.ts';
import { elementCount } from '../../tensor/tensor.ts';
import { type StoredTensor, type StoredType, storedByteLength } from '../stored-tensor.ts';
import { Hdf5Cursor } from './cursor.ts';
import { readGroup } from './group.ts';
import {
  type Hdf5AttributeValue,
  messageTypes,
  readAttribute,
  readDataspace,
  readDatatype,
  readLayout,
} from './messages.ts';
import { type HeaderMessage, readObjectHeader } from './object-header.ts';
import { Hdf5TextHeap } from './text-heap.ts';

/** A dataset of numbers. `name` is its path, e.g. `layers/dense/vars/0`. */
export interface Hdf5Dataset extends StoredTensor {
  /** Where its bytes start in the file; undefined for data in chunks, compressed, big-endian or never written. */
  readonly start: number | undefined;
}

/** What a file holds, by path; the root is ''. */
export interface Hdf5File {
  /** Attributes of text of every group and dataset that has some. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, Hdf5AttributeValue>>;
  readonly groups: readonly string[];
  readonly datasets: readonly Hdf5Dataset[];
}

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Groups nest at most so deep. */
const deepest = 64;

/** Paths are at most so long; a name that many members share must not be kept many times. */
const longestPath = 1024;

/**
 * Reads the description of an HDF5 file.
 * @param where the file's name, for error messages
 * @throws formats.wrong_magic, formats.hdf5_damaged, formats.hdf5_unsupported; never anything else, whatever the bytes
 */
export function readHdf5(bytes: Uint8Array, where = 'HDF5'): Hdf5File {
  const groups: string[] = [];
  const datasets: Hdf5Dataset[] = [];
  const attributes = new Map<string, ReadonlyMap<string, Hdf5AttributeValue>>();
  const seen = new Set<number>();
  const heap = new Hdf5TextHeap(bytes.length);
  const visit = (path: string, address: number, depth: number): void => {
    if (seen.has(address) || depth > deepest || path.length > longestPath) {
      throw new OutsetError('formats.hdf5_damaged', { where, part: 'group', at: address });
    }
    seen.add(address);
    const messages = readObjectHeader(bytes, where, address);
    const texts = new Map<string, Hdf5AttributeValue>();
    for (const { type, cursor } of messages) {
      if (type !== messageTypes.attribute) continue;
      const attribute = readAttribute(cursor, heap);
      if (attribute !== undefined) texts.set(attribute.name, attribute.value);
    }
    if (texts.size > 0) attributes.set(path, texts);
    const members = readGroup(messages);
    if (members === undefined) {
      const dataset = readDataset(path, messages, texts.get('dtype'));
      if (dataset !== undefined) datasets.push(dataset);
      return;
    }
    groups.push(path);
    const names = new Set<string>();
    for (const { name, address: member } of members) {
      if (names.has(name))
        throw new OutsetError('formats.hdf5_damaged', { where, part: 'group', at: member });
      names.add(name);
      visit(path === '' ? name : `${path}/${name}`, member, depth + 1);
    }
  };
  visit('', rootAddress(bytes, where), 0);
  refuseOverlaps(datasets, where);
  return { attributes, groups, datasets };
}

/**
 * A copy of an HDF5 file with the data of some datasets replaced.
 * @param values bytes by path, little-endian, in the element type of the dataset
 * @throws formats.hdf5_unsupported for a dataset whose data is not in one piece
 */
export function replaceHdf5Data(
  bytes: Uint8Array,
  file: Hdf5File,
  values: ReadonlyMap<string, Uint8Array>,
  where = 'HDF5',
): Uint8Array {
  const result = bytes.slice();
  for (const dataset of file.datasets) {
    const value = values.get(dataset.name);
    if (value === undefined || value.length === 0) continue;
    result.set(value, startOf(dataset, where));
  }
  return result;
}

/** The bytes of a dataset. @throws formats.hdf5_unsupported for a dataset whose data is not in one piece */
export function hdf5Data(bytes: Uint8Array, dataset: Hdf5Dataset, where = 'HDF5'): Uint8Array {
  const length = storedByteLength(dataset);
  if (length === 0) return new Uint8Array(0);
  const start = startOf(dataset, where);
  return bytes.subarray(start, start + length);
}

function startOf(dataset: Hdf5Dataset, where: string): number {
  if (dataset.start === undefined) {
    throw new OutsetError('formats.hdf5_unsupported', { where, feature: 'chunks', got: dataset.name });
  }
  return dataset.start;
}

function rootAddress(bytes: Uint8Array, where: string): number {
  if (!signature.every((byte, i) => bytes[i] === byte)) {
    const hex = (some: ArrayLike<number>) =>
      Array.from(some, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const got = hex(bytes.subarray(0, 8)) || '(empty)';
    throw new OutsetError('formats.wrong_magic', { where, format: 'HDF5', expected: hex(signature), got });
  }
  const cursor = new Hdf5Cursor(bytes, where, 'superblock', 8);
  const version = cursor.u8();
  if (version > 3) throw cursor.unsupported('version', `${version}`);
  if (version < 2) {
    cursor.skip(4);
    if (cursor.u8() !== 8 || cursor.u8() !== 8) throw cursor.unsupported('address-size');
    cursor.skip(version === 0 ? 9 : 13);
    if (cursor.address() !== 0) throw cursor.unsupported('user-block');
    cursor.skip(24);
    // The entry of the root group: offset of its name, then the address of its header.
    cursor.skip(8);
  } else {
    if (cursor.u8() !== 8 || cursor.u8() !== 8) throw cursor.unsupported('address-size');
    cursor.skip(1);
    if (cursor.address() !== 0) throw cursor.unsupported('user-block');
    cursor.skip(16);
  }
  const root = cursor.address();
  if (root === undefined) throw cursor.damaged();
  return root;
}

function readDataset(
  name: string,
  messages: readonly HeaderMessage[],
  dtypeAttribute: Hdf5AttributeValue | undefined,
): Hdf5Dataset | undefined {
  const find = (wanted: number) => messages.find(({ type }) => type === wanted)?.cursor;
  const space = find(messageTypes.dataspace);
  const datatype = find(messageTypes.datatype);
  const layoutMessage = find(messageTypes.layout);
  if (space === undefined || datatype === undefined || layoutMessage === undefined) return undefined;
  const dims = readDataspace(space);
  const type = readDatatype(datatype);
  if (dims === undefined || type.kind !== 'number' || type.type === undefined) return undefined;
  const layout = readLayout(layoutMessage);
  // Keras stores bfloat16 as whole numbers and says so in an attribute.
  const disguised = type.type === 'uint16' && dtypeAttribute === 'bfloat16';
  const stored: StoredType = disguised ? 'bfloat16' : type.type;
  const inPlace =
    layout.kind === 'contiguous' &&
    find(messageTypes.filters) === undefined &&
    !(type.bigEndian && type.size > 1);
  const start = inPlace && layout.kind === 'contiguous' ? layout.start : undefined;
  if (layout.kind === 'contiguous' && layout.start !== undefined) {
    const needed = elementCount(dims) * type.size;
    if (layout.size !== needed || layout.start + needed > layoutMessage.bytes.length) {
      throw layoutMessage.damaged();
    }
  }
  return { name, type: stored, dims, start };
}

/** Two datasets over the same bytes would change each other. */
function refuseOverlaps(datasets: readonly Hdf5Dataset[], where: string): void {
  const placed = datasets.filter((one) => one.start !== undefined && storedByteLength(one) > 0);
  placed.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  for (let i = 1; i < placed.length; i++) {
    const before = placed[i - 1];
    const at = placed[i].start ?? 0;
    if ((before.start ?? 0) + storedByteLength(before) > at) {
      throw new OutsetError('formats.hdf5_damaged', { where, part: 'data', at });
    }
  }
}
