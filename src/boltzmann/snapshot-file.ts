/** Checkpoints of RBM trainers as named tensors and JSON, for a file that holds both, and back. */
import { OutsetError } from '../messages/error.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import type { RbmEpochRecord, RbmSnapshot } from './rbm-trainer.ts';

/** The part of a snapshot that is not arrays. */
export type SnapshotText = Omit<RbmSnapshot, 'arrays'> & { readonly format: 'outset-rbm-snapshot-1' };

/**
 * A snapshot as tensors of one axis, named `<prefix><name>`, and a JSON value.
 * @param prefix  keeps several snapshots in one file apart
 */
export function encodeRbmSnapshot(
  snapshot: RbmSnapshot,
  prefix = '',
): { tensors: Map<string, Tensor>; text: SnapshotText } {
  const { arrays, ...rest } = snapshot;
  const tensors = new Map<string, Tensor>();
  for (const [name, values] of arrays) {
    const dims = [values.length];
    tensors.set(
      `${prefix}${name}`,
      values instanceof Float32Array
        ? tensor('float32', dims, values)
        : values instanceof Uint32Array
          ? tensor('uint32', dims, values)
          : tensor('uint16', dims, values),
    );
  }
  return { tensors, text: { format: 'outset-rbm-snapshot-1', ...rest } };
}

/**
 * The inverse of {@link encodeRbmSnapshot}; whether it belongs to a training is for the trainer to see.
 * @throws boltzmann.not_a_snapshot
 */
export function decodeRbmSnapshot(
  tensors: ReadonlyMap<string, Tensor>,
  text: unknown,
  where: string,
  prefix = '',
): RbmSnapshot {
  const refuse = (what: string) => new OutsetError('boltzmann.not_a_snapshot', { where, what });
  const fields = text as Partial<SnapshotText> | null;
  if (typeof fields !== 'object' || fields === null || fields.format !== 'outset-rbm-snapshot-1') {
    throw refuse('format');
  }
  const { format: _, ...rest } = fields as SnapshotText;
  for (const key of ['step', 'epoch'] as const) {
    if (!(Number.isSafeInteger(rest[key]) && rest[key] >= 0)) throw refuse(key);
  }
  if (!(Number.isFinite(rest.seconds) && rest.seconds >= 0)) throw refuse('seconds');
  if (typeof rest.origin !== 'object' || rest.origin === null) throw refuse('origin');
  if (!Array.isArray(rest.history) || !rest.history.every(isRecord)) throw refuse('history');
  const arrays = new Map<string, Float32Array | Uint32Array | Uint16Array>();
  for (const [name, { dtype, data }] of tensors) {
    if (!name.startsWith(prefix)) continue;
    if (dtype !== 'float32' && dtype !== 'uint32' && dtype !== 'uint16') throw refuse(name);
    arrays.set(name.slice(prefix.length), data as Float32Array | Uint32Array | Uint16Array);
  }
  return { ...rest, arrays };
}

function isRecord(record: unknown): record is RbmEpochRecord {
  return (
    typeof record === 'object' && record !== null && Number.isSafeInteger((record as RbmEpochRecord).epoch)
  );
}
