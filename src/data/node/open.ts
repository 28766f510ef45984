import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, sep } from 'node:path';
import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import { nearestNames } from '../../messages/nearest.ts';
import { openStream } from '../../random/index.ts';
import type { Stream } from '../../random/stream.ts';
import type { Dataset } from '../dataset.ts';
import { imageDataset } from '../digit-images.ts';
import { npzDataset } from '../npz-dataset.ts';
import { DataParameters, type DataSpec, parseDataSpec } from '../spec.ts';
import { type Preprocessing, preprocess } from '../standardize.ts';
import { spirals, xor } from '../synthetic.ts';
import { csvDataset } from '../table-dataset.ts';
import { loadFashionMnist } from './fashion-mnist.ts';
import { loadMnist } from './mnist.ts';
import { idxFileNames, readIdxFiles } from './read-idx.ts';

export interface OpenDatasetOptions {
  /** Seed of synthetic points and of splits, unless the spec has its own `seed=`; default 0. */
  readonly seed?: number;
  /** What is done to the features; default `none`. */
  readonly preprocessing?: Preprocessing;
  /** Language of the description; default English. */
  readonly language?: Language;
}

type Opener = (spec: DataSpec, options: OpenDatasetOptions) => Dataset | Promise<Dataset>;

/** Data sets that have a name. */
const named: Readonly<Record<string, Opener>> = {
  mnist: (spec, { language }) => {
    new DataParameters(spec, []);
    return loadMnist(language);
  },
  'fashion-mnist': (spec, { language }) => {
    new DataParameters(spec, []);
    return loadFashionMnist(language);
  },
  xor: (spec, options) => {
    const parameters = new DataParameters(spec, ['count', 'noise', 'seed']);
    const { language } = options;
    const wanted = { count: parameters.number('count'), noise: parameters.number('noise'), language };
    return xor(streamOf(parameters, options).child('xor'), wanted);
  },
  spirals: (spec, options) => {
    const parameters = new DataParameters(spec, ['arms', 'count', 'noise', 'seed']);
    const [arms, count, noise] = ['arms', 'count', 'noise'].map((name) => parameters.number(name));
    const { language } = options;
    return spirals(streamOf(parameters, options).child('spirals'), { arms, count, noise, language });
  },
};

/** Names that {@link openDataset} knows. */
export const datasetNames: readonly string[] = Object.keys(named);

/**
 * Opens a data set: `mnist`, `fashion-mnist`, `xor`, `spirals`, the path of a .csv, .tsv or .npz file, or the folder
 * (or common beginning of the names) of IDX files. Parameters stand in parentheses:
 *
 * - `xor(count=4, noise=0)`, `spirals(arms=3, noise=0.2, count=2000)`, each also `seed=`
 * - .csv and .tsv: `label=`, `header=yes|no`, `separator=`, `task=classification|regression`, `test=0.2`, `encoding=`
 * - .npz: `layout=channels-first|channels-last`, `test=0.2`
 * @throws data.unknown with the nearest names, data.unknown_parameter, data.bad_parameter, data.file_unreadable, and the
 *   errors of the format
 */
export async function openDataset(spec: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  // A file whose name ends with a parenthesis is still a file.
  const parsed = existsSync(spec)
    ? { name: spec, parameters: new Map<string, string>() }
    : parseDataSpec(spec);
  const open =
    (Object.hasOwn(named, parsed.name) ? named[parsed.name] : undefined) ?? openerOfFile(parsed.name);
  if (open === undefined) {
    const near = nearestNames(parsed.name, datasetNames);
    throw new OutsetError('data.unknown', { got: parsed.name, near, all: [...datasetNames] });
  }
  return preprocess(await open(parsed, options), options.preprocessing ?? 'none');
}

function openerOfFile(path: string): Opener | undefined {
  const extension = extname(path).toLowerCase();
  if (extension === '.csv' || extension === '.tsv') return openTable;
  if (extension === '.npz') return openNpz;
  if (idxPrefix(path) !== undefined || isFolder(path)) return openIdx;
  return undefined;
}

const openTable: Opener = async (spec, options) => {
  const known = ['label', 'header', 'separator', 'task', 'test', 'encoding', 'seed'];
  const parameters = new DataParameters(spec, known);
  const header = parameters.choice('header', ['yes', 'no']);
  const separator = parameters.text('separator') ?? (/\.tsv$/i.test(spec.name) ? '\t' : undefined);
  const wanted = {
    where: spec.name,
    name: basename(spec.name),
    label: parameters.text('label'),
    header: header === undefined ? undefined : header === 'yes',
    separator: separator === '\\t' ? '\t' : separator,
    task: parameters.choice('task', ['classification', 'regression']),
    testFraction: parameters.number('test'),
    encoding: parameters.text('encoding'),
    language: options.language,
  };
  const stream = streamOf(parameters, options).child('split');
  return csvDataset(await readBytes(spec.name), stream, wanted);
};

const openNpz: Opener = async (spec, options) => {
  const parameters = new DataParameters(spec, ['layout', 'test', 'seed']);
  const wanted = {
    where: spec.name,
    name: basename(spec.name),
    layout: parameters.choice('layout', ['channels-first', 'channels-last']),
    testFraction: parameters.number('test'),
    language: options.language,
  };
  const stream = streamOf(parameters, options).child('split');
  return npzDataset(await readBytes(spec.name), stream, wanted);
};

const openIdx: Opener = async (spec, { language = 'en' }) => {
  new DataParameters(spec, []);
  const path = spec.name;
  const prefix = idxPrefix(path) ?? `${path}${sep}`;
  const arrays = await readIdxFiles(
    prefix,
    (missing) => new OutsetError('data.idx_files_absent', { path, missing }),
  );
  const name = basename(path);
  const dims = [1, ...arrays.trainImages.dims.slice(1)];
  return imageDataset(name, arrays, (train, test) => dataLabels.file[language]({ name, train, test, dims }));
};

/** What stands before `train-images-idx3-ubyte` in the files' names, if there is such a file. */
function idxPrefix(path: string): string | undefined {
  const candidates = [path, `${path}-`, `${path}${sep}`];
  return candidates.find((prefix) =>
    ['', '.gz'].some((ending) => existsSync(`${prefix}${idxFileNames.trainImages}${ending}`)),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new OutsetError('data.file_unreadable', { path, reason }, { cause: error });
  }
}

function streamOf(parameters: DataParameters, options: OpenDatasetOptions): Stream {
  return openStream('threefry', parameters.number('seed') ?? options.seed ?? 0);
}
