/** The dialect of PyTorch on a GPU. */

import { CudaStream } from './cuda-stream.ts';
import type { DialectEntry } from './dialect.ts';

export const cudaDialects = {
  'torch-cuda': {
    open: (seed) => new CudaStream(seed),
    library: 'torch',
    versions: '1.x - 2.x; compared with published values only',
    keyed: false,
    agreement: {
      float32: { uniform: 'exact', normal: { within: 1e-5 }, truncatedNormal: 'ours' },
      float64: { uniform: 'ours', normal: 'ours', truncatedNormal: 'ours' },
      bits: 'exact',
      permutation: 'ours',
    },
  },
} satisfies Record<string, DialectEntry>;
