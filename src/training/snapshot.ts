import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { tensor } from '../tensor/tensor.ts';
import type { History, TrainingFinding } from './history.ts';

/** What a snapshot belongs to; training resumes only where these agree. */
export interface SnapshotOrigin {
  /** Title of the network. */
  readonly network: string;
  /** Training settings as JSON. */
  readonly settings: string;
  /** Number of training and of test examples. */
  readonly examples: readonly [number, number];
  /** Words that the training's random stream gives: another seed gives others. */
  readonly streamCheck: readonly number[];
}

/** Everything that a training run is, between two steps. Plain data with its own copies of all arrays. */
export interface TrainingSnapshot {
  readonly origin: SnapshotOrigin;
  /** Updates done. */
  readonly step: number;
  /** Epochs completed. */
  readonly epoch: number;
  /** Examples of the current epoch already used. */
  readonly position: number;
  /** Seconds of training so far, without evaluation. */
  readonly seconds: number;
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  readonly buffers: ReadonlyMap<string, Tensor<'float32'>>;
  /** One map per state vector of the optimizer. */
  readonly optimizerState: readonly ReadonlyMap<string, Tensor<'float32'>>[];
  readonly history: History;
  readonly finding: TrainingFinding | null;
}

/** The part of a snapshot that is not arrays; plain JSON. */
export type SnapshotMetadata = Omit<TrainingSnapshot, 'parameters' | 'buffers' | 'optimizerState'> & {
  readonly format: 'outset-training-snapshot-1';
  readonly slotCount: number;
};

/**
 * A snapshot as one flat set of tensors and one JSON value, for a file that holds both (safetensors). Names are
 * `parameter/<name>`, `buffer/<name>`, `state<slot>/<name>`.
 */
export function encodeSnapshot(snapshot: TrainingSnapshot): {
  tensors: Map<string, Tensor<'float32'>>;
  metadata: SnapshotMetadata;
} {
  const { parameters, buffers, optimizerState, ...rest } = snapshot;
  const tensors = new Map<string, Tensor<'float32'>>();
  const add = (group: string, values: ReadonlyMap<string, Tensor<'float32'>>) => {
    for (const [name, value] of values) tensors.set(`${group}/${name}`, value);
  };
  add('parameter', parameters);
  add('buffer', buffers);
  for (const [slot, values] of optimizerState.entries()) add(`state${slot}`, values);
  const metadata = {
    format: 'outset-training-snapshot-1',
    slotCount: optimizerState.length,
    ...rest,
  } as const;
  return { tensors, metadata };
}

/**
 * The inverse of {@link encodeSnapshot}, from what was read out of a file.
 * @throws training.not_a_snapshot when the metadata or a tensor is not one of a snapshot
 */
export function decodeSnapshot(tensors: ReadonlyMap<string, Tensor>, metadata: unknown): TrainingSnapshot {
  const fields = metadata as Partial<SnapshotMetadata> | null;
  if (fields === null || typeof fields !== 'object' || fields.format !== 'outset-training-snapshot-1') {
    throw new OutsetError('training.not_a_snapshot', { reason: 'format' });
  }
  const { format: _, slotCount, ...rest } = fields as SnapshotMetadata;
  for (const key of ['step', 'epoch', 'position', 'seconds'] as const) {
    if (!(rest[key] >= 0 && Number.isFinite(rest[key]))) {
      throw new OutsetError('training.not_a_snapshot', { reason: key });
    }
  }
  if (!Array.isArray(rest.history?.stepLosses) || !Array.isArray(rest.history?.epochs)) {
    throw new OutsetError('training.not_a_snapshot', { reason: 'history' });
  }
  return {
    ...rest,
    parameters: tensorGroup(tensors, 'parameter'),
    buffers: tensorGroup(tensors, 'buffer'),
    optimizerState: Array.from({ length: slotCount }, (_, slot) => tensorGroup(tensors, `state${slot}`)),
  };
}

/**
 * The tensors `<group>/<name>` of a flat set, by name.
 * @throws training.not_a_snapshot where one of them is not float32
 */
export function tensorGroup(
  tensors: ReadonlyMap<string, Tensor>,
  group: string,
): Map<string, Tensor<'float32'>> {
  const values = new Map<string, Tensor<'float32'>>();
  for (const [name, value] of tensors) {
    if (!name.startsWith(`${group}/`)) continue;
    if (value.dtype !== 'float32') throw new OutsetError('training.not_a_snapshot', { reason: name });
    values.set(name.slice(group.length + 1), value as Tensor<'float32'>);
  }
  return values;
}

/** Copies of arrays, so that they outlive the memory that training goes on in. */
export function copyTensors(values: ReadonlyMap<string, Tensor<'float32'>>): Map<string, Tensor<'float32'>> {
  return new Map([...values].map(([name, { dims, data }]) => [name, tensor('float32', dims, data.slice())]));
}

/**
 * Copies arrays into memory that is already laid out.
 * @throws training.parameters_mismatch when a name or shape differs
 */
export function writeTensors(
  values: ReadonlyMap<string, Tensor>,
  into: ReadonlyMap<string, Tensor<'float32'>>,
): void {
  for (const [name, target] of into) {
    const value = values.get(name);
    const expected = `float32 [${target.dims.join(', ')}]`;
    const got = value === undefined ? 'nothing' : `${value.dtype} [${value.dims.join(', ')}]`;
    if (got !== expected) throw new OutsetError('training.parameters_mismatch', { name, expected, got });
  }
  for (const name of values.keys()) {
    if (!into.has(name)) {
      throw new OutsetError('training.parameters_mismatch', { name, expected: 'no such array', got: 'one' });
    }
  }
  for (const [name, target] of into) target.data.set(values.get(name)!.data as Float32Array);
}
