import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { threefry } from '../../random/threefry-stream.ts';
import { excessAboveCut, excessMoments, logUpperTail, scaledComplement, upperTail } from './normal-tail.ts';

interface Fixture {
  readonly scaledComplement: [number, number][];
  readonly logUpperTail: [number, number][];
  /** cut, mean and mean square of z - cut given z > cut. */
  readonly excess: [number, number, number][];
  /** cut, u, d with Q(cut + d) = u Q(cut). */
  readonly quantiles: [number, number, number][];
}

const peer = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/normal-tail.json', import.meta.url), 'utf8'),
) as Fixture;

const relative = (got: number, expected: number) => Math.abs(got - expected) / Math.abs(expected);

describe('against mpmath with 50 digits', () => {
  test('scaled complementary error function', () => {
    for (const [x, y] of peer.scaledComplement) expect(relative(scaledComplement(x), y)).toBeLessThan(1e-13);
  });

  test('logarithm of the upper tail from -12 to 40', () => {
    for (const [x, y] of peer.logUpperTail) expect(relative(logUpperTail(x), y), `${x}`).toBeLessThan(1e-9);
  });

  test('moments of the excess from -40 to 1000', () => {
    for (const [cut, mean, square] of peer.excess) {
      const got = excessMoments(cut);
      expect(relative(got.mean, mean), `mean at ${cut}`).toBeLessThan(1e-9);
      expect(relative(got.meanSquare, square), `mean square at ${cut}`).toBeLessThan(1e-7);
    }
  });

  test('quantiles of the excess', () => {
    for (const [cut, u, d] of peer.quantiles) {
      expect(relative(excessAboveCut(u, cut), d), `${cut}, ${u}`).toBeLessThan(1e-7);
    }
  });
});

test.each([-40, -5, -1, 0, 0.5, 1, 3, 10, 40])(
  'draws above %d: Kolmogorov-Smirnov at 1e-6 and the mean within 5 standard errors',
  (cut) => {
    const n = 4000;
    const noise = threefry(6)
      .child(`cut ${cut}`)
      .uniform(new Float64Array(n), 2 ** -52, 1);
    const d = noise.map((u) => excessAboveCut(u, cut)).sort();
    let distance = 0;
    d.forEach((x, i) => {
      if (!(x >= 0 && x < 100)) throw new Error(`draw of ${x}`);
      const above =
        cut < 1 ? upperTail(cut + x) / upperTail(cut) : Math.exp(logUpperTail(cut + x) - logUpperTail(cut));
      distance = Math.max(distance, Math.abs(1 - above - (i + 0.5) / n) + 0.5 / n);
    });
    // P(sqrt(n) D > t) is nearly 2 exp(-2 t²).
    expect(distance * Math.sqrt(n)).toBeLessThan(Math.sqrt(Math.log(2e6) / 2));
    const { mean, meanSquare } = excessMoments(cut);
    const error = Math.sqrt((meanSquare - mean * mean) / n);
    expect(Math.abs(d.reduce((a, b) => a + b) / n - mean)).toBeLessThan(5 * error);
  },
);
