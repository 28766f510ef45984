/** TensorFlow.js with its plain CPU backend, as far as it is installed beside this file, and files for its models. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The few things of TensorFlow.js that are used; it is not a dependency, so its types are not here either. */
export interface TfjsTensor {
  readonly shape: number[];
  dataSync(): Float32Array;
}
export interface TfjsModelObject {
  readonly weights: readonly { readonly originalName: string; read(): TfjsTensor }[];
  getWeights(): TfjsTensor[];
  save(handler: unknown): Promise<unknown>;
}
type Make = (options: object) => unknown;
export interface Tfjs {
  sequential(options: object): TfjsModelObject;
  readonly layers: Readonly<Record<string, Make>>;
  readonly initializers: Readonly<Record<string, Make>>;
  loadLayersModel(handler: unknown): Promise<TfjsModelObject>;
  tensor(values: ArrayLike<number>, shape?: readonly number[], dtype?: string): TfjsTensor;
}

let loaded: Tfjs | undefined;

/** Imports the packages from `node_modules` beside this file. */
export async function loadTfjs(): Promise<Tfjs> {
  if (loaded !== undefined) return loaded;
  const from = (name: string, file: string) =>
    import(path.join(import.meta.dirname, 'node_modules/@tensorflow', name, file));
  const core = await from('tfjs-core', 'dist/tf-core.node.js');
  await from('tfjs-backend-cpu', 'dist/tf-backend-cpu.node.js');
  const layers = await from('tfjs-layers', 'dist/tf-layers.node.js');
  loaded = { ...(core.default ?? core), ...(layers.default ?? layers) } as unknown as Tfjs;
  return loaded;
}

/** Saves a model as model.json and one shard, as its own handlers for files do. */
export async function saveModel(model: TfjsModelObject, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await model.save({
    save: async (artifacts: {
      modelTopology: unknown;
      weightSpecs: unknown;
      weightData: ArrayBuffer | ArrayBuffer[];
    }) => {
      const { modelTopology, weightSpecs, weightData } = artifacts;
      const shard = 'group1-shard1of1.bin';
      const weightsManifest = [{ paths: [shard], weights: weightSpecs }];
      const json = { format: 'layers-model', generatedBy: 'tfjs', modelTopology, weightsManifest };
      writeFileSync(path.join(folder, 'model.json'), JSON.stringify(json));
      const parts = Array.isArray(weightData) ? weightData : [weightData];
      writeFileSync(path.join(folder, shard), Buffer.concat(parts.map((part) => Buffer.from(part))));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
}

/** Loads model.json and its shards. */
export async function loadModel(folder: string): Promise<TfjsModelObject> {
  const tf = await loadTfjs();
  return tf.loadLayersModel({
    load: async () => {
      const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
      const paths = json.weightsManifest.flatMap((group: { paths: string[] }) => group.paths) as string[];
      const bytes = Buffer.concat(paths.map((one) => readFileSync(path.join(folder, one))));
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const weightSpecs = json.weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
      return { modelTopology: json.modelTopology, weightSpecs, weightData };
    },
  });
}
