import { GraphBuilder } from '../../../src/onnx/builder.ts';
import type { Graph } from '../../../src/onnx/graph.ts';
import { int64, tensor } from '../../../src/tensor/tensor.ts';
import { between, fixed, type OperatorCase, real } from '../operator-case.ts';

function branchGraph(outer: GraphBuilder, operator: string, operand: string): Graph {
  const body = new GraphBuilder(operator, outer);
  body.output(body.op(operator, [operand]));
  return body.build();
}

/** exp(x) where the flag is set, else -x. */
function branchCase(flag: number): OperatorCase {
  return {
    name: `If: ${flag === 1 ? 'then' : 'else'}`,
    operator: 'If',
    inputs: [{ dtype: 'bool', dims: [], draw: () => [flag], differentiable: false }, fixed([3])],
    build: (builder, [condition, x]) => [
      builder.op('If', [condition], {
        then_branch: { kind: 'graph', value: branchGraph(builder, 'Exp', x) },
        else_branch: { kind: 'graph', value: branchGraph(builder, 'Neg', x) },
      }),
    ],
  };
}

/** state ← tanh(state · w + x), three times, with every state scanned. */
const recurrence: OperatorCase = {
  name: 'Loop: recurrence',
  operator: 'Loop',
  inputs: [real([2, 3]), real([3, 3]), real([2, 3], between(-1, 1))],
  build: (builder, [state, weight, x]) => {
    const body = new GraphBuilder('step', builder);
    body.input('iteration', 'int64', []);
    const proceed = body.input('proceed', 'bool', []);
    const before = body.input('before', 'float32', [2, 3]);
    const after = body.op('Tanh', [body.op('Add', [body.op('MatMul', [before, weight]), x])]);
    body.output(body.op('Identity', [proceed]));
    body.output(after);
    body.output(body.op('Identity', [after]));
    const trips = builder.constant(int64([], [3]));
    const start = builder.constant(tensor('bool', [], Uint8Array.of(1)));
    return builder.ops('Loop', [trips, start, state], 2, { body: { kind: 'graph', value: body.build() } });
  },
};

/** total ← total + iteration · x while total < 5; the trip count alone would be ten. */
const earlyEnd: OperatorCase = {
  name: 'Loop: ends by its condition',
  operator: 'Loop',
  inputs: [fixed([], between(0.9, 1.1))],
  build: (builder, [x]) => {
    const body = new GraphBuilder('step', builder);
    const iteration = body.input('iteration', 'int64', []);
    body.input('proceed', 'bool', []);
    const before = body.input('before', 'float32', []);
    const after = body.op('Add', [before, body.op('Mul', [body.op('Cast', [iteration], { to: 1 }), x])]);
    body.output(body.op('Less', [after, body.scalar(5)]));
    body.output(after);
    const trips = builder.constant(int64([], [10]));
    return builder.ops('Loop', [trips, '', builder.scalar(0)], 1, {
      body: { kind: 'graph', value: body.build() },
    });
  },
};

export const controlCases: readonly OperatorCase[] = [branchCase(1), branchCase(0), recurrence, earlyEnd];
