/** Writes what every engine reads: the data, the order of the examples and the starting weights, as raw numbers. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist } from '../src/data/node/mnist.ts';
import type { ParameterShape } from '../src/initializers/initializer.ts';
import { createNetwork } from '../src/network/create-network.ts';
import type { Stream } from '../src/random/stream.ts';
import { threefry } from '../src/random/threefry-stream.ts';
import { elementCount } from '../src/tensor/tensor.ts';
import { type BenchLayer, type BenchModel, networkSpec } from './models.ts';

/** Examples in a batch. */
export const batchSize = 100;
export const learningRate = 1e-3;
/**
 * The learning rate rises linearly over this many updates. At the full rate from the start, the losses of the large
 * network are chaotic: one rectifier whose input is within a rounding error of 0 moves Adam's updates so much that two
 * engines, both right to seven digits, differ by 2e-3 after 20 steps.
 */
export const warmupSteps = 200;

/** Where the files are and what they hold; also written as `workload.json`. */
export interface Workload {
  readonly folder: string;
  readonly seed: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Update number t = 1, 2, ... has the rate learningRate min(1, t / warmupSteps). */
  readonly warmupSteps: number;
  readonly count: number;
  readonly stepsPerEpoch: number;
}

/**
 * The files, all little-endian, row-major:
 *
 *   features.f32   [count, 784], pixels / 255
 *   labels.i32     [count]
 *   order.u32      [count], the examples of the first epoch in the order of the trainer
 *   MODEL/K.weight.f32, MODEL/K.bias.f32   of layer K (counted from 0, pools included)
 *   workload.json  the rest
 */
export async function writeWorkload(models: readonly BenchModel[], seed: number): Promise<Workload> {
  const folder = await mkdtemp(join(tmpdir(), 'outset-bench-'));
  const { train } = await loadMnist();
  const stream = threefry(seed);
  await writeNumbers(join(folder, 'features.f32'), train.features);
  await writeNumbers(join(folder, 'labels.i32'), train.labels);
  const order = stream.child('training').child('shuffle').child(0).permutation(train.count);
  await writeNumbers(join(folder, 'order.u32'), order);
  const described = [];
  for (const model of models) {
    await mkdir(join(folder, model.name));
    described.push({ ...model, spec: networkSpec(model), layers: await writeWeights(folder, model, stream) });
  }
  const workload: Workload = {
    folder,
    seed,
    batch: batchSize,
    learningRate,
    warmupSteps,
    count: train.count,
    stepsPerEpoch: Math.ceil(train.count / batchSize),
  };
  await writeFile(join(folder, 'workload.json'), JSON.stringify({ ...workload, models: described }));
  return workload;
}

/** Adds to each layer the files and Outset's names of its weights. */
async function writeWeights(folder: string, model: BenchModel, stream: Stream): Promise<unknown[]> {
  const waiting = [...createNetwork(networkSpec(model)).parameters];
  const layers = [];
  for (const [i, layer] of model.layers.entries()) {
    if (layer.kind === 'max-pool') {
      layers.push(layer);
      continue;
    }
    const [weight, bias] = waiting.splice(0, 2);
    const files = { weightFile: `${model.name}/${i}.weight.f32`, biasFile: `${model.name}/${i}.bias.f32` };
    await writeNumbers(join(folder, files.weightFile), drawWeight(stream.child(model.name), weight, layer));
    await writeNumbers(join(folder, files.biasFile), new Float32Array(elementCount(bias.dims)));
    layers.push({ ...layer, ...files, weightName: weight.name, biasName: bias.name });
  }
  return layers;
}

/** He normal in front of a rectifier, Glorot uniform elsewhere. */
function drawWeight(
  stream: Stream,
  { name, dims, fanIn, fanOut }: ParameterShape,
  layer: BenchLayer,
): Float32Array {
  const out = new Float32Array(elementCount(dims));
  const own = stream.child(name);
  if (layer.kind !== 'max-pool' && layer.relu) return own.normal(out, 0, Math.sqrt(2 / fanIn));
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return own.uniform(out, -limit, limit);
}

async function writeNumbers(path: string, numbers: Float32Array | Int32Array | Uint32Array): Promise<void> {
  await writeFile(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}
