/** Box-Muller at each of the 2^24 radii and of the 2^24 angles against PyTorch: test/peers/torch_every_number.py. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MersenneTwister } from '../mt19937.ts';
import { normalPairAvx2 } from './normal-avx2.ts';
import { normalPairScalar } from './normal-scalar.ts';
import { manyNormalsAvx2, manyNormalsScalar } from './torch-kernel.ts';

type Sweep = 'radii' | 'angles' | 'anglesAgain';
const fixture = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/torch-every-number.json', import.meta.url), 'utf8'),
) as {
  fixed: Record<'angles' | 'anglesAgain', number>;
  sweeps: Record<'avx2' | 'default', Record<Sweep, string>>;
};

/** The digest of the numbers that `normals` makes of blocks of 16 words, `count` blocks at a time. */
function digest(
  sweep: Sweep,
  count: number,
  normals: (words: Uint32Array, out: Float32Array) => void,
): string {
  const hash = createHash('sha256');
  const words = new Uint32Array(16 * count);
  const out = new Float32Array(16 * count);
  words.fill(sweep === 'radii' ? 0 : fixture.fixed[sweep]);
  for (let first = 0; first < 1 << 24; first += 8 * count) {
    const blocks = Math.min(count, ((1 << 24) - first) / 8);
    for (let i = 0; i < 8 * blocks; i++) {
      words[16 * (i >> 3) + (i & 7) + (sweep === 'radii' ? 0 : 8)] = first + i;
    }
    normals(words.subarray(0, 16 * blocks), out);
    hash.update(new Uint8Array(out.buffer, 0, 64 * blocks));
  }
  return hash.digest('hex');
}

const eachPair =
  (pair: (first: number, second: number, out: Float32Array, at: number) => void) =>
  (words: Uint32Array, out: Float32Array) => {
    for (let i = 0; i < words.length; i += (i & 15) === 7 ? 9 : 1) pair(words[i], words[i + 8], out, i);
  };

const sweeps: Sweep[] = ['radii', 'angles', 'anglesAgain'];

test.each(sweeps)('%s with AVX2', (sweep) => {
  const normals = eachPair((first, second, out, at) => normalPairAvx2(first, second, out, at, 0, 1));
  expect(digest(sweep, 1024, normals)).toBe(fixture.sweeps.avx2[sweep]);
});

test.each(sweeps)('%s without', (sweep) => {
  const normals = eachPair((first, second, out, at) => normalPairScalar(first, second, out, at, 0, 1, true));
  expect(digest(sweep, 1024, normals)).toBe(fixture.sweeps.default[sweep]);
});

test.each(
  sweeps.flatMap((sweep) => [
    [sweep, 'avx2', manyNormalsAvx2] as const,
    [sweep, 'default', manyNormalsScalar] as const,
  ]),
)('%s by the kernel, %s', (sweep, capability, draw) => {
  const twister = new MersenneTwister();
  const state = new Uint32Array(624);
  const normals = (words: Uint32Array, out: Float32Array) => {
    for (let i = 0; i < words.length; i++) state[i] = untempered(words[i]);
    twister.setState(state, 0);
    draw(twister, out.subarray(0, words.length), 1);
  };
  expect(digest(sweep, 39, normals)).toBe(fixture.sweeps[capability][sweep]);
});

/** The word of the state that comes out as the given one. */
function untempered(word: number): number {
  let y = word ^ (word >>> 18);
  y ^= (y << 15) & 0xefc60000;
  let z = y;
  for (let i = 0; i < 5; i++) z = y ^ ((z << 7) & 0x9d2c5680);
  y = z;
  for (let i = 0; i < 3; i++) z = y ^ (z >>> 11);
  return z >>> 0;
}
