import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, sep } from 'node:path';
import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import { nearestNames } from '../../messages/nearest.ts';
import { openStream } from '../../random/index.ts';
import type { Stream } from '../../random/stream.ts';
import { barsAndStripes } from '../bars-and-stripes.ts';
import { type Dataset, makeDataset, type Split } from '../dataset.ts';
import { imageDataset } from '../digit-images.ts';
import { imageFilesDataset } from '../images/image-dataset.ts';
import { npzDataset } from '../npz-dataset.ts';
import { isSparseNpz, readSparseNpz } from '../sparse/csr-npz.ts';
import { denseDataset, type SparseDataset, sparseDataset } from '../sparse/sparse-dataset.ts';
import { readSvmlight } from '../sparse/svmlight.ts';
import { DataParameters, type DataSpec, parseDataSpec } from '../spec.ts';
import { takeExamples } from '../split.ts';
import { type Preprocessing, preprocess } from '../standardize.ts';
import { spirals, xor } from '../synthetic.ts';
import { csvDataset } from '../table-dataset.ts';
import { loadFashionMnist } from './fashion-mnist.ts';
import { imagesInFolder, imagesInList } from './image-files.ts';
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
    return firstExamples(spec, loadMnist(language));
  },
  'fashion-mnist': (spec, { language }) => {
    return firstExamples(spec, loadFashionMnist(language));
  },
  xor: (spec, options) => {
    const parameters = new DataParameters(spec, ['count', 'noise', 'seed']);
    const { language } = options;
    const wanted = { count: parameters.number('count'), noise: parameters.number('noise'), language };
    return xor(streamOf(parameters, options).child('xor'), wanted);
  },
  'bars-and-stripes': (spec, { language }) => {
    const parameters = new DataParameters(spec, ['side', 'rows', 'columns']);
    const [side, rows, columns] = ['side', 'rows', 'columns'].map((name) => parameters.count(name));
    return barsAndStripes({ side, rows, columns, language });
  },
  spirals: (spec, options) => {
    const parameters = new DataParameters(spec, ['arms', 'count', 'noise', 'seed']);
    const [arms, count, noise] = ['arms', 'count', 'noise'].map((name) => parameters.number(name));
    const { language } = options;
    return spirals(streamOf(parameters, options).child('spirals'), { arms, count, noise, language });
  },
};

/** `train=` and `test=` keep the first examples of the parts. */
async function firstExamples(spec: DataSpec, loaded: Promise<Dataset>): Promise<Dataset> {
  const parameters = new DataParameters(spec, ['train', 'test']);
  const counts = { train: parameters.count('train'), test: parameters.count('test') };
  const dataset = await loaded;
  if (counts.train === undefined && counts.test === undefined) return dataset;
  const part = (name: 'train' | 'test'): Split => {
    const count = Math.min(counts[name] ?? dataset[name].count, dataset[name].count);
    return takeExamples(
      dataset[name],
      Uint32Array.from({ length: count }, (_, i) => i),
    );
  };
  const { digest: _, ...parts } = dataset;
  return makeDataset({ ...parts, train: part('train'), test: part('test') });
}

/** Names that {@link openDataset} knows. */
export const datasetNames: readonly string[] = Object.keys(named);

/**
 * Opens a data set: `mnist`, `fashion-mnist`, `xor`, `spirals`, `bars-and-stripes`, the path of a .csv, .tsv or .npz file, the
 * folder (or common beginning of the names) of IDX files, a folder of images or of class folders with images, a .txt list
 * of images, or a sparse file. Parameters stand in parentheses:
 *
 * - `mnist(train=2000, test=500)`, likewise fashion-mnist: only the first examples of each part
 * - `xor(count=4, noise=0)`, `spirals(arms=3, noise=0.2, count=2000)`, each also `seed=`
 * - `bars-and-stripes(side=3)`, or `bars-and-stripes(rows=2, columns=3)`
 * - .csv and .tsv: `label=` (`none` for no labels), `header=yes|no`, `separator=`,
 *   `task=classification|regression`, `test=0.2`, `encoding=`, `categories=yes` (text in any column, see
 *   {@link TableOptions.categories})
 * - .npz: `layout=channels-first|channels-last`, `test=0.2`
 * - images: `color=grey|rgb`, `test=0.2`
 * - sparse files (CSR in .npz; .svmlight, .libsvm, .svm): `test=0.2`, `first=0|1` (text: number of the first column).
 *   Their zeros are written out here; {@link openSparseDataset} keeps them sparse.
 * @throws data.unknown with the nearest names, data.unknown_parameter, data.bad_parameter, data.file_unreadable, and the
 *   errors of the format
 */
export async function openDataset(spec: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const parsed = specOf(spec);
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
  if (sparseTextEndings.includes(extension)) return openSparse;
  if (idxPrefix(path) !== undefined) return openIdx;
  if (isFolder(path) || (imageListEndings.includes(extension) && existsSync(path))) return openImages;
  return undefined;
}

/**
 * Opens a sparse file (CSR in .npz, or .svmlight, .libsvm, .svm text) without writing its zeros out; undefined if the
 * spec names anything else.
 * @throws data.sparse_matrix, data.sparse_format, data.svmlight_line, and the errors of {@link openDataset}
 */
export async function openSparseDataset(
  spec: string,
  options: OpenDatasetOptions = {},
): Promise<SparseDataset | undefined> {
  const parsed = specOf(spec);
  const extension = extname(parsed.name).toLowerCase();
  const isText = sparseTextEndings.includes(extension);
  if (!isText && extension !== '.npz') return undefined;
  const bytes = await readBytes(parsed.name);
  if (!isText && !isSparseNpz(bytes, parsed.name)) return undefined;
  return readSparse(parsed, bytes, options);
}

const sparseTextEndings: readonly string[] = ['.svmlight', '.libsvm', '.svm'];
const imageListEndings: readonly string[] = ['.txt', '.lst'];

const openSparse: Opener = async (spec, options) =>
  denseDataset(readSparse(spec, await readBytes(spec.name), options));

function readSparse(spec: DataSpec, bytes: Uint8Array, options: OpenDatasetOptions): SparseDataset {
  const where = spec.name;
  const isText = extname(where).toLowerCase() !== '.npz';
  const parameters = new DataParameters(spec, isText ? ['first', 'test', 'seed'] : ['test', 'seed']);
  const first = isText ? parameters.choice('first', ['0', '1']) : undefined;
  const examples = isText
    ? readSvmlight(bytes, { where, firstColumn: first === undefined ? undefined : first === '0' ? 0 : 1 })
    : readSparseNpz(bytes, where);
  return sparseDataset(examples, streamOf(parameters, options).child('split'), {
    name: basename(where),
    where,
    testFraction: parameters.number('test'),
    language: options.language,
  });
}

const openImages: Opener = async (spec, options) => {
  const parameters = new DataParameters(spec, ['color', 'test', 'seed']);
  const path = spec.name;
  const files = isFolder(path)
    ? imagesInFolder(path)
    : imagesInList(new TextDecoder().decode(await readBytes(path)), path);
  return imageFilesDataset(files, streamOf(parameters, options).child('split'), {
    name: basename(path),
    color: parameters.choice('color', ['grey', 'rgb']),
    testFraction: parameters.number('test'),
    language: options.language,
  });
};

/** A file whose name ends with a parenthesis is still a file. */
function specOf(spec: string): DataSpec {
  return existsSync(spec) ? { name: spec, parameters: new Map() } : parseDataSpec(spec);
}

const openTable: Opener = async (spec, options) => {
  const known = ['label', 'header', 'separator', 'task', 'test', 'encoding', 'categories', 'seed'];
  const parameters = new DataParameters(spec, known);
  const header = parameters.choice('header', ['yes', 'no']);
  const separator = parameters.text('separator') ?? (/\.tsv$/i.test(spec.name) ? '\t' : undefined);
  const wanted = {
    where: spec.name,
    name: basename(spec.name),
    label: parameters.text('label'),
    categories: parameters.choice('categories', ['yes', 'no']) === 'yes',
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
  const layout = parameters.choice('layout', ['channels-first', 'channels-last']);
  const testFraction = parameters.number('test');
  const bytes = await readBytes(spec.name);
  if (isSparseNpz(bytes, spec.name)) return denseDataset(readSparse(spec, bytes, options));
  const name = basename(spec.name);
  const wanted = { where: spec.name, name, layout, testFraction, language: options.language };
  return npzDataset(bytes, streamOf(parameters, options).child('split'), wanted);
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
