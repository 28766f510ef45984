/** The dialects of PyTorch. */

import type { DialectEntry } from './dialect.ts';
import { type TorchDialect, TorchStream } from './torch/torch-stream.ts';

const entry = (dialect: TorchDialect): DialectEntry => ({
  open: (seed) => new TorchStream(seed, { dialect }),
  library: 'torch',
  versions: '2.13; 1.13 as an option of TorchStream',
  keyed: false,
  agreement: {
    float32: { uniform: 'exact', normal: 'exact', truncatedNormal: 'exact' },
    float64: { uniform: 'exact', normal: 'exact', truncatedNormal: 'exact' },
    bits: 'exact',
    permutation: 'exact',
  },
});

export const torchDialects = {
  'torch-avx2': entry('torch-avx2'),
  'torch-scalar': entry('torch-scalar'),
} satisfies Record<string, DialectEntry>;
