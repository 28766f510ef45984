/**
 * Files that are either whole or not there: written under another name in the same folder, flushed to the disk, then
 * renamed. Whatever goes wrong, the half-written file is removed and the old one, if any, is untouched.
 */

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutsetError } from '../../messages/error.ts';

/** The file operations that writing needs; replaceable so that a full disk can be tried without filling one. */
export interface FileSystem {
  open: typeof open;
  rename: typeof rename;
  rm: typeof rm;
}

const nodeFileSystem: FileSystem = { open, rename, rm };

/** What can be written: text (as UTF-8), bytes, or bytes in pieces. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file so that readers see the old content or the new, never a part.
 * @throws formats.disk_full, formats.not_writable, formats.not_a_folder, formats.is_a_folder, formats.no_such_folder,
 *   formats.write_failed
 */
export async function writeFileAtomic(
  path: string,
  content: FileContent,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const file = await fileSystem.open(temporary, 'wx');
    try {
      for await (const piece of pieces(content)) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await fileSystem.rm(temporary, { force: true }).catch(() => {});
    throw writeError(path, error);
  }
  await syncFolder(dirname(path), fileSystem);
}

/**
 * Makes a folder, with those above it, and proves that a file can be written there.
 * @throws formats.disk_full, formats.not_writable, formats.not_a_folder, formats.write_failed
 */
export async function ensureWritableFolder(
  path: string,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    if (!(await stat(path)).isDirectory()) throw new OutsetError('formats.not_a_folder', { path });
  } catch (error) {
    throw codeOf(error) === 'EEXIST'
      ? new OutsetError('formats.not_a_folder', { path })
      : writeError(path, error);
  }
  const probe = join(path, `.writable.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const file = await fileSystem.open(probe, 'wx');
    try {
      // A file system that is full may still make an empty file.
      await file.writeFile('outset');
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw writeError(path, error);
  } finally {
    await fileSystem.rm(probe, { force: true }).catch(() => {});
  }
}

/** The issue behind an error of the operating system. Errors that are already issues pass through. */
export function writeError(path: string, error: unknown): Error {
  // A producer of pieces may fail with an error of its own: it says more than "writing failed".
  if (error instanceof OutsetError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new OutsetError('formats.disk_full', { path }, options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new OutsetError('formats.not_writable', { path, code }, options);
    case 'ENOTDIR':
      return new OutsetError('formats.not_a_folder', { path }, options);
    case 'EISDIR':
      return new OutsetError('formats.is_a_folder', { path }, options);
    case 'ENOENT':
      return new OutsetError('formats.no_such_folder', { path }, options);
    default:
      return new OutsetError('formats.write_failed', { path, reason: code ?? String(error) }, options);
  }
}

async function* pieces(content: FileContent): AsyncIterable<string | Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield content;
  else yield* content;
}

/** Makes the rename itself survive a power cut; where folders cannot be opened (Windows) there is nothing to do. */
async function syncFolder(folder: string, fileSystem: FileSystem): Promise<void> {
  try {
    const handle = await fileSystem.open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file is in place; only its durability across a crash is not promised here.
  }
}

function codeOf(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
