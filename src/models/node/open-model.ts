/** Opening a model's file in Node. */

import { constants, type FileHandle, open, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { openSafetensors } from '../../formats/node/safetensors-file.ts';
import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer } from '../container.ts';
import { hdf5Container, kerasContainer } from '../keras-container.ts';
import type { ModelFormat } from '../model.ts';
import { npzContainer } from '../npz-container.ts';
import { onnxContainer } from '../onnx-container.ts';
import { safetensorsContainer } from '../safetensors-container.ts';
import { tfjsContainer } from '../tfjs-container.ts';

const endings: readonly (readonly [string, ModelFormat])[] = [
  ['.onnx', 'onnx'],
  ['.safetensors', 'safetensors'],
  ['.npz', 'npz'],
  ['.keras', 'keras'],
  ['.h5', 'hdf5'],
  ['.hdf5', 'hdf5'],
  ['.json', 'tfjs'],
];

/**
 * The format that the ending of a file's name says.
 * @throws models.unknown_format
 */
export function formatOfFile(file: string): ModelFormat {
  const found = endings.find(([ending]) => file.toLowerCase().endsWith(ending));
  if (found === undefined) {
    const known = [...new Set(endings.map(([ending]) => ending))];
    throw new OutsetError('models.unknown_format', { where: file, known });
  }
  return found[1];
}

/**
 * Opens a model by the ending of its name: .onnx, .safetensors, .npz, .keras, .h5, .weights.h5, model.json.
 * @throws models.unknown_format, cli.file_unreadable, and what the formats throw
 */
export async function openModel(file: string): Promise<ModelContainer> {
  return openModelAs(file, formatOfFile(file));
}

/**
 * Opens a model of a known format, whatever its name.
 * @throws cli.file_unreadable, and what the formats throw
 */
export async function openModelAs(file: string, format: ModelFormat): Promise<ModelContainer> {
  try {
    switch (format) {
      case 'safetensors':
        return safetensorsContainer(await openSafetensors(file));
      case 'npz':
        return npzContainer(await bytesOf(file), file);
      case 'keras':
        return kerasContainer(await bytesOf(file), file);
      case 'hdf5':
        return hdf5Container(await bytesOf(file), file);
      case 'onnx':
        return onnxContainer(await bytesOf(file), (name, location, offset, length) =>
          readBeside(file, name, location, offset, length),
        );
      case 'tfjs': {
        const shard = (shardPath: string) => besidePath(file, 'weightsManifest', shardPath);
        const shards = {
          size: async (one: string) => (await stat(await shard(one))).size,
          read: async (one: string, offset: number, length: number) =>
            readPart(file, one, await shard(one), offset, length),
        };
        return await tfjsContainer(await readFile(file, 'utf8'), shards, file);
      }
    }
  } catch (error) {
    throw fileError(file, error);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  // A view without Buffer's own methods, whose slice shares memory.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function fileError(file: string, error: unknown): unknown {
  const { code, path: at } = error as NodeJS.ErrnoException;
  if (error instanceof OutsetError || typeof code !== 'string') return error;
  return new OutsetError('cli.file_unreadable', { file: at ?? file, reason: code }, { cause: error });
}

/** Bytes of a file beside a model, which must lie in the model's folder. @throws models.external_path, models.external_length */
export async function readBeside(
  file: string,
  name: string,
  location: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  return readPart(file, name, await besidePath(file, name, location), offset, length);
}

/**
 * The path of a file that a model names, which must lie in the model's folder: no absolute path, no step up, no link
 * that leads out.
 */
async function besidePath(file: string, name: string, location: string): Promise<string> {
  const refuse = () =>
    new OutsetError('models.external_path', { where: file, name, location: location.slice(0, 200) });
  if (location === '' || /[\0\\:]/.test(location) || path.isAbsolute(location)) throw refuse();
  if (location.split('/').some((part) => part === '..')) throw refuse();
  const folder = await realpath(path.dirname(file));
  const wanted = path.join(folder, location);
  let real: string;
  try {
    real = await realpath(wanted);
  } catch (error) {
    throw fileError(wanted, error);
  }
  if (!real.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)) throw refuse();
  return real;
}

async function readPart(
  where: string,
  name: string,
  file: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const handle: FileHandle = await open(file, constants.O_RDONLY);
  try {
    const information = await handle.stat();
    if (!information.isFile() || information.size < offset + length) {
      const got = information.isFile() ? information.size : 0;
      throw new OutsetError('models.external_length', { where, name, expected: offset + length, got });
    }
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(2 ** 30, length - done), offset + done);
      if (bytesRead === 0) {
        throw new OutsetError('models.external_length', { where, name, expected: length, got: done });
      }
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
