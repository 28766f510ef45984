import { existsSync, readFileSync } from 'node:fs';
import type { RbmSnapshot } from '../../boltzmann/rbm-trainer.ts';
import { decodeRbmSnapshot, encodeRbmSnapshot } from '../../boltzmann/snapshot-file.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { readSafetensors, writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Seconds between two checkpoints while a training runs. */
const everySeconds = 30;

/**
 * The one checkpoint file of a run: replaced as a whole every half minute and when the run is stopped. Writes are queued,
 * so that a slow disk holds nothing up and the newest state wins.
 */
export class CheckpointWriter {
  readonly #file: string;
  readonly #encode: () => Uint8Array;
  #saved = performance.now();
  #writing: Promise<void> = Promise.resolve();

  /** @param encode  the state as it stands, as the bytes of the file */
  constructor(file: string, encode: () => Uint8Array) {
    this.#file = file;
    this.#encode = encode;
  }

  /** Saves if it is time. */
  tick(): void {
    if (performance.now() - this.#saved > everySeconds * 1000) this.save();
  }

  /** Saves now. */
  save(): void {
    const bytes = this.#encode();
    this.#saved = performance.now();
    this.#writing = this.#writing.then(() => writeFileAtomic(this.#file, bytes));
    // An error is reported by `flush`; until then it must not count as unhandled.
    this.#writing.catch(() => {});
  }

  /** Waits for what is being written. @throws the error of a failed write */
  async flush(): Promise<void> {
    await this.#writing;
  }
}

/** A training snapshot as the bytes of a safetensors file: arrays as tensors, the rest as JSON in its metadata. */
export function snapshotBytes(snapshot: RbmSnapshot): Uint8Array {
  const { tensors, text } = encodeRbmSnapshot(snapshot);
  return writeSafetensors(tensors, { snapshot: JSON.stringify(text) });
}

/** The snapshot in a checkpoint file; undefined if there is no file. */
export function readSnapshot(file: string): RbmSnapshot | undefined {
  const content = readCheckpointFile(file);
  if (content === undefined) return undefined;
  return decodeRbmSnapshot(content.tensors, content.json('snapshot'), file);
}

/** Tensors and JSON of a checkpoint file; undefined if there is no file. */
export function readCheckpointFile(
  file: string,
): { tensors: ReadonlyMap<string, Tensor>; json: (key: string) => unknown } | undefined {
  if (!existsSync(file)) return undefined;
  const { tensors, metadata } = readSafetensors(readFileSync(file), file);
  return {
    tensors,
    json: (key) => {
      try {
        return JSON.parse(metadata[key] ?? 'null');
      } catch (error) {
        throw new OutsetError('cli.bad_json', { file, reason: (error as Error).message });
      }
    },
  };
}
