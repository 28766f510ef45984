/**
 * Safetensors files through a file handle, a tensor at a time: files larger than memory are read and written like small
 * ones.
 */

import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutsetError } from '../../messages/error.ts';
import { planSafetensors, storedSafetensor } from '../safetensors.ts';
import { parseSafetensorsHeader, safetensorsDataStart, safetensorsPrefix } from '../safetensors-header.ts';
import { type StoredTensor, storedByteLength } from '../stored-tensor.ts';
import { writeError } from './atomic-file.ts';

/** An open safetensors file. */
export interface SafetensorsReader {
  /** In the order of their bytes. */
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The bytes of one tensor. */
  read(name: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a safetensors file: reads and checks its header, and nothing else.
 * @throws formats.truncated, formats.trailing_bytes, formats.safetensors_*
 */
export async function openSafetensors(path: string, where: string = path): Promise<SafetensorsReader> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const prefix = await readAt(file, 0, Math.min(safetensorsPrefix, size), where);
    const dataStart = safetensorsDataStart(prefix, where, size);
    const head = await readAt(file, 0, dataStart, where);
    const { entries, metadata } = parseSafetensorsHeader(head, where, size);
    const tensors = entries.map((entry) => storedSafetensor(entry, where));
    const places = new Map(entries.map((entry) => [entry.name, entry]));
    return {
      tensors,
      metadata,
      read: async (name) => {
        const { begin = 0, end = 0 } = places.get(name) ?? {};
        return readAt(file, dataStart + begin, end - begin, where);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A safetensors file that is being written, its tensors in any order. */
export interface SafetensorsWriter {
  /** Puts the bytes of a tensor in their place. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Makes the file appear under its name. */
  finish(): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/**
 * Begins a safetensors file that appears only when it is whole.
 * @throws formats.safetensors_reserved_name; formats.disk_full, formats.not_writable and their like
 */
export async function createSafetensors(
  path: string,
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<SafetensorsWriter> {
  const plan = planSafetensors(tensors, metadata);
  const lengths = new Map(tensors.map((one) => [one.name, storedByteLength(one)]));
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw writeError(path, error);
    }
  };
  const file = await attempt(() => open(temporary, 'wx'));
  await attempt(() => writeAt(file, 0, plan.head));
  return {
    write: (name, bytes) =>
      attempt(async () => {
        const start = plan.starts.get(name);
        const expected = lengths.get(name) ?? 0;
        if (start === undefined || bytes.length !== expected) {
          const details = { where: path, name, expected, got: bytes.length };
          throw new OutsetError('formats.safetensors_tensor_length', details);
        }
        await writeAt(file, start, bytes);
      }),
    finish: () =>
      attempt(async () => {
        await file.truncate(plan.length);
        await file.sync();
        await file.close();
        await rename(temporary, path);
      }),
    abandon: async () => {
      await file.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

/** One read or write moves at most so many bytes: the system's own limit is 2 GiB. */
const mostAtOnce = 2 ** 30;

async function readAt(file: FileHandle, start: number, length: number, where: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = Math.min(mostAtOnce, length - done);
    const { bytesRead } = await file.read(bytes, done, count, start + done);
    if (bytesRead === 0) {
      const details = { where, format: 'safetensors', part: 'data', expected: length, got: done } as const;
      throw new OutsetError('formats.truncated', details);
    }
    done += bytesRead;
  }
  return bytes;
}

async function writeAt(file: FileHandle, start: number, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const count = Math.min(mostAtOnce, bytes.length - done);
    const { bytesWritten } = await file.write(bytes, done, count, start + done);
    done += bytesWritten;
  }
}
