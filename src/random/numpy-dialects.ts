/** The dialects of NumPy. */

import type { DialectEntry } from './dialect.ts';
import { NumpyGenerator } from './numpy-generator.ts';
import { NumpyRandomState } from './numpy-legacy.ts';

export const numpyDialects = {
  'numpy-legacy': {
    open: (seed) => new NumpyRandomState(Number(seed)),
    library: 'numpy',
    versions: '1.24, 2.4',
    keyed: false,
    agreement: {
      float32: { uniform: 'exact', normal: 'exact', truncatedNormal: 'ours' },
      float64: { uniform: 'exact', normal: 'exact', truncatedNormal: 'ours' },
      bits: 'exact',
      permutation: 'exact',
    },
  },
  numpy: {
    open: (seed) => new NumpyGenerator(seed),
    library: 'numpy',
    versions: '1.24, 2.4',
    keyed: false,
    agreement: {
      float32: { uniform: 'exact', normal: 'exact', truncatedNormal: 'ours' },
      float64: { uniform: 'exact', normal: 'exact', truncatedNormal: 'ours' },
      bits: 'exact',
      permutation: 'exact',
    },
  },
} satisfies Record<string, DialectEntry>;
