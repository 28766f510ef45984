import type { TripleLibrary } from './library.ts';

export const torchTriples: TripleLibrary = { module: 'torch', interpreter: 'OUTSET_PYTHON', functions: {} };
