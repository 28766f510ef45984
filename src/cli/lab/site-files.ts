/** Where the files of the lab come from: the built pages, the engine and the data that are installed beside Outset. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Dataset } from '../../data/dataset.ts';
import { loadFashionMnist } from '../../data/node/fashion-mnist.ts';
import { loadMnist } from '../../data/node/mnist.ts';
import { packImages } from '../../data/packed-images.ts';

/** Folder of the built pages. */
export const pagesFolder = path.resolve(import.meta.dirname, '../../lab');

/** A file of the site, found but not read. */
export type SiteFile = () => Promise<Uint8Array>;

/**
 * Finds the file of an address; undefined where there is none. Addresses never lead out of the folders: parts that are
 * empty, `.`, `..` or hold a separator are refused.
 * @param address path of the URL, decoded, with its leading slash
 */
export async function findSiteFile(pages: string, address: string): Promise<SiteFile | undefined> {
  const parts = address.slice(1).split('/');
  const last = parts.at(-1) ?? '';
  if (parts.slice(0, -1).some((part) => !isPlain(part)) || (last !== '' && !isPlain(last))) return undefined;
  if (last === '') parts[parts.length - 1] = 'index.html';
  const built = path.join(pages, ...parts);
  if (await isFile(built)) return () => readFile(built);
  if (parts.length !== 2) return undefined;
  if (parts[0] === 'engine') return engineFile(parts[1]);
  if (parts[0] === 'data') return dataFile(parts[1]);
  return undefined;
}

function isPlain(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[/\\\0]/.test(part);
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Folder with onnxruntime-web's .wasm files; undefined when the package is not installed. */
export function engineFolder(): string | undefined {
  for (const from of [import.meta.url, path.join(process.cwd(), 'package.json')]) {
    try {
      return path.dirname(createRequire(from).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
    } catch {
      // Not installed there: look in the next place.
    }
  }
  return undefined;
}

function engineFile(name: string): SiteFile | undefined {
  const folder = engineFolder();
  if (folder === undefined || !/^ort-wasm-simd-threaded(?:\.\w+)?\.(?:wasm|mjs)$/.test(name))
    return undefined;
  const file = path.join(folder, name);
  return existsSync(file) ? () => readFile(file) : undefined;
}

const subset = { train: 10_000, test: 2_000 };
const everything = { train: Number.POSITIVE_INFINITY, test: Number.POSITIVE_INFINITY };

/** Data sets as packed, compressed files, by name. */
const dataFiles: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'mnist-10000.bin.gz': () => packed(loadMnist(), subset),
  'mnist.bin.gz': () => packed(loadMnist(), everything),
  'fashion-mnist-10000.bin.gz': () => packed(loadFashionMnist(), subset),
  'fashion-mnist.bin.gz': () => packed(loadFashionMnist(), everything),
};

const made = new Map<string, Promise<Uint8Array>>();

function dataFile(name: string): SiteFile | undefined {
  if (!Object.hasOwn(dataFiles, name)) return undefined;
  return () => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const making = dataFiles[name]();
    made.set(name, making);
    // Whoever installs the data meanwhile may ask again.
    making.catch(() => made.delete(name));
    return making;
  };
}

async function packed(
  dataset: Promise<Dataset>,
  counts: { train: number; test: number },
): Promise<Uint8Array> {
  return promisify(gzip)(packImages(await dataset, counts), { level: 6 });
}
