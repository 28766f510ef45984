import type { PretrainSnapshot } from '../../boltzmann/dbn/pretrain.ts';
import { decodeModelFile, encodeModelFile, type StoredModel } from '../../boltzmann/model-file.ts';
import type { RbmEpochRecord, RbmSnapshot } from '../../boltzmann/rbm-trainer.ts';
import { decodeRbmSnapshot, encodeRbmSnapshot } from '../../boltzmann/snapshot-file.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { OutsetError } from '../../messages/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { readCheckpointFile } from '../boltzmann/checkpoint-file.ts';

/** Where a pre-training stands: in the layers, or in up-down learning after them. */
export interface PretrainState {
  readonly layers: PretrainSnapshot;
  readonly upDown: RbmSnapshot | null;
}

const nobody: StoredModel['about'] = {
  data: { name: '', shape: [1], classes: [], grey: null, digest: '' },
  training: [],
  seed: 0,
  command: '',
  outsetVersion: '',
};

/** The state as the bytes of one safetensors file: `model/...` finished layers, `current/...` the one at work. */
export function pretrainBytes({ layers, upDown }: PretrainState): Uint8Array {
  const { finished, histories, origin } = layers;
  const tensors = new Map<string, Tensor>();
  const metadata: Record<string, string> = {};
  if (finished.length > 0) {
    // Labels make no difference to the arrays; the stack is checked as one of plain layers.
    for (const [i, rbm] of finished.entries()) {
      const model = encodeModelFile({ kind: 'rbm', layers: [{ rbm }], labels: 0, about: nobody });
      for (const [name, value] of model.tensors) tensors.set(`model${i + 1}/${name}`, value);
      metadata[`model${i + 1}`] = JSON.stringify(model.metadata);
    }
  }
  const current = upDown ?? layers.current;
  if (current !== null) {
    const { tensors: arrays, text } = encodeRbmSnapshot(current, 'current/');
    for (const [name, value] of arrays) tensors.set(name, value);
    metadata.current = JSON.stringify(text);
  }
  metadata.state = JSON.stringify({ origin, histories, finished: finished.length, upDown: upDown !== null });
  return writeSafetensors(tensors, metadata);
}

/**
 * The state in a checkpoint file; undefined if there is no file.
 * @throws boltzmann.not_a_snapshot, boltzmann.model_file_damaged
 */
export function readPretrainState(file: string): PretrainState | undefined {
  const content = readCheckpointFile(file);
  if (content === undefined) return undefined;
  const { tensors, json } = content;
  const refuse = (what: string) => new OutsetError('boltzmann.not_a_snapshot', { where: file, what });
  const state = json('state') as Partial<{
    origin: string;
    histories: RbmEpochRecord[][];
    finished: number;
    upDown: boolean;
  }> | null;
  if (typeof state?.origin !== 'string') throw refuse('origin');
  if (!Array.isArray(state.histories)) throw refuse('histories');
  const count = state.finished;
  if (count === undefined || !Number.isSafeInteger(count) || count < 0 || count > 100)
    throw refuse('finished');
  const finished = Array.from({ length: count }, (_, i) => {
    const prefix = `model${i + 1}/`;
    const own = new Map(
      [...tensors]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    );
    const metadata = json(`model${i + 1}`) as Record<string, string> | null;
    return decodeModelFile(own, metadata ?? {}, file).layers[0].rbm;
  });
  const text = json('current');
  const current = text === null ? null : decodeRbmSnapshot(tensors, text, file, 'current/');
  const upDown = state.upDown === true ? current : null;
  return {
    layers: {
      origin: state.origin,
      finished,
      histories: state.histories,
      current: upDown === null ? current : null,
    },
    upDown,
  };
}
