/** Our own dialect, `threefry`, which has the bits of JAX. */

import type { DialectEntry } from './dialect.ts';
import { threefry } from './threefry-stream.ts';

export const threefryDialects = {
  threefry: {
    open: threefry,
    library: 'jax',
    versions: '0.5 - 0.10',
    keyed: true,
    agreement: {
      float32: { uniform: 'exact', normal: { ulps: 4 }, truncatedNormal: { ulps: 4 } },
      float64: { uniform: 'exact', normal: { ulps: 100 }, truncatedNormal: 'ours' },
      bits: 'exact',
      permutation: 'exact',
    },
  },
} satisfies Record<string, DialectEntry>;
