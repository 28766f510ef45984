import { readFileSync } from 'node:fs';
import { decodeModelFile, encodeModelFile, type StoredModel } from '../../boltzmann/model-file.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { readSafetensors, writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';

/** Writes an RBM or deep belief net with everything that is known about it. */
export async function writeModelFile(file: string, model: StoredModel): Promise<void> {
  const { tensors, metadata } = encodeModelFile(model);
  await writeFileAtomic(file, writeSafetensors(tensors, metadata));
}

/**
 * Reads what {@link writeModelFile} wrote.
 * @throws cli.file_unreadable, boltzmann.not_a_model_file, boltzmann.model_file_damaged, and those of readSafetensors
 */
export function readModelFile(file: string): StoredModel {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new OutsetError('cli.file_unreadable', { file, reason }, { cause: error });
  }
  const { tensors, metadata } = readSafetensors(bytes, file);
  return decodeModelFile(tensors, metadata, file);
}
