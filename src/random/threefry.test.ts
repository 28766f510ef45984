import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { dialectTable } from './open-stream.ts';
import { foldIn, key, split, threefryBlock } from './threefry.ts';
import { threefry, threefryFromKey } from './threefry-stream.ts';

interface Sequences {
  seed: string;
  key: [number, number];
  split: number[][];
  foldIn: number[][];
  bits: number[];
  permutation: Record<string, string>;
  [name: string]: unknown;
}
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/jax-random.json', import.meta.url), 'utf8'),
) as { versions: { jax: string }; sequences: Sequences[] };

const digest = (values: ArrayBufferView) =>
  createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
const bytesOf = (base64: unknown) => Uint8Array.from(Buffer.from(base64 as string, 'base64')).buffer;
const singles = (base64: unknown) => new Float32Array(bytesOf(base64));

describe('Threefry-2x32, 20 rounds', () => {
  // kat_vectors of Random123 1.14, threefry2x32 20.
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)('known answer for key %o and counter %o', (k, [high, low], expected) => {
    expect(threefryBlock(k, high, low)).toEqual(expected);
  });
});

describe.each(fixture.sequences)(`equals jax ${fixture.versions.jax}, seed $seed`, (jax) => {
  const seed = BigInt(jax.seed);
  const stream = () => threefry(seed);

  test('keys, split, fold_in', () => {
    expect(key(seed)).toEqual(jax.key);
    expect(key(Number(seed))).toEqual(jax.key);
    expect(split(key(seed), 3)).toEqual(jax.split);
    expect([0, 1, 7, 2 ** 32 - 1].map((data) => foldIn(key(seed), data))).toEqual(jax.foldIn);
  });

  test('bits and uniform numbers, bit for bit', () => {
    expect([...stream().bits(new Uint32Array(4))]).toEqual(jax.bits);
    expect(digest(stream().child(7).bits(new Uint32Array(5000)))).toBe(jax.bitsOfChild);
    expect(digest(stream().uniform(new Float32Array(50000)))).toBe(jax.uniform);
    expect(digest(stream().uniform(new Float32Array(50000), -0.3, 0.8))).toBe(jax.uniformBetween);
    expect(digest(stream().uniform(new Float64Array(1000)))).toBe(jax.uniform64);
  });

  test('permutations', () => {
    for (const [n, expected] of Object.entries(jax.permutation)) {
      expect(digest(stream().permutation(Number(n))), n).toBe(expected);
    }
  });

  test('normal and truncated normal numbers, bit for bit', () => {
    expect(stream().normal(new Float32Array(1000))).toEqual(singles(jax.normal));
    expect(stream().truncatedNormal(new Float32Array(1000))).toEqual(singles(jax.truncatedNormal));
    const lopsided = stream().truncatedNormal(new Float32Array(1000), { lower: -0.5, upper: 3 });
    expect(lopsided).toEqual(singles(jax.truncatedLopsided));
    expect(stream().normal(new Float64Array(1000))).toEqual(new Float64Array(bytesOf(jax.normal64)));
  });

  test('truncated normal numbers in double precision, as near as the table of dialects says', () => {
    const { truncatedNormal } = dialectTable.jax.agreement.float64;
    const { within } = truncatedNormal as { within: number };
    const ours = stream().truncatedNormal(new Float64Array(1000), { lower: -1.5, upper: 2 });
    const theirs = new Float64Array(bytesOf(jax.truncatedNormal64));
    expect(Math.max(...ours.map((z, i) => Math.abs(z - theirs[i])))).toBeLessThanOrEqual(within);
  });
});

test('one fixed seed, whatever the machine: the bits of 100,000 normal numbers', () => {
  expect(digest(threefry(20).normal(new Float32Array(100000)))).toBe(
    'aa0308893ef56f368015042a09b66e6ea33804de164ff94dd9b59b5c6de22c33',
  );
  expect(digest(threefry(20).child('dense1.weight').uniform(new Float32Array(1000)))).toBe(
    'b6a00c1f02a369ba186c9d4abadb747d712cc27cfe39d081f330d6e3df1751ee',
  );
});

describe('streams', () => {
  test('nothing drawn into nothing, and a permutation of nothing', () => {
    expect(threefry(0).normal(new Float32Array(0))).toHaveLength(0);
    expect(threefry(0).permutation(0)).toHaveLength(0);
    expect([...threefry(0).permutation(1)]).toEqual([0]);
  });

  test('draws after the first are new, and a long draw begins like a short one', () => {
    const stream = threefry(3);
    const first = stream.uniform(new Float32Array(3000));
    expect(stream.uniform(new Float32Array(3000))).not.toEqual(first);
    expect(threefry(3).uniform(new Float32Array(10))).toEqual(first.slice(0, 10));
  });

  test('a child depends on the seed and the names, not on what was drawn before', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.string(), fc.nat(3), (seed, name, other, draws) => {
        const stream = threefry(seed);
        for (let i = 0; i < draws; i++) stream.bits(new Uint32Array(5));
        stream.child(other);
        const late = stream.child(name).bits(new Uint32Array(4));
        expect(late).toEqual(threefry(seed).child(name).bits(new Uint32Array(4)));
        if (name !== other) expect(late).not.toEqual(threefry(seed).child(other).bits(new Uint32Array(4)));
      }),
    );
  });

  test('children by text, by number and of children are all different', () => {
    const root = threefry(1);
    const names = [
      root.child('1'),
      root.child(1),
      root.child('1').child(1),
      root.child('1').child('1'),
      root,
    ];
    const bits = names.map((stream) => String(stream.bits(new Uint32Array(4))));
    expect(new Set(bits).size).toBe(names.length);
  });

  test('a stream can start from a key', () => {
    const k = split(key(5), 2)[1];
    expect(threefryFromKey(k).bits(new Uint32Array(3))).toEqual(
      threefry(5).child(1).bits(new Uint32Array(3)),
    );
  });

  test('uniform numbers stay below their upper bound, even where rounding would reach it', () => {
    const out = threefry(0).uniform(new Float32Array(100000), 1, 1 + 2 ** -22);
    expect(Math.max(...out)).toBeLessThan(1 + 2 ** -22);
    expect(Math.min(...out)).toBe(1);
    expect(threefry(0).uniform(new Float32Array(2), 3, 3)).toEqual(new Float32Array([3, 3]));
  });

  test('bad arguments are refused', () => {
    const codeOf = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        if (error instanceof OutsetError) return error.code;
      }
      return 'nothing thrown';
    };
    for (const seed of [-1, 1.5, Number.NaN, 2 ** 60, -1n, 1n << 64n]) {
      expect(codeOf(() => threefry(seed))).toBe('random.bad_seed');
    }
    for (const child of [-1, 0.5, 2 ** 32]) {
      expect(codeOf(() => threefry(0).child(child))).toBe('random.bad_child');
    }
    const out = new Float32Array(1);
    expect(codeOf(() => threefry(0).uniform(out, 1, 0))).toBe('random.bad_range');
    expect(codeOf(() => threefry(0).uniform(out, 0, Number.POSITIVE_INFINITY))).toBe('random.bad_range');
    expect(codeOf(() => threefry(0).normal(out, 0, -1))).toBe('random.bad_normal');
    expect(codeOf(() => threefry(0).normal(out, Number.NaN))).toBe('random.bad_normal');
    expect(codeOf(() => threefry(0).truncatedNormal(out, { lower: 2, upper: 2 }))).toBe(
      'random.bad_truncation',
    );
    expect(codeOf(() => threefry(0).permutation(-1))).toBe('random.bad_count');
    expect(codeOf(() => split(key(0), 1.5))).toBe('random.bad_count');
  });
});
