import { planTfjsModel, readTfjsModel, type TfjsWeight } from '../formats/tfjs.ts';
import { OutsetError } from '../messages/error.ts';
import type { ModelContainer } from './container.ts';
import { architectureOfTfjs } from './detect/tfjs.ts';

/** Size and bytes of a shard beside model.json. */
export interface ShardFiles {
  size(path: string): Promise<number>;
  read(path: string, offset: number, length: number): Promise<Uint8Array>;
}

/**
 * A TensorFlow.js model: `model.json` and its shards.
 * @throws formats.tfjs, also where the shards do not have the bytes that the manifest promises
 */
export async function tfjsContainer(
  text: string,
  shards: ShardFiles,
  where: string,
): Promise<ModelContainer> {
  const model = readTfjsModel(text, where);
  const sizes: number[][] = [];
  for (const { paths, length } of model.groups) {
    const group = await Promise.all(paths.map((path) => shards.size(path)));
    const total = group.reduce((sum, size) => sum + size, 0);
    if (total !== length) {
      throw new OutsetError('formats.tfjs', { where, problem: 'shard', got: `${total} B, ${length} B` });
    }
    sizes.push(group);
  }
  const bytesOf = async ({ group, start, length }: TfjsWeight): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length);
    let shardStart = 0;
    for (const [i, size] of sizes[group].entries()) {
      const from = Math.max(start, shardStart);
      const to = Math.min(start + length, shardStart + size);
      if (from < to) {
        const part = await shards.read(model.groups[group].paths[i], from - shardStart, to - from);
        bytes.set(part, from - start);
      }
      shardStart += size;
    }
    return bytes;
  };
  const byName = new Map(model.weights.map((weight) => [weight.name, weight]));
  return {
    format: 'tfjs',
    architecture: architectureOfTfjs(model),
    configuration: model.json.modelTopology,
    metadata: {},
    read: async (name) => {
      const weight = byName.get(name);
      if (weight === undefined) return new Uint8Array(0);
      if (weight.quantized) {
        throw new OutsetError('formats.tfjs', { where, problem: 'dtype', got: `${name}: quantization` });
      }
      return bytesOf(weight);
    },
    rewrite: async (values) => {
      const plan = planTfjsModel(model, new Set(values.keys()));
      let total = 0;
      for (const { length } of plan.weights) total += length;
      const all = new Uint8Array(total);
      for (const { name, start } of plan.weights) {
        all.set(values.get(name) ?? (await bytesOf(byName.get(name) as TfjsWeight)), start);
      }
      let at = 0;
      const files = plan.shards.map(({ path, length }) => {
        at += length;
        return { name: path, content: all.subarray(at - length, at) };
      });
      // The manifest last: a reader that sees it finds the shards.
      return [...files, { name: '', content: plan.text }];
    },
    close: async () => {},
  };
}
