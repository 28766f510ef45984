import { type Zippable, zipSync } from 'fflate';
import { hdf5Data, readHdf5, replaceHdf5Data } from '../formats/hdf5/hdf5.ts';
import { readZip } from '../formats/zip.ts';
import { OutsetError } from '../messages/error.ts';
import type { ModelContainer, WrittenFile } from './container.ts';
import { kerasArchitecture } from './detect/keras.ts';
import { kerasTensors } from './detect/keras-tensors.ts';
import type { Architecture } from './model.ts';

/** A `.keras` archive unpacks to at most so much, however well it is packed. */
const mostUnpacked = 2 * 2 ** 30;

/**
 * A model in HDF5: `.h5` of Keras 2 and 3, or `.weights.h5`.
 * @param configuration the model's description where it lies elsewhere; default: the file's own, if it has one
 * @throws formats.hdf5_damaged, formats.hdf5_unsupported, formats.wrong_magic
 */
export function hdf5Container(bytes: Uint8Array, where: string, configuration?: unknown): ModelContainer {
  const file = readHdf5(bytes, where);
  const description = configuration ?? ownConfiguration(file.attributes.get('')?.get('model_config'), where);
  const { groups, kept, paths, orderMeans } = kerasTensors(file, description);
  const found = kerasArchitecture(groups, description, orderMeans);
  const datasets = new Map(file.datasets.map((dataset) => [dataset.name, dataset]));
  const replaced = (values: ReadonlyMap<string, Uint8Array>) => {
    const byPath = [...values].map(([name, value]) => [paths.get(name) ?? name, value] as const);
    return replaceHdf5Data(bytes, file, new Map(byPath), where);
  };
  const architecture: Architecture = { ...found, kept: [...found.kept, ...kept] };
  const rewrite = async (values: ReadonlyMap<string, Uint8Array>): Promise<WrittenFile[]> => [
    { name: '', content: replaced(values) },
  ];
  return {
    format: 'hdf5',
    architecture,
    configuration: description,
    metadata: {},
    read: async (name) => {
      const dataset = datasets.get(paths.get(name) ?? name);
      return dataset === undefined ? new Uint8Array(0) : hdf5Data(bytes, dataset, where);
    },
    rewrite,
    rewriteWeights: rewrite,
    close: async () => {},
  };
}

/**
 * A `.keras` archive: config.json, model.weights.h5, metadata.json.
 * @throws formats.zip_member and its like, models.archive_member, formats.hdf5_damaged
 */
export function kerasContainer(bytes: Uint8Array, where: string): ModelContainer {
  const members = readZip(bytes, where, Math.min(mostUnpacked, 64 * bytes.length + 2 ** 20), 'zip');
  const member = (name: string) => {
    const found = members.find((one) => one.name === name);
    if (found === undefined) throw new OutsetError('models.archive_member', { where, name });
    return found.read();
  };
  const weights = 'model.weights.h5';
  const configuration = parseJson(new TextDecoder().decode(member('config.json')), `${where}: config.json`);
  const inner = hdf5Container(member(weights), `${where}: ${weights}`, configuration);
  return {
    ...inner,
    format: 'keras',
    rewrite: async (values) => {
      const files = (await inner.rewrite?.(values)) ?? [];
      const entries: Zippable = {};
      for (const one of members) {
        const content = one.name === weights ? (files[0].content as Uint8Array) : one.read();
        // Keras stores without packing; a fixed date keeps the bytes reproducible.
        entries[one.name] = [content, { level: 0, mtime: new Date(1980, 0, 1) }];
      }
      return [{ name: '', content: zipSync(entries) }];
    },
  };
}

function ownConfiguration(text: unknown, where: string): unknown {
  return typeof text === 'string' ? parseJson(text, `${where}: model_config`) : undefined;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OutsetError('cli.bad_json', { file, reason: (error as Error).message }, { cause: error });
  }
}
