import { intAttribute, numberAttribute, stringAttribute } from '../attributes.ts';
import { floatTypes } from '../data-types.ts';
import type { TypeRule, TypeRules } from './call.ts';
import { unary } from './elementwise.ts';

const plain = unary(floatTypes);

function withNumbers(...names: string[]): TypeRule {
  return (call) => {
    for (const name of names) numberAttribute(call.node, name, 0);
    return plain(call);
  };
}

const alongAxis: TypeRule = (call) => {
  call.arity(1, 1);
  const type = call.type(0, floatTypes);
  if (type.dims.length > 0) call.axis(intAttribute(call.node, 'axis', -1), type.dims.length);
  else call.rank(0, 1, Number.POSITIVE_INFINITY);
  return [type];
};

/** Nonlinearities: same type and shape out. */
export const activationRules: TypeRules = {
  Relu: plain,
  Sigmoid: plain,
  Tanh: plain,
  Softplus: plain,
  Softsign: plain,
  Mish: plain,
  HardSwish: plain,
  LeakyRelu: withNumbers('alpha'),
  ThresholdedRelu: withNumbers('alpha'),
  Elu: withNumbers('alpha'),
  Celu: withNumbers('alpha'),
  Selu: withNumbers('alpha', 'gamma'),
  HardSigmoid: withNumbers('alpha', 'beta'),
  Shrink: withNumbers('bias', 'lambd'),
  Gelu(call) {
    stringAttribute(call.node, 'approximate', 'none', ['none', 'tanh']);
    return plain(call);
  },
  Softmax: alongAxis,
  LogSoftmax: alongAxis,
  Hardmax: alongAxis,
};
