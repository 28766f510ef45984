/** The dialects of TensorFlow and of Keras 3. */

import type { AgreementTable, DialectEntry } from './dialect.ts';
import { KerasJaxStream } from './keras-jax-stream.ts';
import { KerasStream, TensorflowGenerator, TensorflowStream } from './tensorflow-stream.ts';

const exact = { uniform: 'exact', normal: 'exact', truncatedNormal: 'exact' } as const;
const agreement: AgreementTable = { float32: exact, float64: exact, bits: 'exact', permutation: 'ours' };

export const tensorflowDialects = {
  tensorflow: {
    open: (seed) => new TensorflowStream(seed),
    library: 'tensorflow',
    versions: '2.21',
    keyed: false,
    agreement,
  },
  'tensorflow-generator': {
    open: (seed) => new TensorflowGenerator(seed),
    library: 'tensorflow',
    versions: '2.21',
    keyed: false,
    agreement,
  },
  keras: {
    open: (seed) => new KerasStream(seed),
    library: 'keras',
    versions: '3.15 on TensorFlow 2.21',
    keyed: false,
    agreement: { ...agreement, permutation: 'exact' },
  },
  'keras-jax': {
    open: (seed) => new KerasJaxStream(seed),
    library: 'keras',
    versions: '3.15 on JAX 0.10',
    keyed: false,
    agreement: {
      float32: exact,
      float64: { ...exact, truncatedNormal: { within: 4e-15 } },
      bits: 'exact',
      permutation: 'exact',
    },
  },
} satisfies Record<string, DialectEntry>;
