import { flagAttribute, intAttribute, numberAttribute } from '../attributes.ts';
import { tryBroadcast } from '../broadcast.ts';
import { floatTypes } from '../data-types.ts';
import type { TypeRules } from './call.ts';

/** Normalizations. */
export const normalizationRules: TypeRules = {
  BatchNormalization(call) {
    const training = flagAttribute(call.node, 'training_mode', false);
    call.arity(5, 5, training ? 3 : 1);
    const type = call.type(0, floatTypes);
    numberAttribute(call.node, 'epsilon', 1e-5);
    numberAttribute(call.node, 'momentum', 0.9);
    const channels = call.rank(0, 2, Number.POSITIVE_INFINITY)[1];
    for (let i = 1; i < 5; i++) {
      call.type(i, floatTypes);
      call.shape(i, [channels]);
    }
    call.sameElementType(0, 1, 2);
    const running = { dtype: call.sameElementType(3, 4), dims: [channels] };
    return [type, running, running];
  },
  LayerNormalization(call) {
    call.arity(2, 3, 3);
    const type = call.type(0, floatTypes);
    call.sameElementType(0, 1, 2);
    numberAttribute(call.node, 'epsilon', 1e-5);
    const dims = call.rank(0, 1, Number.POSITIVE_INFINITY);
    const axis = call.axis(intAttribute(call.node, 'axis', -1), dims.length);
    for (const i of [1, 2]) {
      const given = call.optional(i);
      if (given === undefined) continue;
      const fits = tryBroadcast(dims, given.dims);
      if (fits === undefined || fits.length !== dims.length || fits.some((length, k) => length !== dims[k])) {
        call.fail('onnx.not_broadcastable', { a: [...dims], b: [...given.dims] });
      }
    }
    const statistics = {
      dtype: intAttribute(call.node, 'stash_type', 1) === 11 ? ('float64' as const) : ('float32' as const),
      dims: dims.map((length, i) => (i < axis ? length : 1)),
    };
    return [type, statistics, statistics];
  },
  InstanceNormalization(call) {
    call.arity(3, 3);
    const type = call.type(0, floatTypes);
    call.sameElementType(0, 1, 2);
    numberAttribute(call.node, 'epsilon', 1e-5);
    const channels = call.rank(0, 3, Number.POSITIVE_INFINITY)[1];
    call.shape(1, [channels]);
    call.shape(2, [channels]);
    return [type];
  },
  GroupNormalization(call) {
    call.arity(3, 3);
    const type = call.type(0, floatTypes);
    call.sameElementType(0, 1, 2);
    numberAttribute(call.node, 'epsilon', 1e-5);
    const channels = call.rank(0, 3, Number.POSITIVE_INFINITY)[1];
    const groups = intAttribute(call.node, 'num_groups');
    if (groups < 1 || channels % groups !== 0) {
      call.fail('onnx.bad_attribute', {
        attribute: 'num_groups',
        expected: `${channels} % num_groups = 0`,
        got: `${groups}`,
      });
    }
    call.shape(1, [channels]);
    call.shape(2, [channels]);
    return [type];
  },
};
