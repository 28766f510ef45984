/** The dialects of PyTorch. */

import type { DialectEntry } from './dialect.ts';

export const torchDialects = {} satisfies Record<string, DialectEntry>;
