/**
 * What is known about a dialect, as data: how to open it, which library it follows, and how close it comes.
 *
 * Each family of dialects has a file `*-dialects.ts` that exports its entries; `open-stream.ts` puts them together.
 * `docs/streams.md` is the same table for people; a test holds the two together.
 */

import type { Stream } from './stream.ts';

/**
 * How close a draw comes to the library:
 *
 *   'exact'        every bit
 *   { ulps: n }    within n units in the last place
 *   { within: d }  numbers of standard deviation 1 differ by at most d
 *   'ours'         the library has no such draw, or none that can be followed: the numbers are our own
 */
export type Agreement = 'exact' | { readonly ulps: number } | { readonly within: number } | 'ours';

/** How close each draw comes, for arrays of single and of double precision. */
export interface AgreementTable {
  readonly float32: Readonly<Record<'uniform' | 'normal' | 'truncatedNormal', Agreement>>;
  readonly float64: Readonly<Record<'uniform' | 'normal' | 'truncatedNormal', Agreement>>;
  readonly bits: Agreement;
  readonly permutation: Agreement;
}

export interface DialectEntry {
  /** The stream of a seed. @throws random.bad_seed */
  open(seed: number | bigint): Stream;
  /** The library that is followed, and the versions that it was compared with. */
  readonly library: string;
  readonly versions: string;
  /** True where `child(name)` is an independent stream; false where the library has one sequence. */
  readonly keyed: boolean;
  readonly agreement: AgreementTable;
}
