import { intAttribute } from '../attributes.ts';
import { numericTypes } from '../data-types.ts';
import type { TypeRule, TypeRules } from './call.ts';

/** Numbers in, float32 of the same shape out. */
const scaled: TypeRule = (call) => {
  call.arity(1, 1);
  return [{ dtype: 'float32', dims: call.type(0, numericTypes).dims }];
};

const same: TypeRule = (call) => {
  call.arity(1, 1);
  return [call.type(0, numericTypes)];
};

/** What stands before and behind a network in scikit-learn's exports (domain `ai.onnx.ml`). */
export const classicalRules: TypeRules = {
  Scaler: scaled,
  Normalizer: scaled,
  Imputer: same,
  Binarizer: same,
  ArrayFeatureExtractor(call) {
    call.arity(2, 2);
    const { dtype, dims } = call.type(0, numericTypes);
    call.rank(0, 1, Number.POSITIVE_INFINITY);
    const count = call.type(1, ['int64']).dims.reduce((a, b) => a * b, 1);
    return [{ dtype, dims: dims.length === 1 ? [1, count] : [...dims.slice(0, -1), count] }];
  },
  LinearRegressor(call) {
    call.arity(1, 1);
    const [examples] = call.rank(0, 1, 2);
    call.type(0, numericTypes);
    const targets = intAttribute(call.node, 'targets', 1);
    return [{ dtype: 'float32', dims: [call.type(0).dims.length === 1 ? 1 : examples, targets] }];
  },
};
