/** Opening what the doctor examines: any model file, by what it holds and not by its name. */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { OutsetError } from '../../messages/error.ts';
import { formatBytes, formatOfContent } from '../../models/format-of-content.ts';
import { openModelAs, readBeside } from '../../models/node/open-model.ts';
import { type OpenSubjectOptions, subjectFromSource } from '../subject/open-source.ts';
import type { Subject } from '../subject.ts';

/**
 * Opens .onnx, .keras, .h5, TensorFlow.js, .safetensors and .npz files.
 * @throws cli.file_unreadable, and what the formats throw for damaged files
 */
export async function openSubject(file: string, options: OpenSubjectOptions = {}): Promise<Subject> {
  const format = await formatOfContent(await firstBytes(file), () => bytesOf(file));
  return subjectFromSource(
    {
      title: basename(file),
      format,
      bytes: () => bytesOf(file),
      container: () => openModelAs(file, format),
      readBeside: (name, location, offset, length) => readBeside(file, name, location, offset, length),
    },
    options,
  );
}

async function firstBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(formatBytes), 0, formatBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): OutsetError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new OutsetError('cli.file_unreadable', { file, reason }, { cause: error });
}
