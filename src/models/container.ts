/** A file that holds a model: what its tensors are, how to read one, how to write the same file with other values. */

import type { Architecture, ModelFormat } from './model.ts';

/** A file to write: its name in the folder of the output, or '' for the output itself. */
export interface WrittenFile {
  readonly name: string;
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
}

export interface ModelContainer {
  readonly format: ModelFormat;
  readonly architecture: Architecture;
  /** The framework's own description of the model, where the file has one (Keras' `config.json`, `modelTopology`). */
  readonly configuration?: unknown;
  /** Free text that travels with the tensors. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The bytes of a tensor as they are now, little-endian, in its element type. */
  read(name: string): Promise<Uint8Array>;
  /**
   * The file in its own format with other values. Absent for formats that hold nothing but tensors.
   * @param values bytes by name; the other tensors keep theirs
   */
  readonly rewrite?: (values: ReadonlyMap<string, Uint8Array>) => Promise<readonly WrittenFile[]>;
  /** For `.keras`: the weights alone, as `.weights.h5`. */
  readonly rewriteWeights?: (values: ReadonlyMap<string, Uint8Array>) => Promise<readonly WrittenFile[]>;
  close(): Promise<void>;
}
