/**
 * Arrays in numpy's .npy format: a signature, a version, a header that is a Python dictionary, the bytes.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

import { OutsetError } from '../messages/error.ts';
import { type Dims, elementCount, strides, type Tensor, tensor } from '../tensor/tensor.ts';
import { bytesOfTensor, elementsFromBytes } from './element-bytes.ts';
import { widenFloat16 } from './half.ts';
import { type StoredType, storedElementBytes } from './stored-tensor.ts';

const signature = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Element types that numpy has; it knows no bfloat16. */
export type NpyType = Exclude<StoredType, 'bfloat16'>;

/** Element types by numpy's kind and size. */
const types: Readonly<Record<string, NpyType>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  b1: 'bool',
};

const codes = Object.fromEntries(Object.entries(types).map(([code, type]) => [type, code])) as Record<
  NpyType,
  string
>;

/** The bytes of a .npy file (version 1.0, row-major, little-endian), equal to those that numpy.save writes. */
export function writeNpy(array: Tensor): Uint8Array {
  return writeStoredNpy(array.dtype, array.dims, bytesOfTensor(array));
}

/** A .npy file of elements that are bytes already; half precision included. */
export function writeStoredNpy(dtype: NpyType, dims: Dims, data: Uint8Array): Uint8Array {
  const order = storedElementBytes(dtype) === 1 ? '|' : '<';
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const header = `{'descr': '${order}${codes[dtype]}', 'fortran_order': False, 'shape': ${shape}, }`;
  // numpy leaves room for the first axis to grow to 21 digits, then pads to a multiple of 64 with the newline last.
  const growth = dims.length > 0 ? 21 - String(dims[0]).length : 0;
  const length = Math.ceil((10 + header.length + Math.max(0, growth) + 1) / 64) * 64;
  const bytes = new Uint8Array(length + data.byteLength).fill(0x20, 0, length);
  bytes.set(signature);
  bytes.set([1, 0, (length - 10) & 0xff, (length - 10) >>> 8], 6);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes[length - 1] = 0x0a;
  bytes.set(data, length);
  return bytes;
}

/** The header of a .npy file: what the array is and where its elements start. */
export interface NpyHeader {
  readonly type: NpyType;
  readonly dims: Dims;
  readonly dataStart: number;
  readonly bigEndian: boolean;
  /** The first axis is contiguous, not the last. */
  readonly fortranOrder: boolean;
}

/**
 * Reads a .npy file. Arrays in Fortran order are turned row-major, big-endian ones little-endian, float16 is widened
 * to float32; objects, text, complex and structured arrays are refused.
 * @param where the file's name, for error messages
 * @throws formats.wrong_magic, formats.truncated, formats.trailing_bytes, formats.npy_version, formats.npy_header,
 *   formats.npy_dtype
 */
export function readNpy(bytes: Uint8Array, where = 'npy'): Tensor {
  const { type, dims, dataStart, bigEndian, fortranOrder } = readNpyHeader(bytes, where, bytes.length);
  const words = type === 'float16' ? 'uint16' : type;
  const elements = elementsFromBytes(words, bytes.subarray(dataStart), bigEndian);
  const widened = type === 'float16' ? widenFloat16(elements as Uint16Array) : elements;
  const result = tensor(type === 'float16' ? 'float32' : type, dims, widened as never) as Tensor;
  return fortranOrder ? rowMajor(result) : result;
}

/**
 * The header of a .npy file, checked against the file's length.
 * @param bytes the file, or its start as far as the header goes
 * @throws as {@link readNpy}
 */
export function readNpyHeader(bytes: Uint8Array, where: string, fileLength: number): NpyHeader {
  const { descr, fortranOrder, shape, dataStart } = openNpy(bytes, where);
  const typeCode = /^([<>|=])([a-z]\d+)$/.exec(descr);
  const type = typeCode === null ? undefined : types[typeCode[2]];
  if (typeCode === null || type === undefined) {
    throw new OutsetError('formats.npy_dtype', { where, got: descr });
  }
  checkDataLength(fileLength, dataStart, elementCount(shape) * storedElementBytes(type), where);
  return { type, dims: shape, dataStart, bigEndian: typeCode[1] === '>', fortranOrder };
}

/**
 * Reads a .npy file that holds one text (numpy's `S` bytes or `U` characters, shape `()`).
 * @throws the errors of {@link readNpy}; formats.npy_dtype unless it is one text
 */
export function readNpyText(bytes: Uint8Array, where = 'npy'): string {
  const { descr, shape, dataStart } = openNpy(bytes, where);
  const match = /^([<>|])([SU])(\d+)$/.exec(descr);
  if (match === null || shape.length > 0) throw new OutsetError('formats.npy_dtype', { where, got: descr });
  const [, order, kind, length] = match;
  const width = kind === 'U' ? 4 : 1;
  checkDataLength(bytes.length, dataStart, Number(length) * width, where);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, Number(length) * width);
  let text = '';
  for (let at = 0; at < view.byteLength; at += width) {
    const code = width === 1 ? view.getUint8(at) : view.getUint32(at, order !== '>');
    if (code > 0x10ffff) throw new OutsetError('formats.npy_dtype', { where, got: descr });
    text += String.fromCodePoint(code);
  }
  return text.replace(/\0+$/, '');
}

interface OpenedNpy extends Header {
  readonly dataStart: number;
}

function openNpy(bytes: Uint8Array, where: string): OpenedNpy {
  const format = 'npy';
  if (!signature.every((byte, index) => bytes[index] === byte)) {
    const got = hex(bytes.subarray(0, 6));
    throw new OutsetError('formats.wrong_magic', { where, format, expected: hex(signature), got });
  }
  const need = (expected: number): void => {
    if (bytes.length < expected)
      throw new OutsetError('formats.truncated', {
        where,
        format,
        part: 'header',
        expected,
        got: bytes.length,
      });
  };
  need(10);
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new OutsetError('formats.npy_version', { where, got: `${major}.${minor}` });
  }
  const lengthBytes = major === 1 ? 2 : 4;
  need(8 + lengthBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 8, lengthBytes);
  const headerStart = 8 + lengthBytes;
  const dataStart = headerStart + (major === 1 ? view.getUint16(0, true) : view.getUint32(0, true));
  need(dataStart);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(headerStart, dataStart),
  );
  return { ...parseHeader(text, where), dataStart };
}

function checkDataLength(fileLength: number, dataStart: number, length: number, where: string): void {
  const [format, got] = ['npy', fileLength - dataStart] as const;
  if (got < length) {
    const expected = dataStart + length;
    throw new OutsetError('formats.truncated', { where, format, part: 'data', expected, got: fileLength });
  }
  if (got > length) throw new OutsetError('formats.trailing_bytes', { where, format, expected: length, got });
}

interface Header {
  descr: string;
  fortranOrder: boolean;
  shape: number[];
}

/** The Python dictionary, whose three keys may come in any order. */
function parseHeader(text: string, where: string): Header {
  const got = JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text.trimEnd());
  const refuse = () => new OutsetError('formats.npy_header', { where, got });
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) throw refuse();
  const field =
    /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([\dL,\s]*\)|\[.*?\])\s*(?:,|$)/gy;
  const values = new Map<string, string>();
  let consumed = 0;
  for (const match of body.matchAll(field)) {
    if (values.has(match[1])) throw refuse();
    values.set(match[1], match[2]);
    consumed = match.index + match[0].length;
  }
  if (body.slice(consumed).trim() !== '' || values.size !== 3) throw refuse();
  const descr = values.get('descr') ?? '';
  const order = values.get('fortran_order');
  const tuple = /^\(([\dL,\s]*)\)$/.exec(values.get('shape') ?? '');
  if (descr.startsWith('[')) throw new OutsetError('formats.npy_dtype', { where, got: descr.slice(0, 80) });
  if (!descr.startsWith("'") || (order !== 'True' && order !== 'False') || tuple === null) throw refuse();
  const lengths = tuple[1].split(',').map((length) => length.trim());
  if (lengths.at(-1) === '') lengths.pop();
  if (lengths.some((length) => !/^\d+L?$/.test(length))) throw refuse();
  const shape = lengths.map((length) => Number.parseInt(length, 10));
  if (![...shape, elementCount(shape)].every(Number.isSafeInteger)) throw refuse();
  return { descr: descr.slice(1, -1), fortranOrder: order === 'True', shape };
}

/** Turns data whose first axis is contiguous into data whose last axis is. */
function rowMajor(source: Tensor): Tensor {
  const { dtype, dims, data } = source;
  if (dims.length < 2) return source;
  const columnSteps = strides([...dims].reverse()).reverse();
  const result = data.slice();
  const index = new Array<number>(dims.length).fill(0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from];
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      from += columnSteps[axis];
      if (++index[axis] < dims[axis]) break;
      from -= columnSteps[axis] * dims[axis];
      index[axis] = 0;
    }
  }
  return tensor(dtype, dims, result as never) as Tensor;
}

function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ') || '(empty)';
}
