import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { cudaDialects } from './cuda-dialects.ts';
import type { DialectEntry } from './dialect.ts';
import { jaxDialects } from './jax-dialects.ts';
import { numpyDialects } from './numpy-dialects.ts';
import type { Stream } from './stream.ts';
import { tensorflowDialects } from './tensorflow-dialects.ts';
import { tfjsDialects } from './tfjs-dialects.ts';
import { torchDialects } from './torch-dialects.ts';

const registry = {
  ...jaxDialects,
  ...numpyDialects,
  ...torchDialects,
  ...cudaDialects,
  ...tensorflowDialects,
  ...tfjsDialects,
};

/** Name of a random-number dialect: a way of making random numbers bit for bit. */
export type Dialect = keyof typeof registry;

/** The dialects, and what of each is exact. */
export const dialectTable: Readonly<Record<Dialect, DialectEntry>> = registry;

/** The names of the dialects. */
export const dialects = Object.keys(registry) as Dialect[];

/**
 * The stream of a seed in a dialect.
 *
 * @param dialect  a name of {@link dialectTable}; `threefry` is the default everywhere
 * @param seed  whole number; how large it may be depends on the dialect
 * @throws random.unknown_dialect, random.bad_seed
 */
export function openStream(dialect: Dialect, seed: number | bigint): Stream {
  if (!Object.hasOwn(registry, dialect)) {
    throw new OutsetError('random.unknown_dialect', {
      dialect,
      dialects,
      near: nearestNames(dialect, dialects),
    });
  }
  return dialectTable[dialect].open(seed);
}
