/**
 * IDX, the format of MNIST's files: two zero bytes, a type code, the number of axes, the length of each axis (u32,
 * big-endian), then the elements (big-endian), the last axis contiguous. Files packed with gzip are read as they are.
 * @see http://yann.lecun.com/exdb/mnist/ ("the IDX file format")
 */

import { Gunzip } from 'fflate';
import { crc32 } from '../formats/crc.ts';
import { bytesPerElement, elementsFromBytes } from '../formats/element-bytes.ts';
import { OutsetError } from '../messages/error.ts';
import { type DataType, elementCount, type Tensor, tensor } from '../tensor/tensor.ts';

/** Element types by IDX type code. */
const types: Readonly<Record<number, DataType>> = {
  8: 'uint8',
  9: 'int8',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
};

interface IdxHeader {
  readonly dtype: DataType;
  readonly dims: number[];
  readonly dataStart: number;
  /** Bytes of the whole file, unpacked. */
  readonly length: number;
}

/**
 * Parses an IDX file. For byte arrays nothing is copied: the tensor is a view of `bytes`.
 * @param bytes the file, plain or packed with gzip
 * @param where the file's name, for error messages
 * @throws data.idx_magic, data.idx_too_large, formats.truncated, formats.trailing_bytes, formats.corrupt
 */
export function parseIdx(bytes: Uint8Array, where = 'IDX'): Tensor {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipIdx(bytes, where) : bytes;
  const header = parseHeader(plain, where);
  if (header === undefined) throw truncated(where, 'header', headerLength(plain), plain.length);
  const { dtype, dims, dataStart, length } = header;
  if (plain.length < length) throw truncated(where, 'data', length, plain.length);
  if (plain.length > length) throw trailing(where, length - dataStart, plain.length - dataStart);
  const raw = plain.subarray(dataStart, length);
  if (dtype === 'uint8') return tensor('uint8', dims, raw);
  return tensor(dtype, dims, elementsFromBytes(dtype, raw, true)) as Tensor;
}

/** The header, or undefined when its end is not there yet. */
function parseHeader(bytes: Uint8Array, where: string): IdxHeader | undefined {
  const dtype = types[bytes[2]];
  const wrong =
    (bytes.length > 0 && bytes[0] !== 0) ||
    (bytes.length > 1 && bytes[1] !== 0) ||
    (bytes.length > 2 && dtype === undefined) ||
    (bytes.length > 3 && bytes[3] === 0);
  if (wrong) throw new OutsetError('data.idx_magic', { where, got: hex(bytes.subarray(0, 4)) });
  const dataStart = headerLength(bytes);
  if (bytes.length < dataStart) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, dataStart);
  const dims = Array.from({ length: bytes[3] }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = dataStart + elementCount(dims) * bytesPerElement[dtype];
  if (!Number.isSafeInteger(length)) throw new OutsetError('data.idx_too_large', { where, dims });
  return { dtype, dims, dataStart, length };
}

function headerLength(bytes: Uint8Array): number {
  return bytes.length < 4 ? 4 : 4 + 4 * bytes[3];
}

/**
 * Bytes that an IDX file has, unpacked, as its first bytes say; undefined when these do not hold the whole header.
 * @throws data.idx_magic, data.idx_too_large
 */
export function idxFileLength(firstBytes: Uint8Array, where: string): number | undefined {
  return parseHeader(firstBytes, where)?.length;
}

/** Bytes unpacked at a time: at most 1032 times as many come out. */
const packedPiece = 16 * 1024;

/** Unpacks no more than the IDX header inside asks for, so that a small file cannot fill the memory. */
function gunzipIdx(packed: Uint8Array, where: string): Uint8Array {
  let out = new Uint8Array(64 * 1024);
  let filled = 0;
  let header: IdxHeader | undefined;
  let members = 0;
  const unpacker = new Gunzip((piece) => {
    if (header === undefined || filled + piece.length <= header.length) {
      if (filled + piece.length > out.length) out = grown(out, filled + piece.length, header?.length);
      out.set(piece, filled);
    }
    filled += piece.length;
    header ??= parseHeader(out.subarray(0, filled), where);
    if (header !== undefined && filled > header.length) {
      throw trailing(where, header.length - header.dataStart, filled - header.dataStart);
    }
  });
  unpacker.onmember = () => {
    members++;
  };
  try {
    for (let start = 0; start < packed.length; start += packedPiece) {
      const end = Math.min(start + packedPiece, packed.length);
      unpacker.push(packed.subarray(start, end), end === packed.length);
    }
  } catch (error) {
    if (error instanceof OutsetError) throw error;
    const reason = (error as Error).message;
    throw new OutsetError('formats.corrupt', { where, format: 'gzip', reason }, { cause: error });
  }
  const unpacked = out.subarray(0, filled);
  // The last 8 bytes of a gzip member are the checksum and the length of what it holds.
  if (members <= 1 && packed.length >= 18) {
    const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
    const sound = trailer.getUint32(0, true) === crc32(unpacked) && trailer.getUint32(4, true) === filled;
    if (!sound) throw new OutsetError('formats.checksum', { where, format: 'gzip', part: 'gzip' });
  }
  return unpacked;
}

/** At least `needed` bytes: twice as many as before, but not more than the file will have. */
function grown(bytes: Uint8Array, needed: number, most: number | undefined): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(
    Math.max(needed, Math.min(bytes.length * 2, most ?? Number.POSITIVE_INFINITY)),
  );
  larger.set(bytes);
  return larger;
}

function truncated(where: string, part: 'header' | 'data', expected: number, got: number): OutsetError {
  return new OutsetError('formats.truncated', { where, format: 'IDX', part, expected, got });
}

function trailing(where: string, expected: number, got: number): OutsetError {
  return new OutsetError('formats.trailing_bytes', { where, format: 'IDX', expected, got });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
