/** Opening a model whose files are in memory, as in a browser. */

import { storedSafetensor } from '../formats/safetensors.ts';
import { parseSafetensorsHeader } from '../formats/safetensors-header.ts';
import { OutsetError } from '../messages/error.ts';
import type { ModelContainer } from './container.ts';
import { hdf5Container, kerasContainer } from './keras-container.ts';
import type { ModelFormat } from './model.ts';
import { npzContainer } from './npz-container.ts';
import { onnxContainer, type ReadBeside } from './onnx-container.ts';
import { type SafetensorsSource, safetensorsContainer } from './safetensors-container.ts';
import { tfjsContainer } from './tfjs-container.ts';

/**
 * Opens a model of a known format.
 *
 * @param bytes  the model's file
 * @param beside files that it refers to, by the last part of their path: shards of TensorFlow.js, weights of .onnx
 * @param where  the file's name, for errors
 * @throws models.beside_absent, models.external_length, and what the formats throw for damaged files
 */
export async function openModelBytes(
  format: ModelFormat,
  bytes: Uint8Array,
  beside: ReadonlyMap<string, Uint8Array>,
  where: string,
): Promise<ModelContainer> {
  switch (format) {
    case 'safetensors':
      return safetensorsContainer(safetensorsSource(bytes, where));
    case 'npz':
      return npzContainer(bytes, where);
    case 'keras':
      return kerasContainer(bytes, where);
    case 'hdf5':
      return hdf5Container(bytes, where);
    case 'onnx':
      return onnxContainer(bytes, readBesideOf(beside, where));
    case 'tfjs': {
      const shards = {
        size: async (path: string) => fileBeside(beside, path, where).length,
        read: async (path: string, offset: number, length: number) =>
          readBesideOf(beside, where)('weightsManifest', path, offset, length),
      };
      return tfjsContainer(new TextDecoder().decode(bytes), shards, where);
    }
  }
}

/** Reads parts of files that lie beside a model in memory. */
export function readBesideOf(beside: ReadonlyMap<string, Uint8Array>, where: string): ReadBeside {
  return async (name, location, offset, length) => {
    const file = fileBeside(beside, location, where);
    if (file.length < offset + length) {
      const details = { where, name, expected: offset + length, got: file.length };
      throw new OutsetError('models.external_length', details);
    }
    return file.slice(offset, offset + length);
  };
}

function fileBeside(beside: ReadonlyMap<string, Uint8Array>, path: string, where: string): Uint8Array {
  // Only what was given can be reached, so a path that climbs leads nowhere.
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = beside.get(name);
  if (found === undefined) throw new OutsetError('models.beside_absent', { where, name: name.slice(0, 200) });
  return found;
}

function safetensorsSource(bytes: Uint8Array, where: string): SafetensorsSource {
  const { entries, metadata, dataStart } = parseSafetensorsHeader(bytes, where);
  const places = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    tensors: entries.map((entry) => storedSafetensor(entry, where)),
    metadata,
    read: async (name) => {
      const { begin = 0, end = 0 } = places.get(name) ?? {};
      return bytes.slice(dataStart + begin, dataStart + end);
    },
    close: async () => {},
  };
}
