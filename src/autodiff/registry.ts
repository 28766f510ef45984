import { activationRules } from './rules/activation.ts';
import { arithmeticRules } from './rules/arithmetic.ts';
import { averagePoolRules } from './rules/average-pool.ts';
import { convolutionRules } from './rules/convolution.ts';
import { elementwiseRules } from './rules/elementwise.ts';
import { indexingRules } from './rules/indexing.ts';
import { matrixRules } from './rules/matrix.ts';
import { maxPoolRules } from './rules/max-pool.ts';
import { normalizationRules } from './rules/normalization.ts';
import { reductionRules } from './rules/reduction.ts';
import { resizeRules } from './rules/resize.ts';
import { shapeRules } from './rules/shape.ts';
import type { VjpRules } from './vjp.ts';

/** The gradient rule of every operator that can be differentiated. */
export const vjpRules: VjpRules = {
  ...arithmeticRules,
  ...elementwiseRules,
  ...activationRules,
  ...matrixRules,
  ...convolutionRules,
  ...maxPoolRules,
  ...averagePoolRules,
  ...normalizationRules,
  ...shapeRules,
  ...indexingRules,
  ...reductionRules,
  ...resizeRules,
};

/**
 * Operators that are piecewise constant or do not read values at all. Their gradient is zero everywhere it exists, so
 * nothing passes through them: a parameter that reaches the loss only this way gets zeros.
 */
export const constantOperators: ReadonlySet<string> = new Set([
  ...[
    'Equal',
    'Greater',
    'GreaterOrEqual',
    'Less',
    'LessOrEqual',
    'Not',
    'And',
    'Or',
    'Xor',
    'IsNaN',
    'IsInf',
  ],
  ...['Floor', 'Ceil', 'Round', 'Sign', 'ArgMax', 'ArgMin', 'Hardmax', 'OneHot', 'NonZero'],
  ...['Shape', 'Size', 'ConstantOfShape', 'EyeLike', 'Range', 'Constant'],
  ...['RandomNormalLike', 'RandomUniformLike', 'RandomNormal', 'RandomUniform', 'Bernoulli', 'Multinomial'],
  ...['BitShift', 'BitwiseAnd', 'BitwiseOr', 'BitwiseXor', 'BitwiseNot'],
]);
