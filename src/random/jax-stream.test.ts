import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ThreefryMode } from './jax-random.ts';
import { JaxStream } from './jax-stream.ts';
import { sha1 } from './sha1.ts';
import { threefry } from './threefry-stream.ts';

interface Draws {
  seed: number;
  split: number[][];
  foldIn: number[];
  bits: Record<string, string>;
  uniform: string;
  normal: string;
  truncatedNormal: string;
  permutation: Record<string, string>;
  randint: Record<string, string>;
}
interface Parameter {
  dims: number[];
  digest: string;
}
interface Mode {
  draws: Draws[];
  linen: Record<string, Parameter>;
  nnx: { dims: number[]; kernel: string; bias: string }[];
}
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/jax-modes.json', import.meta.url), 'utf8'),
) as { versions: { jax: string; flax: string } } & Record<ThreefryMode, Mode>;

const digest = (values: ArrayBufferView) =>
  createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
const count = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);

/** The kernel of a layer of Flax: lecun_normal, a truncated normal whose std is computed in single precision. */
function lecunNormal(stream: JaxStream, dims: readonly number[]): Float32Array {
  const { fround } = Math;
  const variance = fround(1 / count(dims.slice(0, -1)));
  const std = fround(fround(Math.sqrt(variance)) / fround(0.87962566103423978));
  return stream.truncatedNormal(new Float32Array(count(dims)), { std });
}

describe.each(['partitionable', 'original'] as const)(`equals jax ${fixture.versions.jax}, %s`, (mode) => {
  describe.each(fixture[mode].draws)('seed $seed', (jax) => {
    const stream = () => new JaxStream(jax.seed, mode);

    test('keys', () => {
      expect(
        stream()
          .split(3)
          .map(({ key }) => key),
      ).toEqual(jax.split);
      expect(stream().child(7).key).toEqual(jax.foldIn);
    });

    test('words, floats, permutations and integers, bit for bit', () => {
      for (const [n, expected] of Object.entries(jax.bits)) {
        expect(digest(stream().bits(new Uint32Array(Number(n)))), n).toBe(expected);
      }
      expect(digest(stream().uniform(new Float32Array(1001), -0.3, 0.8))).toBe(jax.uniform);
      expect(digest(stream().normal(new Float32Array(20000)))).toBe(jax.normal);
      expect(digest(stream().truncatedNormal(new Float32Array(20001)))).toBe(jax.truncatedNormal);
      for (const [n, expected] of Object.entries(jax.permutation)) {
        expect(digest(stream().permutation(Number(n))), n).toBe(expected);
      }
      expect(digest(stream().randint(-128, 128, 300, 'int8'))).toBe(jax.randint.int8);
      expect(digest(stream().randint(3, 60000, 300, 'uint16'))).toBe(jax.randint.uint16);
      expect(digest(stream().randint(-2e9, 2e9, 300, 'int32'))).toBe(jax.randint.int32);
      expect(digest(stream().randint(0, 10, 300, 'uint32'))).toBe(jax.randint.uint32);
    });
  });

  test(`default kernels and biases of flax ${fixture.versions.flax}: Linen scopes, nested ones too`, () => {
    const parameters = Object.entries(fixture[mode].linen);
    expect(parameters.length).toBe(12);
    for (const [path, { dims, digest: expected }] of parameters) {
      const names = path.split('/');
      const scope = names.slice(0, -1).reduce((stream, name) => stream.child(name), new JaxStream(7, mode));
      const ours =
        names.at(-1) === 'kernel' ? lecunNormal(scope.child(1), dims) : new Float32Array(count(dims));
      expect(digest(ours), path).toBe(expected);
    }
  });

  test('kernels of nnx layers: the keys that nnx.Rngs counts off', () => {
    for (const [i, { dims, kernel, bias }] of fixture[mode].nnx.entries()) {
      expect(digest(lecunNormal(new JaxStream(7, mode).child(2 * i), dims))).toBe(kernel);
      expect(digest(new Float32Array(dims.at(-1)!))).toBe(bias);
    }
  });
});

test('the first draw of threefry is that of jax; later draws go on without repeating', () => {
  const stream = new JaxStream(3);
  const first = stream.normal(new Float32Array(1000));
  expect(first).toEqual(threefry(3).normal(new Float32Array(1000)));
  expect(stream.normal(new Float32Array(1000))).not.toEqual(first);
  expect(new JaxStream(3).normal(new Float64Array(100))).toEqual(threefry(3).normal(new Float64Array(100)));
});

test('SHA-1', () => {
  const hex = (text: string) =>
    [...sha1(new TextEncoder().encode(text))].map((word) => word.toString(16).padStart(8, '0')).join('');
  // FIPS 180-4 examples, and lengths around the end of a block against Node's own.
  expect(hex('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  for (let length = 0; length < 200; length++) {
    const text = 'x'.repeat(length);
    expect(hex(text)).toBe(createHash('sha1').update(text).digest('hex'));
  }
});

test('bad arguments are refused', () => {
  const stream = new JaxStream(0);
  expect(() => stream.randint(3, 3, 1, 'int32')).toThrow(
    expect.objectContaining({ code: 'random.bad_integer_range' }),
  );
  expect(() => stream.randint(0, 257, 1, 'uint8')).toThrow(
    expect.objectContaining({ code: 'random.bad_integer_range' }),
  );
  expect(() => stream.child(-1)).toThrow(expect.objectContaining({ code: 'random.bad_child' }));
  expect(() => stream.child('a').child(0.5).key).toThrow(
    expect.objectContaining({ code: 'random.bad_child' }),
  );
});
