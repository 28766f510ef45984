import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { digest } from '../../test/support/digest.ts';
import { TfjsStream } from './tfjs-stream.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/tfjs-random.json', import.meta.url), 'utf8'),
) as {
  versions: Record<string, string>;
  draws: {
    seed: number;
    first: number[];
    uniform: string;
    normal: string;
    normalScaled: string;
    truncatedNormal: string;
    truncatedScaled: string;
  }[];
  uniformOfSeed0: string;
  initializers: { glorotNormal: string; glorotUniform: string };
};
const singles = (n: number) => new Float32Array(n);

describe(`equals @tensorflow/tfjs-core ${fixture.versions['@tensorflow/tfjs-core']}, bit for bit`, () => {
  test.each(fixture.draws)('seed $seed', (tfjs) => {
    // One stream for all draws: each starts anew from the seed, as each call of TensorFlow.js does.
    const stream = new TfjsStream(tfjs.seed);
    expect([...stream.uniform(singles(3))]).toEqual(tfjs.first);
    expect(digest(stream.uniform(singles(2001), -0.3, 0.8))).toBe(tfjs.uniform);
    expect(digest(stream.normal(singles(50001)))).toBe(tfjs.normal);
    expect(digest(stream.normal(singles(2001), 0.5, 0.1))).toBe(tfjs.normalScaled);
    expect(digest(stream.truncatedNormal(singles(50001)))).toBe(tfjs.truncatedNormal);
    expect(digest(stream.truncatedNormal(singles(2001), { mean: 0.5, std: 0.1 }))).toBe(tfjs.truncatedScaled);
  });

  test('initializers with a seed: glorotNormal without the correction of its variance', () => {
    const limit = Math.sqrt(3 / 25);
    expect(digest(new TfjsStream(42).uniform(singles(600), -limit, limit))).toBe(
      fixture.initializers.glorotUniform,
    );
    const std = Math.sqrt(1 / 25);
    expect(digest(new TfjsStream(42).truncatedNormal(singles(600), { std }))).toBe(
      fixture.initializers.glorotNormal,
    );
  });

  test('the seed 0 seeds uniform numbers, and no normal ones', () => {
    expect(digest(new TfjsStream(0).uniform(singles(1000)))).toBe(fixture.uniformOfSeed0);
    expect(() => new TfjsStream(0).normal(singles(1))).toThrow(
      expect.objectContaining({ code: 'random.unseeded' }),
    );
  });
});

test('a permutation has every number once', () => {
  const order = [...new TfjsStream(5).permutation(100)];
  expect(order.slice().sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(order).not.toEqual(order.slice().sort((a, b) => a - b));
});

test('bad seeds are refused', () => {
  expect(() => new TfjsStream(Number.NaN)).toThrow(expect.objectContaining({ code: 'random.bad_seed' }));
});
