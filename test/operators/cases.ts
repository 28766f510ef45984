import { activationCases } from './cases/activation.ts';
import { controlCases } from './cases/control.ts';
import { convolutionCases } from './cases/convolution.ts';
import { elementwiseCases } from './cases/elementwise.ts';
import { indexingCases } from './cases/indexing.ts';
import { matrixCases } from './cases/matrix.ts';
import { normalizationCases } from './cases/normalization.ts';
import { poolingCases } from './cases/pooling.ts';
import { reductionCases } from './cases/reduction.ts';
import { resizeCases } from './cases/resize.ts';
import { shapeCases } from './cases/shape.ts';
import type { OperatorCase } from './operator-case.ts';

/** At least one case of every operator that the reference interpreter has. */
export const operatorCases: readonly OperatorCase[] = [
  ...elementwiseCases,
  ...activationCases,
  ...matrixCases,
  ...convolutionCases,
  ...poolingCases,
  ...normalizationCases,
  ...reductionCases,
  ...shapeCases,
  ...indexingCases,
  ...resizeCases,
  ...controlCases,
];
