/** The dialect of TensorFlow.js, which has single precision only. */

import type { DialectEntry } from './dialect.ts';
import { TfjsStream } from './tfjs-stream.ts';

export const tfjsDialects = {
  tfjs: {
    open: (seed) => new TfjsStream(seed),
    library: '@tensorflow/tfjs-core',
    versions: '4.22 with seedrandom 3.0.5',
    keyed: false,
    agreement: {
      float32: { uniform: 'exact', normal: 'exact', truncatedNormal: 'exact' },
      float64: { uniform: 'ours', normal: 'ours', truncatedNormal: 'ours' },
      bits: 'ours',
      permutation: 'ours',
    },
  },
} satisfies Record<string, DialectEntry>;
