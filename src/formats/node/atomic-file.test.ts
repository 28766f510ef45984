import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutsetError } from '../../messages/error.ts';
import { ensureWritableFolder, type FileSystem, writeFileAtomic } from './atomic-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outset-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const errnoError = (code: string) => Object.assign(new Error(code), { code });

/** A file system that takes `room` bytes and then reports `code`. */
function failing(code: string, room: number, at: 'open' | 'write' | 'sync' | 'rename'): FileSystem {
  const fails = async () => {
    throw errnoError(code);
  };
  return {
    rm,
    rename: at === 'rename' ? (fails as typeof rename) : rename,
    open: (async (...args: Parameters<typeof open>) => {
      if (at === 'open') return fails();
      const file = await open(...args);
      const write = file.writeFile.bind(file);
      let left = room;
      file.writeFile = async (data) => {
        left -= (data as Uint8Array).length;
        if (at === 'write' && left < 0) await fails();
        await write(data);
      };
      if (at === 'sync') file.sync = fails;
      return file;
    }) as typeof open,
  };
}

describe('writeFileAtomic', () => {
  test('text, bytes, pieces, pieces that come later', async () => {
    const path = join(folder, 'a.txt');
    await writeFileAtomic(path, '글');
    expect(readFileSync(path, 'utf8')).toBe('글');
    await writeFileAtomic(path, Uint8Array.of(1, 2));
    await writeFileAtomic(path, [Uint8Array.of(1, 2), Uint8Array.of(3)]);
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    await writeFileAtomic(
      path,
      (async function* () {
        yield Uint8Array.of(9);
      })(),
    );
    expect([...readFileSync(path)]).toEqual([9]);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test.each([
    ['ENOSPC', 'write', 'formats.disk_full'],
    ['EDQUOT', 'write', 'formats.disk_full'],
    ['ENOSPC', 'sync', 'formats.disk_full'],
    ['EACCES', 'open', 'formats.not_writable'],
    ['EROFS', 'open', 'formats.not_writable'],
    ['EIO', 'sync', 'formats.write_failed'],
    ['EPERM', 'rename', 'formats.not_writable'],
  ] as const)('%s at %s leaves the old file and nothing else', async (code, at, issue) => {
    const path = join(folder, 'weights');
    writeFileSync(path, 'old');
    const pieces = [new Uint8Array(600), new Uint8Array(600)];
    const error = await writeFileAtomic(path, pieces, failing(code, 1000, at)).catch((reason) => reason);
    expect(error).toBeInstanceOf(OutsetError);
    expect(error.code).toBe(issue);
    expect(error.details.path).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['weights']);
  });

  test('a producer that fails half-way leaves nothing', async () => {
    const path = join(folder, 'x');
    const pieces = function* () {
      yield new Uint8Array(10);
      throw new OutsetError('formats.step', { tag: 'a', step: -1 });
    };
    await expect(writeFileAtomic(path, pieces())).rejects.toMatchObject({ code: 'formats.step' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a path under a file, in no folder, on a folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    const write = (name: string) => writeFileAtomic(join(folder, name), 'x');
    await expect(write('file/inside')).rejects.toMatchObject({ code: 'formats.not_a_folder' });
    await expect(write('nowhere/inside')).rejects.toMatchObject({ code: 'formats.no_such_folder' });
    mkdirSync(join(folder, 'taken/full'), { recursive: true });
    await expect(write('taken')).rejects.toMatchObject({ code: 'formats.is_a_folder' });
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  });

  test.skipIf(!existsSync('/proc/self'))('a file system that takes no files', async () => {
    const error = await writeFileAtomic('/proc/outset.txt', 'x').catch((reason) => reason);
    expect(error).toBeInstanceOf(OutsetError);
    expect(error.text('en')).toContain('/proc/outset.txt');
  });
});

describe('ensureWritableFolder', () => {
  test('makes the folder and leaves it empty', async () => {
    const path = join(folder, 'runs/one');
    await ensureWritableFolder(path);
    await ensureWritableFolder(path);
    expect(readdirSync(path)).toEqual([]);
  });

  test('a file in the way', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    await expect(ensureWritableFolder(path)).rejects.toMatchObject({ code: 'formats.not_a_folder' });
    await expect(ensureWritableFolder(join(path, 'in'))).rejects.toMatchObject({
      code: 'formats.not_a_folder',
    });
  });

  test('a full or read-only disk', async () => {
    const full = ensureWritableFolder(folder, failing('ENOSPC', 0, 'write'));
    await expect(full).rejects.toMatchObject({ code: 'formats.disk_full', kind: 'run' });
    const readOnly = ensureWritableFolder(folder, failing('EROFS', 0, 'open'));
    await expect(readOnly).rejects.toMatchObject({ code: 'formats.not_writable', kind: 'input' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
