/**
 * Reading zip archives strictly: the central directory is believed, everything is checked before memory is taken,
 * and every member's checksum is verified (fflate unpacks, but does none of these).
 */

import { Inflate, inflateSync } from 'fflate';
import { OutsetError } from '../messages/error.ts';
import { crc32 } from './crc.ts';

/** What the archive is, for error messages: numpy's arrays, or anything else. */
type ZipFormat = 'npz' | 'zip';

/** One file of an archive; `read` unpacks it. */
export interface ZipMember {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  read(): Uint8Array;
  /** At least the first `count` bytes, or all if there are fewer; their checksum is not verified. */
  head(count: number): Uint8Array;
}

const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const marker64 = 0xffffffff;
/** Deflate cannot pack better than this. */
const greatestRatio = 1032;

/**
 * The members of an archive, in the order of its directory.
 * @param maxBytes refuse archives whose members together unpack to more
 */
export function readZip(
  bytes: Uint8Array,
  where: string,
  maxBytes: number,
  format: ZipFormat = 'npz',
): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findDirectoryEnd(view, where, format);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const members: ZipMember[] = [];
  const names = new Set<string>();
  const ranges: Description[] = [];
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (position + 46 > end || view.getUint32(position, true) !== directoryEntry) {
      throw location(where, `#${index + 1}`, position);
    }
    const nameLength = view.getUint16(position + 28, true);
    const next =
      position + 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
    if (next > end) throw location(where, `#${index + 1}`, position);
    const name = new TextDecoder().decode(bytes.subarray(position + 46, position + 46 + nameLength));
    if (names.has(name))
      throw new OutsetError('formats.zip_member', { where, name, problem: 'duplicate', got: '' });
    names.add(name);
    const member = describe(view, position, name, where, format);
    total += member.size;
    if (total > maxBytes)
      throw new OutsetError('formats.unpacked_too_large', {
        where,
        format,
        limit: maxBytes,
        got: total,
      });
    ranges.push(member);
    const head = (count: number) => unpackHead(bytes, member, count, where, format);
    members.push({ name, size: member.size, head, read: () => unpack(bytes, member, where, format) });
    position = next;
  }
  refuseOverlaps(ranges, where);
  return members;
}

/** Members over the same bytes are how small archives unpack to huge ones. */
function refuseOverlaps(members: Description[], where: string): void {
  members.sort((a, b) => a.start - b.start);
  for (let i = 1; i < members.length; i++) {
    const before = members[i - 1];
    if (before.start + before.packedSize > members[i].start && members[i].packedSize > 0) {
      throw location(where, members[i].name, members[i].start);
    }
  }
}

interface Description {
  name: string;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  start: number;
}

function findDirectoryEnd(view: DataView, where: string, format: ZipFormat): number {
  const last = view.byteLength - 22;
  // A comment of at most 65535 bytes may follow the record.
  for (let position = last; position >= 0 && position >= last - 0xffff; position--) {
    if (view.getUint32(position, true) === directoryEnd) {
      const directory = view.getUint32(position + 16, true);
      if (directory === marker64) {
        throw new OutsetError('formats.zip_member', { where, name: '', problem: 'zip64', got: '' });
      }
      if (directory > position) throw location(where, 'directory', directory);
      return position;
    }
  }
  if (view.byteLength >= 4 && view.getUint16(0, true) !== 0x4b50) {
    const got = [0, 1, 2, 3].map((at) => view.getUint8(at).toString(16).padStart(2, '0')).join(' ');
    throw new OutsetError('formats.wrong_magic', {
      where,
      format,
      expected: '50 4b 03 04 (zip)',
      got,
    });
  }
  const expected = Math.max(22, view.byteLength + 1);
  throw new OutsetError('formats.truncated', {
    where,
    format,
    part: 'archive',
    expected,
    got: view.byteLength,
  });
}

function describe(
  view: DataView,
  entry: number,
  name: string,
  where: string,
  format: ZipFormat,
): Description {
  const refuse = (problem: 'encrypted' | 'method' | 'zip64', got = '') =>
    new OutsetError('formats.zip_member', { where, name, problem, got });
  const method = view.getUint16(entry + 10, true);
  const packedSize = view.getUint32(entry + 20, true);
  const size = view.getUint32(entry + 24, true);
  const header = view.getUint32(entry + 42, true);
  if (view.getUint16(entry + 8, true) & 1) throw refuse('encrypted');
  if (method !== 0 && method !== 8) throw refuse('method', String(method));
  if (packedSize === marker64 || size === marker64 || header === marker64) throw refuse('zip64');
  if (header + 30 > view.byteLength || view.getUint32(header, true) !== localHeader) {
    throw location(where, name, header);
  }
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packedSize > view.byteLength) throw location(where, name, start + packedSize);
  const credible = method === 0 ? size === packedSize : size <= packedSize * greatestRatio + 1024;
  if (!credible) {
    const details = { where, format, part: 'data', expected: size, got: packedSize } as const;
    throw new OutsetError('formats.truncated', details);
  }
  return { name, method, crc: view.getUint32(entry + 16, true), packedSize, size, start };
}

function unpack(bytes: Uint8Array, member: Description, where: string, format: ZipFormat): Uint8Array {
  const packed = bytes.subarray(member.start, member.start + member.packedSize);
  let unpacked: Uint8Array = packed;
  if (member.method === 8) {
    try {
      unpacked = inflateSync(packed, { out: new Uint8Array(member.size) });
    } catch (error) {
      const reason = `${member.name}: ${(error as Error).message}`;
      throw new OutsetError('formats.corrupt', { where, format, reason }, { cause: error });
    }
  }
  if (unpacked.length !== member.size) {
    const details = {
      where,
      format,
      part: 'data',
      expected: member.size,
      got: unpacked.length,
    } as const;
    throw new OutsetError('formats.truncated', details);
  }
  if (crc32(unpacked) !== member.crc) {
    throw new OutsetError('formats.checksum', { where, format, part: member.name });
  }
  return unpacked;
}

/** Unpacks only as much as is asked for. */
function unpackHead(
  bytes: Uint8Array,
  member: Description,
  count: number,
  where: string,
  format: ZipFormat,
): Uint8Array {
  const packed = bytes.subarray(member.start, member.start + member.packedSize);
  if (member.method === 0) return packed.subarray(0, count);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  try {
    for (let at = 0; at < packed.length && length < count; at += 512) {
      inflate.push(packed.subarray(at, at + 512), at + 512 >= packed.length);
    }
  } catch (error) {
    const reason = `${member.name}: ${(error as Error).message}`;
    throw new OutsetError('formats.corrupt', { where, format, reason }, { cause: error });
  }
  const head = new Uint8Array(Math.min(length, member.size));
  let position = 0;
  for (const piece of pieces) {
    head.set(piece.subarray(0, head.length - position), position);
    position += Math.min(piece.length, head.length - position);
  }
  return head;
}

function location(where: string, name: string, place: number): OutsetError {
  return new OutsetError('formats.zip_member', { where, name, problem: 'location', got: String(place) });
}
