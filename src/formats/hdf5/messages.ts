/** The messages of an object header that say what a dataset or attribute is. */

import type { StoredType } from '../stored-tensor.ts';
import { Hdf5Cursor } from './cursor.ts';
import type { Hdf5TextHeap } from './text-heap.ts';

/** Numbers of the header messages that are read. */
export const messageTypes = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

/** An element type: one of numbers, or text of fixed or variable length. */
export interface Hdf5Type {
  readonly kind: 'number' | 'text' | 'variable-text' | 'other';
  readonly size: number;
  readonly type?: StoredType;
  readonly bigEndian: boolean;
}

/** Where the elements of a dataset lie; `start` is undefined if nothing was ever written. */
export type Hdf5Layout =
  | { readonly kind: 'contiguous'; readonly start: number | undefined; readonly size: number }
  | { readonly kind: 'chunked' };

/** Lengths of the axes; `[]` for a scalar, undefined for "no elements at all". */
export function readDataspace(cursor: Hdf5Cursor): number[] | undefined {
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.u8();
  if (version === 1) cursor.skip(5);
  else if (version === 2) {
    if (cursor.u8() === 2) return undefined;
  } else throw cursor.damaged();
  if (rank > 32) throw cursor.damaged();
  const dims = Array.from({ length: rank }, () => cursor.u64());
  let count = 1;
  for (const length of dims) count *= length;
  if (!Number.isSafeInteger(count)) throw cursor.damaged();
  return dims;
}

export function readDatatype(cursor: Hdf5Cursor): Hdf5Type {
  const kind = cursor.u8() & 0x0f;
  const bits = cursor.u8() | (cursor.u8() << 8) | (cursor.u8() << 16);
  const size = cursor.u32();
  if (size === 0) throw cursor.damaged();
  const bigEndian = (bits & 1) === 1;
  if (kind === 0) return numberType(size, bigEndian, integerType(size, (bits & 8) !== 0));
  if (kind === 1) {
    cursor.skip(5);
    const exponentBits = cursor.u8();
    cursor.skip(1);
    const fractionBits = cursor.u8();
    return numberType(size, bigEndian, floatType(size, exponentBits, fractionBits));
  }
  if (kind === 3) return { kind: 'text', size, bigEndian: false };
  // h5py writes booleans as an enumeration of FALSE and TRUE over one byte.
  if (kind === 8 && size === 1) return { kind: 'number', size, type: 'int8', bigEndian: false };
  if (kind === 9 && (bits & 0x0f) === 1) return { kind: 'variable-text', size, bigEndian: false };
  return { kind: 'other', size, bigEndian };
}

function numberType(size: number, bigEndian: boolean, type: StoredType | undefined): Hdf5Type {
  return type === undefined ? { kind: 'other', size, bigEndian } : { kind: 'number', size, type, bigEndian };
}

function integerType(size: number, signed: boolean): StoredType | undefined {
  if (size === 1) return signed ? 'int8' : 'uint8';
  if (size === 2) return signed ? 'int16' : 'uint16';
  if (size === 4) return signed ? 'int32' : 'uint32';
  if (size === 8) return signed ? 'int64' : 'uint64';
  return undefined;
}

function floatType(size: number, exponentBits: number, fractionBits: number): StoredType | undefined {
  if (size === 4 && exponentBits === 8 && fractionBits === 23) return 'float32';
  if (size === 8 && exponentBits === 11 && fractionBits === 52) return 'float64';
  if (size === 2 && exponentBits === 5 && fractionBits === 10) return 'float16';
  if (size === 2 && exponentBits === 8 && fractionBits === 7) return 'bfloat16';
  return undefined;
}

export function readLayout(cursor: Hdf5Cursor): Hdf5Layout {
  const version = cursor.u8();
  if (version !== 3 && version !== 4) throw cursor.unsupported('layout', `${version}`);
  const kind = cursor.u8();
  if (kind === 0) {
    const size = cursor.u16();
    return { kind: 'contiguous', start: cursor.skip(size), size };
  }
  if (kind !== 1) return { kind: 'chunked' };
  return { kind: 'contiguous', start: cursor.address(), size: cursor.u64() };
}

/** A value of an attribute that is read: texts or numbers are all that a model needs. */
export type Hdf5AttributeValue = string | readonly string[];

/** An attribute of text; undefined for attributes of anything else. */
export function readAttribute(
  cursor: Hdf5Cursor,
  heap: Hdf5TextHeap,
): { readonly name: string; readonly value: Hdf5AttributeValue } | undefined {
  const version = cursor.u8();
  if (version < 1 || version > 3) throw cursor.damaged();
  const flags = cursor.u8();
  const nameSize = cursor.u16();
  const typeSize = cursor.u16();
  const spaceSize = cursor.u16();
  if (version === 3) cursor.u8();
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const part = (size: number) => {
    const start = cursor.skip(padded(size));
    return new Hdf5Cursor(cursor.bytes, cursor.where, 'attribute', start, size);
  };
  const name = part(nameSize).text(nameSize);
  if (version > 1 && (flags & 3) !== 0) return undefined;
  const type = readDatatype(part(typeSize));
  const dims = readDataspace(part(spaceSize));
  if (dims === undefined) return undefined;
  let count = 1;
  for (const length of dims) count *= length;
  if (type.kind !== 'text' && type.kind !== 'variable-text') return undefined;
  if (count * type.size > cursor.left) throw cursor.damaged();
  const values = Array.from({ length: count }, () =>
    type.kind === 'text' ? cursor.text(type.size) : heap.read(cursor),
  );
  return { name, value: dims.length === 0 ? values[0] : values };
}
