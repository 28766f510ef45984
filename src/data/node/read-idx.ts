/** IDX files from the disk, plain or packed with gzip. */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { OutsetError } from '../../messages/error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ImageArrays } from '../digit-images.ts';
import { idxFileLength, parseIdx } from '../idx.ts';

/** The names that MNIST gave to the four files. */
export const idxFileNames = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

/**
 * Reads the four files `<prefix><name>`, each with or without `.gz`.
 * @param prefix a folder with its last slash, or the beginning of the files' names
 * @param absent makes the error for a file that is not there
 */
export async function readIdxFiles(prefix: string, absent: (file: string) => Error): Promise<ImageArrays> {
  const reads = await Promise.allSettled(
    Object.values(idxFileNames).map((name) => readIdx(`${prefix}${name}`, absent)),
  );
  // Of several bad files the first in the list is named, whichever was read first.
  const [trainImages, trainLabels, testImages, testLabels] = reads.map((read) => {
    if (read.status === 'rejected') throw read.reason;
    return read.value;
  });
  return { trainImages, trainLabels, testImages, testLabels };
}

async function readIdx(path: string, absent: (file: string) => Error): Promise<Tensor> {
  const plain = await readIfThere(path);
  if (plain !== undefined) return parseIdx(plain, path);
  const packed = await readIfThere(`${path}.gz`);
  if (packed === undefined) throw absent(basename(path));
  return parseIdx(await unpack(packed, `${path}.gz`), `${path}.gz`);
}

/** The content of a file, or undefined when there is none of this name. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new OutsetError('data.file_unreadable', { path, reason: code ?? String(error) }, { cause: error });
  }
}

/** Bytes of the packed file that surely hold the IDX header. */
const peek = 4096;

/** Node's own gunzip: faster than the portable one, and it checks the checksum. Unpacks what the header asks for. */
async function unpack(packed: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    const start = gunzipSync(packed.subarray(0, peek), { finishFlush: constants.Z_SYNC_FLUSH });
    const length = idxFileLength(start, where);
    if (length === undefined) return start;
    return await promisify(gunzip)(packed, { maxOutputLength: Math.max(64, length) });
  } catch (error) {
    if (error instanceof OutsetError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_BUFFER_TOO_LARGE' ? 'it holds more than its header describes' : message;
    throw new OutsetError('formats.corrupt', { where, format: 'gzip', reason }, { cause: error });
  }
}
