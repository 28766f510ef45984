import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { NumpyRandomState } from './numpy-legacy.ts';
import type { Dialect, Stream } from './stream.ts';
import { threefry } from './threefry-stream.ts';

const openers: Record<Dialect, (seed: number | bigint) => Stream> = {
  threefry,
  'numpy-legacy': (seed) => new NumpyRandomState(Number(seed)),
};

/** The names of the dialects. */
export const dialects = Object.keys(openers) as Dialect[];

/**
 * The stream of a seed in a dialect.
 *
 * @param dialect  `threefry` (default everywhere) or `numpy-legacy`
 * @param seed  whole number; below 2^64 for `threefry`, below 2^32 for `numpy-legacy`
 * @throws random.unknown_dialect, random.bad_seed
 */
export function openStream(dialect: Dialect, seed: number | bigint): Stream {
  const open = Object.hasOwn(openers, dialect) ? openers[dialect] : undefined;
  if (open === undefined) {
    throw new OutsetError('random.unknown_dialect', {
      dialect,
      dialects,
      near: nearestNames(dialect, dialects),
    });
  }
  return open(seed);
}
