/**
 * Models of TensorFlow.js: `model.json` with the architecture and a list of the weights, whose bytes lie one after the
 * other in shards beside it.
 *
 * @see https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (ModelJSON, WeightsManifestConfig)
 */

import { OutsetError } from '../messages/error.ts';
import type { TfjsProblem } from '../messages/issues/tfjs.ts';
import { elementCount } from '../tensor/tensor.ts';
import { duplicateKey } from './json-keys.ts';
import { type StoredTensor, type StoredType, storedByteLength } from './stored-tensor.ts';

/** One weight of a manifest. */
export interface TfjsWeight extends StoredTensor {
  /** Group of the manifest that it belongs to, and where its bytes start in the shards of that group. */
  readonly group: number;
  readonly start: number;
  /** Bytes in the file; fewer than its type needs if it is quantized. */
  readonly length: number;
  /** Its bytes are scaled whole numbers, or halves. */
  readonly quantized: boolean;
}

/** Shards whose bytes, one after the other, hold the weights of a group. */
export interface TfjsGroup {
  readonly paths: readonly string[];
  /** Bytes of all shards together. */
  readonly length: number;
}

export interface TfjsModel {
  /** The whole of model.json. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly weights: readonly TfjsWeight[];
  readonly groups: readonly TfjsGroup[];
}

const types: Readonly<Record<string, StoredType>> = { float32: 'float32', int32: 'int32', bool: 'bool' };
const quantizedBytes: Readonly<Record<string, number>> = { uint8: 1, uint16: 2, float16: 2 };

/**
 * Reads a model.json.
 * @param where the file's name, for error messages
 * @throws formats.tfjs with what is wrong and where
 */
export function readTfjsModel(text: string, where = 'model.json'): TfjsModel {
  const fail = (problem: TfjsProblem, got: string) =>
    new OutsetError('formats.tfjs', { where, problem, got });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail('json', (error as Error).message);
  }
  if (!isObject(json)) throw fail('json', text.slice(0, 20));
  const repeated = duplicateKey(text);
  if (repeated !== undefined) throw fail('duplicate', repeated);
  const manifest = json.weightsManifest;
  if (!Array.isArray(manifest)) throw fail('manifest', shorten(manifest));
  const weights: TfjsWeight[] = [];
  const groups: TfjsGroup[] = [];
  const names = new Set<string>();
  const allPaths = new Set<string>();
  for (const [group, entry] of manifest.entries()) {
    if (!isObject(entry) || !Array.isArray(entry.paths) || !Array.isArray(entry.weights)) {
      throw fail('manifest', shorten(entry));
    }
    for (const path of entry.paths as unknown[]) {
      if (typeof path !== 'string' || !isInside(path)) throw fail('path', shorten(path));
      if (allPaths.has(path)) throw fail('duplicate', path);
      allPaths.add(path);
    }
    let length = 0;
    for (const spec of entry.weights as unknown[]) {
      const weight = readWeight(spec, group, length, fail);
      if (names.has(weight.name)) throw fail('duplicate', weight.name);
      names.add(weight.name);
      weights.push(weight);
      length += weight.length;
    }
    if (!Number.isSafeInteger(length)) throw fail('shape', `${length}`);
    groups.push({ paths: entry.paths as string[], length });
  }
  return { json, weights, groups };
}

/** Shards are at most so long, as TensorFlow.js's own converter writes them. */
const shardBytes = 4 * 2 ** 20;

/** What to write for a model whose weights have other values: model.json's text and, for each shard, which bytes. */
export interface TfjsPlan {
  readonly text: string;
  /** Weights in the order of their bytes, as they are written: without quantization where the value is replaced. */
  readonly weights: readonly TfjsWeight[];
  readonly shards: readonly { readonly path: string; readonly length: number }[];
}

/**
 * Lays out a copy of a model: one group of shards, `group1-shard1of3.bin` and so on.
 * @param replaced weights that get new values, in full precision
 */
export function planTfjsModel(model: TfjsModel, replaced: ReadonlySet<string>): TfjsPlan {
  const specs = (model.json.weightsManifest as { weights: Record<string, unknown>[] }[]).flatMap(
    ({ weights }) => weights,
  );
  let total = 0;
  const weights = model.weights.map((weight) => {
    const plain = replaced.has(weight.name) && weight.quantized;
    const length = plain ? storedByteLength(weight) : weight.length;
    const placed = { ...weight, group: 0, start: total, length, quantized: weight.quantized && !plain };
    total += length;
    return placed;
  });
  const written = specs.map((spec, i) => {
    const { quantization, ...plain } = spec;
    return weights[i].quantized ? { ...plain, quantization } : plain;
  });
  const count = Math.max(1, Math.ceil(total / shardBytes));
  const shards = Array.from({ length: count }, (_, i) => ({
    path: `group1-shard${i + 1}of${count}.bin`,
    length: Math.min(shardBytes, total - i * shardBytes),
  }));
  const weightsManifest = [{ paths: shards.map(({ path }) => path), weights: written }];
  return { text: JSON.stringify({ ...model.json, weightsManifest }), weights, shards };
}

function readWeight(
  spec: unknown,
  group: number,
  start: number,
  fail: (problem: TfjsProblem, got: string) => OutsetError,
): TfjsWeight {
  if (!isObject(spec) || typeof spec.name !== 'string') throw fail('weight', shorten(spec));
  const { name, shape, dtype, quantization } = spec;
  const type = typeof dtype === 'string' && Object.hasOwn(types, dtype) ? types[dtype] : undefined;
  if (type === undefined) throw fail('dtype', `${name}: ${shorten(dtype)}`);
  const lengths =
    Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (!lengths || shape.length > 32) throw fail('shape', `${name}: ${shorten(shape)}`);
  const dims = shape as number[];
  const count = elementCount(dims);
  if (!Number.isSafeInteger(count * 8)) throw fail('shape', `${name}: ${shorten(shape)}`);
  if (quantization === undefined) {
    return { name, type, dims, group, start, length: storedByteLength({ type, dims }), quantized: false };
  }
  const packed = isObject(quantization) ? quantization.dtype : undefined;
  if (typeof packed !== 'string' || !Object.hasOwn(quantizedBytes, packed)) {
    throw fail('dtype', `${name}: ${shorten(quantization)}`);
  }
  return { name, type, dims, group, start, length: count * quantizedBytes[packed], quantized: true };
}

/** A relative path that stays in the folder of model.json. */
function isInside(path: string): boolean {
  const parts = path.split('/');
  return (
    path !== '' &&
    !/[\\:\0]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
