/** Draws of every kind from every dialect, each array as a short hash: the same in Node and in the browser. */

import { type Dialect, dialects, dialectTable, NumpyGenerator } from '../../src/random/index.ts';
import { nameHash } from '../../src/random/name-hash.ts';

export function streamHashes(): Record<string, string[]> {
  return Object.fromEntries([
    ...dialects.map((name) => [name, hashesOf(name)]),
    ['numpy, singles', numpySingles()],
  ]);
}

function hashesOf(name: Dialect): string[] {
  const stream = dialectTable[name].open(42);
  return [
    stream.normal(new Float32Array(20_000), 0.1, 0.7),
    stream.normal(new Float64Array(20_000)),
    stream.uniform(new Float32Array(3000), -0.3, 0.5),
    stream.uniform(new Float64Array(3000)),
    stream.truncatedNormal(new Float32Array(3000)),
    stream.truncatedNormal(new Float64Array(3000), { lower: -1.5, upper: 2 }),
    stream.bits(new Uint32Array(101)),
    stream.permutation(1000),
    stream.child('layer').normal(new Float32Array(100)),
  ].map(hash);
}

function numpySingles(): string[] {
  const stream = new NumpyGenerator(42);
  return [
    stream.standardNormalSingle(new Float32Array(50_000)),
    stream.randomSingle(new Float32Array(101)),
    stream.integers(-5n, 2n ** 40n, 100, 'int64'),
  ].map(hash);
}

function hash({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const characters = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  for (const byte of characters) text += String.fromCharCode(byte & 127, byte >> 7);
  return nameHash(text).join(' ');
}
