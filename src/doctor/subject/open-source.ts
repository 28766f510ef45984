/** The subject of a model file, wherever its bytes lie. */
import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer } from '../../models/container.ts';
import { formatBytes, formatOfContent } from '../../models/format-of-content.ts';
import type { ModelFormat } from '../../models/model.ts';
import type { ReadBeside } from '../../models/onnx-container.ts';
import { openModelBytes, readBesideOf } from '../../models/open-bytes.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import type { Subject } from '../subject.ts';
import { rewriteOf } from './container-weights.ts';
import { subjectFromKeras } from './from-keras.ts';
import { subjectFromOnnx } from './from-onnx.ts';
import { subjectFromWeights } from './from-weights.ts';
import { staticSubject } from './static-subject.ts';

export interface OpenSubjectOptions {
  /** The network that bare weights (safetensors, npz) belong to. */
  readonly network?: NetworkSpec;
  /** Lengths of open axes of an .onnx file by name. */
  readonly dims?: Readonly<Record<string, number>>;
  /** Output of an .onnx file to examine. */
  readonly output?: string;
  /** Values of an .onnx file's inputs of a single number, see `subjectFromOnnx`. */
  readonly switches?: Readonly<Record<string, number>>;
  /** Bytes that a pass through an .onnx file may hold; default 16e9. */
  readonly mostBytes?: number;
}

/** A model's file as its place gives it. */
export interface SubjectSource {
  /** Name of the file, for the title and errors. */
  readonly title: string;
  readonly format: ModelFormat;
  bytes(): Promise<Uint8Array>;
  container(): Promise<ModelContainer>;
  readonly readBeside: ReadBeside;
}

/** @throws what the formats throw for damaged files; doctor.weights_count and its like for a network that does not fit */
export async function subjectFromSource(
  source: SubjectSource,
  options: OpenSubjectOptions = {},
): Promise<Subject> {
  const { title, format, readBeside } = source;
  if (format === 'onnx') {
    const { dims, output, switches, mostBytes } = options;
    const where = title;
    return subjectFromOnnx(await source.bytes(), { where, dims, output, switches, mostBytes, readBeside });
  }
  const container = await source.container();
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

/**
 * Opens a model whose files are in memory: .onnx, .keras, .h5, TensorFlow.js, .safetensors and .npz, by what they hold.
 *
 * @param title  name of the model's file
 * @param beside other files that were given with it, by name
 * @throws models.beside_absent, and what {@link subjectFromSource} throws
 */
export async function subjectFromBytes(
  title: string,
  bytes: Uint8Array,
  beside: ReadonlyMap<string, Uint8Array> = new Map(),
  options: OpenSubjectOptions = {},
): Promise<Subject> {
  const format = await formatOfContent(bytes.subarray(0, formatBytes), async () => bytes);
  return subjectFromSource(
    {
      title,
      format,
      bytes: async () => bytes,
      container: () => openModelBytes(format, bytes, beside, title),
      readBeside: readBesideOf(beside, title),
    },
    options,
  );
}
