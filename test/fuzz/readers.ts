/** Every reader of model files, with the valid files that damage starts from. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { batchFor, diagnose, subjectFromOnnx } from '../../src/doctor/index.ts';
import { readNpy, readSafetensors, writeNpy, writeNpz } from '../../src/formats/index.ts';
import { OutsetError } from '../../src/messages/index.ts';
import type { ModelContainer } from '../../src/models/index.ts';
import {
  hdf5Container,
  kerasContainer,
  npzContainer,
  onnxContainer,
  parseArchitectureMap,
  tfjsContainer,
} from '../../src/models/index.ts';
import { decodeModel } from '../../src/onnx/index.ts';
import { referenceRuntime } from '../../src/runtime/reference/index.ts';
import { float32, type Tensor } from '../../src/tensor/index.ts';

export interface FuzzedReader {
  readonly name: string;
  /** Share of the inputs: the readers that follow addresses get more. */
  readonly share: number;
  readonly seeds: readonly Uint8Array[];
  /** Damaged files that came to something new once. */
  readonly corpus: readonly Uint8Array[];
  /** Reads; resolves, or throws an issue. */
  read(bytes: Uint8Array): unknown;
}

const fixtures = path.resolve(import.meta.dirname, '../fixtures/models');
const corpus = path.resolve(import.meta.dirname, 'corpus');
const fixture = (name: string) => new Uint8Array(readFileSync(path.join(fixtures, name)));

/** The file that the damage of an input starts from: mostly a valid one, now and then one of the corpus. */
export function startOf({ seeds, corpus }: FuzzedReader, input: number): Uint8Array {
  if (input % 10 === 9 && corpus.length > 0) return corpus[Math.floor(input / 10) % corpus.length];
  return seeds[input % seeds.length];
}

/** The folder of the inputs that reached something new, by reader. */
export function corpusFolder(reader: string): string {
  return path.join(corpus, reader);
}

function kept(reader: string): Uint8Array[] {
  try {
    return readdirSync(corpusFolder(reader))
      .sort()
      .map((file) => new Uint8Array(readFileSync(path.join(corpusFolder(reader), file))));
  } catch {
    return [];
  }
}

/** Reads every tensor of an opened model, as converting it would. */
async function readAll({ architecture, read }: ModelContainer): Promise<void> {
  const { layers, kept: others, unknown } = architecture;
  for (const { name } of [...layers.flatMap(({ parameters }) => parameters), ...others, ...unknown])
    await read(name);
}

const arrays: Record<string, Tensor> = {
  'fc.weight': float32([3, 2], [1, 2, 3, 4, 5, 6]),
  'fc.bias': float32([3], [1, 2, 3]),
};
const tfjsModel = JSON.stringify({
  format: 'layers-model',
  modelTopology: {
    model_config: {
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [{ class_name: 'Dense', config: { name: 'dense', units: 2, activation: 'relu' } }],
      },
    },
  },
  weightsManifest: [
    {
      paths: ['group1-shard1of1.bin'],
      weights: [
        { name: 'dense/kernel', shape: [3, 2], dtype: 'float32' },
        {
          name: 'dense/bias',
          shape: [2],
          dtype: 'float32',
          quantization: { dtype: 'uint8', min: 0, scale: 1 },
        },
      ],
    },
  ],
});
const map = JSON.stringify({
  parameters: {
    'a*': {
      axes: ['in', 'out'],
      groups: 2,
      strides: [1],
      transposed: true,
      keep: false,
      kind: 'dense',
      role: 'bias',
    },
  },
  activations: { b: 'relu' },
  order: ['a', 'b'],
});
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** A damaged member inside an archive that is whole. */
const archived = (entries: Record<string, Uint8Array>) =>
  zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) });
const config = bytesOf(
  '{"class_name":"Sequential","config":{"name":"s","layers":[{"class_name":"Dense","config":{"name":"dense"}}]}}',
);

/** Weights that were no plain tensors in the file are refused when they are written back. */
function refuseOther(error: unknown): void {
  if (!(error instanceof OutsetError) || error.code !== 'doctor.unknown_parameter') throw error;
}

const readers: readonly Omit<FuzzedReader, 'corpus'>[] = [
  {
    name: 'hdf5',
    share: 30,
    seeds: ['small.weights.h5', 'small.h5', 'features.h5'].map(fixture),
    read: (bytes) => readAll(hdf5Container(bytes, 'fuzz')),
  },
  {
    name: 'safetensors',
    share: 20,
    seeds: ['gpt2.safetensors', 'float16.safetensors', 'bfloat16.safetensors'].map(fixture),
    read: (bytes) => readSafetensors(bytes, 'fuzz'),
  },
  {
    name: 'onnx',
    share: 15,
    seeds: ['recurrent.onnx', 'external.onnx', 'convolutions.onnx'].map(fixture),
    read: (bytes) => readAll(onnxContainer(bytes, async () => new Uint8Array(0))),
  },
  {
    name: 'onnx-graph',
    share: 5,
    seeds: ['recurrent.onnx', 'convolutions.onnx'].map(fixture),
    read: (bytes) => decodeModel(bytes, { dims: { batch: 2, time: 3 } }),
  },
  {
    name: 'doctor',
    share: 1,
    seeds: ['../doctor/mlp.onnx', '../doctor/cnn.onnx'].map(fixture),
    read: async (bytes) => {
      const subject = await subjectFromOnnx(bytes, { where: 'fuzz' });
      const batch = batchFor(subject, { size: subject.fixedBatch ?? 2 });
      await diagnose({ subject, batch, runtime: await referenceRuntime({ precision: 'float32' }) });
    },
  },
  {
    name: 'subject',
    share: 3,
    seeds: ['switched', 'quantized', 'sklearn', 'half', 'encoder-tokens', 'mlp-softmax-fixed'].map((name) =>
      fixture(`../doctor/${name}.onnx`),
    ),
    read: async (bytes) => {
      const subject = await subjectFromOnnx(bytes, { where: 'fuzz' });
      const { size } = batchFor(subject, { size: subject.fixedBatch ?? 2 });
      subject.build?.(size);
      if (subject.rewrite !== undefined) await subject.rewrite(subject.parameters).catch(refuseOther);
    },
  },
  {
    name: 'npz',
    share: 10,
    seeds: [fixture('sequential.npz'), writeNpz(arrays), writeNpz(arrays, { compress: true })],
    read: (bytes) => readAll(npzContainer(bytes, 'fuzz')),
  },
  {
    name: 'npy',
    share: 5,
    seeds: [writeNpy(arrays['fc.weight'])],
    read: (bytes) => readNpy(bytes, 'fuzz'),
  },
  {
    name: 'npz-member',
    share: 2,
    seeds: [writeNpy(arrays['fc.weight'])],
    read: (bytes) => readAll(npzContainer(archived({ 'fc.weight.npy': bytes }), 'fuzz')),
  },
  {
    name: 'keras',
    share: 2,
    seeds: [fixture('small.keras')],
    read: (bytes) => readAll(kerasContainer(bytes, 'fuzz')),
  },
  {
    name: 'keras-weights',
    share: 2,
    seeds: [fixture('small.weights.h5')],
    read: (bytes) =>
      readAll(kerasContainer(archived({ 'config.json': config, 'model.weights.h5': bytes }), 'fuzz')),
  },
  {
    name: 'keras-config',
    share: 2,
    seeds: [config],
    read: (bytes) =>
      kerasContainer(archived({ 'config.json': bytes, 'model.weights.h5': smallWeights }), 'fuzz'),
  },
  {
    name: 'tfjs',
    share: 5,
    seeds: [bytesOf(tfjsModel)],
    read: async (bytes) => {
      const shards = {
        size: async () => 26,
        read: async (_: string, __: number, length: number) => new Uint8Array(length),
      };
      await readAll(await tfjsContainer(textOf(bytes), shards, 'fuzz'));
    },
  },
  {
    name: 'map',
    share: 2,
    seeds: [bytesOf(map)],
    read: (bytes) => {
      let value: unknown;
      try {
        value = JSON.parse(textOf(bytes));
      } catch {
        return;
      }
      parseArchitectureMap(value);
    },
  },
];
const smallWeights = fixture('small.weights.h5');

export const fuzzedReaders: readonly FuzzedReader[] = readers.map((reader) => ({
  ...reader,
  corpus: kept(reader.name),
}));
