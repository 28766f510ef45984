/** Small synthetic data whose best likelihood is known. Convention: images are rows of 0 and 1, row-major. */
import { exactVisibleProbabilities, sampleExactly } from '../../src/boltzmann/enumeration/exact-sampling.ts';
import type { Rbm } from '../../src/boltzmann/rbm.ts';
import type { DenseRows, StateRows } from '../../src/boltzmann/state-rows.ts';
import { threefry } from '../../src/random/threefry-stream.ts';
import { tinyRbm } from './tiny-rbm.ts';

/**
 * All bars and all stripes of side x side.
 * - `distinct`: every image once, 2^(side + 1) - 2 of them; the best mean log-likelihood is -log of that.
 * - `multiset`: blank and full image twice, 2^(side + 1) in all (Fischer & Igel 2010).
 */
export function barsAndStripes(side: number, convention: 'distinct' | 'multiset'): DenseRows {
  const rows: number[][] = [];
  for (const kind of ['stripes', 'bars']) {
    for (let pattern = 0; pattern < 2 ** side; pattern++) {
      const uniform = pattern === 0 || pattern === 2 ** side - 1;
      if (convention === 'distinct' && kind === 'bars' && uniform) continue;
      rows.push(
        Array.from({ length: side * side }, (_, pixel) => {
          const line = kind === 'stripes' ? Math.floor(pixel / side) : pixel % side;
          return (pattern >> line) & 1;
        }),
      );
    }
  }
  return dense(rows);
}

/** Largest mean log-likelihood that any model gives to rows: minus their entropy. */
export function bestLogLikelihood({ count, width, data }: DenseRows): number {
  const seen = new Map<string, number>();
  for (let r = 0; r < count; r++) {
    const key = data.subarray(r * width, (r + 1) * width).join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen.values()].reduce((sum, k) => sum + (k / count) * Math.log(k / count), 0);
}

/** A bar of `width` ones on a ring of `length` pixels, at every place: `length` images (Melchior et al. 2016). */
export function shiftingBar(length: number, width: number): DenseRows {
  return dense(
    Array.from({ length }, (_, start) =>
      Array.from({ length }, (_, pixel) => ((pixel - start + length) % length < width ? 1 : 0)),
    ),
  );
}

/** Draws from a Potts model with hidden units planted in it, and the law that they come from. */
export function plantedPotts(
  sites: number,
  states: number,
  hidden: number,
  count: number,
  seed: number,
): { model: Rbm; rows: StateRows; probabilities: Float64Array } {
  const model = tinyRbm(
    { kind: 'potts', count: sites, states },
    { kind: 'bernoulli', count: hidden },
    seed,
    1.5,
  );
  return {
    model,
    rows: sampleExactly(model, count, threefry(seed).child('planted')),
    probabilities: exactVisibleProbabilities(model),
  };
}

function dense(rows: number[][]): DenseRows {
  return {
    form: 'dense',
    count: rows.length,
    width: rows[0].length,
    data: Float32Array.from(rows.flat()),
  };
}
