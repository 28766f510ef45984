import { existsSync, readFileSync } from 'node:fs';
import { readSafetensors, writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';
import type { WatchState } from '../../race/early-stopping.ts';
import type { ResumeState } from '../../race/open-contestant.ts';
import { decodeSnapshot, encodeSnapshot, tensorGroup } from '../../training/snapshot.ts';
import type { SignalTrace } from '../../training/trace.ts';

const bestGroup = 'best';

/** A stopped contestant as the bytes of a safetensors file: arrays as tensors, the rest as JSON in its metadata. */
export function encodeCheckpoint(state: ResumeState): Uint8Array {
  const { tensors, metadata } = encodeSnapshot(state.snapshot);
  const { watch } = state;
  for (const [name, value] of watch?.best?.values ?? []) tensors.set(`${bestGroup}/${name}`, value);
  return writeSafetensors(tensors, {
    snapshot: JSON.stringify(metadata),
    traces: JSON.stringify(state.traces),
    ...(watch && {
      watch: JSON.stringify({ ...watch, best: watch.best && { ...watch.best, values: null } }),
    }),
  });
}

/** Reads a checkpoint back; undefined if there is none. */
export function readCheckpoint(file: string): ResumeState | undefined {
  if (!existsSync(file)) return undefined;
  const { tensors, metadata } = readSafetensors(readFileSync(file), file);
  try {
    const watch = JSON.parse(metadata.watch ?? 'null') as WatchState | null;
    return {
      ...(watch !== null && {
        watch: { ...watch, best: watch.best && { ...watch.best, values: tensorGroup(tensors, bestGroup) } },
      }),
      snapshot: decodeSnapshot(tensors, JSON.parse(metadata.snapshot ?? 'null')),
      traces: JSON.parse(metadata.traces ?? '[]') as SignalTrace[],
    };
  } catch (error) {
    throw new OutsetError('race.bad_file', { file, reason: (error as Error).message }, { cause: error });
  }
}
