/** Our own dialect, `threefry`, which has the bits of JAX, and JAX's own in its two modes. */

import type { AgreementTable, DialectEntry } from './dialect.ts';
import { JaxStream } from './jax-stream.ts';
import { threefry } from './threefry-stream.ts';

const agreement: AgreementTable = {
  float32: { uniform: 'exact', normal: 'exact', truncatedNormal: 'exact' },
  float64: { uniform: 'exact', normal: 'exact', truncatedNormal: { within: 4e-15 } },
  bits: 'exact',
  permutation: 'exact',
};

export const jaxDialects = {
  threefry: { open: threefry, library: 'jax', versions: '0.10', keyed: true, agreement },
  jax: {
    open: (seed) => new JaxStream(seed),
    library: 'jax',
    versions: '0.10',
    keyed: true,
    agreement,
  },
  'jax-original': {
    open: (seed) => new JaxStream(seed, 'original'),
    library: 'jax',
    versions: '0.10',
    keyed: true,
    agreement,
  },
} satisfies Record<string, DialectEntry>;
