import type { Dims } from '../../tensor/tensor.ts';
import { intAttribute, stringAttribute } from '../attributes.ts';
import { floatTypes } from '../data-types.ts';
import type { ValueType } from '../graph.ts';
import type { OperatorCall, TypeRule, TypeRules } from './call.ts';

/** Directions [D], by the attribute. */
const directions: Readonly<Record<string, number>> = { forward: 1, reverse: 1, bidirectional: 2 };

/**
 * Recurrent layers: X [T, N, I], W [D, gates H, I], R [D, gates H, H], B [D, 2 gates H], lengths [N], states [D, N, H];
 * out come all states [T, D, N, H] and the last ones [D, N, H]. With `layout` 1 the batch N is the first axis.
 * @param gates rows of weights for each unit
 * @param cells true if a cell state goes beside the hidden one, with its peepholes
 */
function recurrent(gates: number, cells: boolean): TypeRule {
  return (call) => {
    call.arity(3, cells ? 8 : 6, cells ? 3 : 2);
    const { dtype } = call.type(0, floatTypes);
    call.sameElementType(0, 1, 2, 3, 5, ...(cells ? [6, 7] : []));
    const batchFirst = intAttribute(call.node, 'layout', 0) !== 0;
    const x = call.rank(0, 3);
    const [steps, batch] = batchFirst ? [x[1], x[0]] : [x[0], x[1]];
    const sides = directions[stringAttribute(call.node, 'direction', 'forward', Object.keys(directions))];
    const units = intAttribute(call.node, 'hidden_size', call.rank(2, 3)[2]);
    call.shape(1, [sides, gates * units, x[2]]);
    call.shape(2, [sides, gates * units, units]);
    const state = batchFirst ? [batch, sides, units] : [sides, batch, units];
    expectShape(call, 3, [sides, 2 * gates * units]);
    expectShape(call, 4, [batch]);
    expectShape(call, 5, state);
    if (cells) expectShape(call, 6, state);
    if (cells) expectShape(call, 7, [sides, 3 * units]);
    const all: ValueType = {
      dtype,
      dims: batchFirst ? [batch, steps, sides, units] : [steps, sides, batch, units],
    };
    return [all, ...new Array<ValueType>(cells ? 2 : 1).fill({ dtype, dims: state })];
  };
}

/** The shape of an operand that may be absent. */
function expectShape(call: OperatorCall, index: number, dims: Dims): void {
  if (call.optional(index) !== undefined) call.shape(index, dims);
}

export const recurrentRules: TypeRules = {
  RNN: recurrent(1, false),
  GRU: recurrent(3, false),
  LSTM: recurrent(4, true),
};
