import { OutsetError } from '../../messages/error.ts';
import type { Hdf5Feature, Hdf5Part } from '../../messages/issues/hdf5.ts';

/** The address that stands for "nowhere". */
const nowhere = 0xffffffffffffffffn;

/** A place in the bytes of an HDF5 file that moves on as it reads and never leaves them. */
export class Hdf5Cursor {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly part: Hdf5Part;
  readonly end: number;
  position: number;
  private readonly view: DataView;

  /** @throws formats.hdf5_damaged unless [start, start + length) lies within the bytes */
  constructor(bytes: Uint8Array, where: string, part: Hdf5Part, start: number, length?: number) {
    this.bytes = bytes;
    this.where = where;
    this.part = part;
    this.position = start;
    this.end = length === undefined ? bytes.length : start + length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!(start >= 0 && this.end >= start && this.end <= bytes.length)) throw this.damaged();
  }

  damaged(at: number = this.position): OutsetError {
    return new OutsetError('formats.hdf5_damaged', { where: this.where, part: this.part, at });
  }

  unsupported(feature: Hdf5Feature, got = ''): OutsetError {
    return new OutsetError('formats.hdf5_unsupported', { where: this.where, feature, got });
  }

  /** Moves on by `count` bytes and returns where they start. */
  skip(count: number): number {
    const start = this.position;
    if (!(count >= 0 && start + count <= this.end)) throw this.damaged();
    this.position = start + count;
    return start;
  }

  get left(): number {
    return this.end - this.position;
  }

  u8(): number {
    return this.bytes[this.skip(1)];
  }

  u16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  /** A 64-bit count or size. */
  u64(): number {
    const value = this.view.getBigUint64(this.skip(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.damaged(this.position - 8);
    return Number(value);
  }

  /** An address; undefined for the one that means "nowhere". */
  address(): number | undefined {
    const value = this.view.getBigUint64(this.skip(8), true);
    if (value === nowhere) return undefined;
    if (value >= BigInt(this.bytes.length)) throw this.damaged(this.position - 8);
    return Number(value);
  }

  signature(expected: string): void {
    const start = this.skip(expected.length);
    for (let i = 0; i < expected.length; i++) {
      if (this.bytes[start + i] !== expected.charCodeAt(i)) throw this.damaged(start);
    }
  }

  take(count: number): Uint8Array {
    const start = this.skip(count);
    return this.bytes.subarray(start, start + count);
  }

  /** Text up to the first zero byte. */
  text(length: number): string {
    return textOf(this.take(length));
  }
}

/** UTF-8 text up to the first zero byte. */
export function textOf(bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  return new TextDecoder().decode(zero < 0 ? bytes : bytes.subarray(0, zero));
}
