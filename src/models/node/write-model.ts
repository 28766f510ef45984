/** Writing a model with new values in Node. */

import path from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';
import { bytesOfTensor } from '../../formats/element-bytes.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { createSafetensors } from '../../formats/node/safetensors-file.ts';
import { writeStoredNpy } from '../../formats/npy.ts';
import { decodeStored, type StoredTensor } from '../../formats/stored-tensor.ts';
import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer, WrittenFile } from '../container.ts';
import type { ModelFormat } from '../model.ts';
import { formatOfFile } from './open-model.ts';

/** New bytes of tensors by name, in the order in which they are drawn. */
export type NewValues = Iterable<readonly [string, Uint8Array]>;

/**
 * Whether a model can be written to a file of this name.
 * @throws models.unknown_format, models.cannot_write
 */
export function checkOutput(container: ModelContainer, file: string): ModelFormat {
  const to = formatOfFile(file);
  if (to === 'safetensors' || to === 'npz' || to === container.format) return to;
  const weightsAlone = to === 'hdf5' && container.rewriteWeights !== undefined;
  if (weightsAlone && file.toLowerCase().endsWith('.weights.h5')) return to;
  throw new OutsetError('models.cannot_write', { where: file, from: container.format, to });
}

/**
 * Writes a model: the new values, and what keeps its own. Safetensors files are written a tensor at a time, so they may
 * be larger than memory.
 * @throws models.cannot_write, onnx.model_too_large, formats.disk_full and its like
 */
export async function writeModel(container: ModelContainer, values: NewValues, file: string): Promise<void> {
  const format = checkOutput(container, file);
  if (format === 'safetensors') return writeSafetensorsModel(container, values, file);
  if (format === 'npz') {
    await writeFileAtomic(file, await npzOf(container, new Map(values)));
    return;
  }
  const rewrite = format === container.format ? container.rewrite : container.rewriteWeights;
  const files: readonly WrittenFile[] = (await rewrite?.(new Map(values))) ?? [];
  for (const { name, content } of files) {
    await writeFileAtomic(name === '' ? file : path.join(path.dirname(file), name), content);
  }
}

/** Every tensor that a file of bare tensors gets: parameters in their order, then what is kept. */
function tensorsOf({ architecture }: ModelContainer): StoredTensor[] {
  const { layers, kept, unknown } = architecture;
  const all = [...layers.flatMap(({ parameters }) => parameters), ...unknown, ...kept];
  return all.map(({ name, type, dims }) => ({ name, type, dims }));
}

async function writeSafetensorsModel(
  container: ModelContainer,
  values: NewValues,
  file: string,
): Promise<void> {
  const tensors = tensorsOf(container);
  const writer = await createSafetensors(file, tensors, container.metadata);
  try {
    const written = new Set<string>();
    for (const [name, bytes] of values) {
      await writer.write(name, bytes);
      written.add(name);
    }
    for (const { name } of tensors) {
      if (!written.has(name)) await writer.write(name, await container.read(name));
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** An .npz archive in pieces, one array at a time; bfloat16, which numpy does not know, becomes float32. */
async function npzOf(
  container: ModelContainer,
  values: ReadonlyMap<string, Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const tensors = tensorsOf(container);
  return (async function* () {
    let pieces: Uint8Array[] = [];
    const zip = new Zip((error, piece) => {
      if (error) throw error;
      pieces.push(piece);
    });
    for (const { name, type, dims } of tensors) {
      const bytes = values.get(name) ?? (await container.read(name));
      const member = new ZipPassThrough(`${name}.npy`);
      // A fixed date (the earliest that zip knows) keeps the bytes reproducible.
      member.mtime = new Date(1980, 0, 1);
      zip.add(member);
      const array =
        type === 'bfloat16'
          ? writeStoredNpy('float32', dims, bytesOfTensor(decodeStored({ type, dims }, bytes)))
          : writeStoredNpy(type, dims, bytes);
      member.push(array, true);
      yield* pieces;
      pieces = [];
    }
    zip.end();
    yield* pieces;
  })();
}
