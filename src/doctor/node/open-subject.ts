/** Opening what the doctor examines: any model file, by what it holds and not by its name. */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { OutsetError } from '../../messages/error.ts';
import type { ModelFormat } from '../../models/model.ts';
import { openModelAs, readBeside } from '../../models/node/open-model.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { rewriteOf } from '../subject/container-weights.ts';
import { subjectFromKeras } from '../subject/from-keras.ts';
import { subjectFromOnnx } from '../subject/from-onnx.ts';
import { subjectFromWeights } from '../subject/from-weights.ts';
import { staticSubject } from '../subject/static-subject.ts';
import type { Subject } from '../subject.ts';

export interface OpenSubjectOptions {
  /** The network that bare weights (safetensors, npz) belong to. */
  readonly network?: NetworkSpec;
  /** Lengths of open axes of an .onnx file by name. */
  readonly dims?: Readonly<Record<string, number>>;
  /** Output of an .onnx file to examine. */
  readonly output?: string;
}

/**
 * Opens .onnx, .keras, .h5, TensorFlow.js, .safetensors and .npz files.
 * @throws cli.file_unreadable, and what the formats throw for damaged files
 */
export async function openSubject(file: string, options: OpenSubjectOptions = {}): Promise<Subject> {
  const title = basename(file);
  const format = await formatByContent(file);
  if (format === 'onnx') {
    const { dims, output } = options;
    return subjectFromOnnx(await bytesOf(file), {
      where: title,
      dims,
      output,
      readBeside: (name, location, offset, length) => readBeside(file, name, location, offset, length),
    });
  }
  const container = await openModelAs(file, format);
  try {
    if (options.network !== undefined) return await subjectFromWeights(container, options.network, title);
    if (format === 'keras' || format === 'hdf5' || format === 'tfjs') {
      if (container.configuration !== undefined) return await subjectFromKeras(container, title);
    }
    const code = new OutsetError('doctor.needs_network', { where: title });
    const reason = { en: code.text('en'), ko: code.text('ko') };
    return await staticSubject(container, { title, reason, rewrite: rewriteOf(container) });
  } finally {
    await container.close();
  }
}

/** The format that the first bytes of a file show; ONNX has no mark of its own and is what is left. */
async function formatByContent(file: string): Promise<ModelFormat> {
  const start = await firstBytes(file);
  const text = new TextDecoder('latin1').decode(start);
  if (text.startsWith('PK')) {
    const whole = new TextDecoder('latin1').decode(await bytesOf(file));
    return whole.includes('model.weights.h5') && whole.includes('config.json') ? 'keras' : 'npz';
  }
  if (text.startsWith('\u0089HDF')) return 'hdf5';
  if (/^\s*\{/.test(text)) return 'tfjs';
  return text[8] === '{' ? 'safetensors' : 'onnx';
}

async function firstBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0);
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
