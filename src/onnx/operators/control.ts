import { graphAttribute } from '../attributes.ts';
import type { ValueInfo, ValueType } from '../graph.ts';
import { sameValueType, valueTypeText } from '../value-type.ts';
import type { OperatorCall, TypeRules } from './call.ts';

/** Operators with subgraphs. Subgraphs are typed when they are built; here they only meet their operands. */
export const controlRules: TypeRules = {
  If(call) {
    call.arity(1, 1, Number.POSITIVE_INFINITY);
    call.type(0, ['bool']);
    const yes = graphAttribute(call.node, 'then_branch').outputs;
    const no = graphAttribute(call.node, 'else_branch').outputs;
    if (yes.length !== no.length)
      call.fail('onnx.subgraph_outputs', { expected: yes.length, got: no.length });
    for (const [i, output] of yes.entries()) {
      refuseOther(call, output, no[i]);
    }
    return yes.map(({ dtype, dims }) => ({ dtype, dims }));
  },
  /** Scan outputs are stacked along a new first axis, one slice per iteration; the trip count must be known then. */
  Loop(call) {
    call.arity(0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    call.optional(0, ['int64']);
    call.optional(1, ['bool']);
    const body = graphAttribute(call.node, 'body');
    const carried = Math.max(call.count - 2, 0);
    if (body.inputs.length !== carried + 2) {
      call.fail('onnx.subgraph_inputs', { expected: carried + 2, got: body.inputs.length });
    }
    if (body.outputs.length < carried + 1) {
      call.fail('onnx.subgraph_outputs', { expected: carried + 1, got: body.outputs.length });
    }
    for (let i = 0; i < carried; i++) {
      const given = call.type(i + 2);
      refuseOther(call, given, body.inputs[i + 2]);
      refuseOther(call, given, body.outputs[i + 1]);
    }
    const scans = body.outputs.slice(carried + 1);
    const trips = scans.length === 0 ? 0 : Number(call.constant(0).data[0]);
    return body.outputs
      .slice(1)
      .map(({ dtype, dims }, i) => ({ dtype, dims: i < carried ? dims : [trips, ...dims] }));
  },
};

function refuseOther(call: OperatorCall, expected: ValueType, value: ValueInfo): void {
  if (sameValueType(expected, value)) return;
  call.fail('onnx.subgraph_type', {
    value: value.name,
    expected: valueTypeText(expected),
    got: valueTypeText(value),
  });
}
