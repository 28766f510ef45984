import { toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { nodeRuntime } from '../runtime/node.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { GraphBuilder } from './builder.ts';
import type { Graph } from './graph.ts';
import { ModelProtoSchema } from './protobuf/onnx_pb.generated.ts';
import { decodeModel, parseModel } from './read.ts';
import { validateGraph } from './validate.ts';
import { encodeModel } from './write.ts';

const x = float32([3, 2], [1, -2, 3, -4, 5, 6]);

async function run(graph: Graph, feeds: Record<string, Tensor> = { x }): Promise<number[][]> {
  const program = await (await nodeRuntime()).compile(graph);
  const results = await program.run(feeds);
  await program.dispose();
  return graph.outputs.map(({ name }) => Array.from(results[name].data, Number));
}

/** x times a constant called `w`, then an operator; both values have the same names in every branch. */
function branch(outer: GraphBuilder, operand: string, factor: number, operator: string): Graph {
  const inner = new GraphBuilder('branch', outer);
  const weight = inner.constant(float32([2], [factor, factor / 2]), 'w');
  const product = inner.op('Mul', [operand, weight], {}, { output: 'product' });
  inner.output(inner.op(operator, [product], {}, { output: 'result' }));
  return inner.build();
}

function choice(
  builder: GraphBuilder,
  condition: string,
  operand: string,
  [yes, no]: readonly [number, number],
): string {
  return builder.op('If', [condition], {
    then_branch: { kind: 'graph', value: branch(builder, operand, yes, 'Exp') },
    else_branch: { kind: 'graph', value: branch(builder, operand, no, 'Neg') },
  });
}

const truth = (value: boolean) => tensor('bool', [], Uint8Array.of(value ? 1 : 0));

/** Two choices after each other, the second within a branch of a third. */
function known(first: boolean, second: boolean): Graph {
  const builder = new GraphBuilder('known');
  const input = builder.input('x', 'float32', [3, 2]);
  const one = choice(builder, builder.constant(truth(first)), input, [0.5, 2]);
  const nested = new GraphBuilder('nested', builder);
  nested.output(choice(nested, nested.constant(truth(second)), one, [0.25, 4]));
  const other = new GraphBuilder('other', builder);
  other.output(other.op('Abs', [one]));
  builder.output(
    builder.op('If', [builder.constant(truth(true))], {
      then_branch: { kind: 'graph', value: nested.build() },
      else_branch: { kind: 'graph', value: other.build() },
    }),
  );
  return builder.build();
}

test.each([
  [true, true],
  [true, false],
  [false, false],
])(
  'conditions that are known, %s and %s: the taken branches are part of the graph',
  async (first, second) => {
    const graph = known(first, second);
    const read = decodeModel(encodeModel(graph));
    validateGraph(read);
    expect(read.nodes.map(({ operator }) => operator)).not.toContain('If');
    expect(await run(read)).toEqual(await run(graph));
    // The first weight has its own name, the second one that is free.
    const weights = [...read.initializers].filter(([, { dims }]) => dims[0] === 2);
    expect(weights.map(([name]) => name.replace(/_\d+$/, '#'))).toEqual(['w', 'w#']);
  },
);

test('what is wrong with a branch that is not taken does not matter', () => {
  const model = parseModel(encodeModel(known(true, true)));
  for (const node of model.graph?.node ?? []) {
    const other = node.attribute.find(({ name }) => name === 'else_branch')?.g;
    for (const inner of other?.node ?? []) inner.opType = 'Frobnicate';
  }
  expect(decodeModel(toBinary(ModelProtoSchema, model)).nodes.length).toBeGreaterThan(3);
});

/** The sign of the sum over features decides: for all examples together, or for each. */
function depends(examples: number): Graph {
  const builder = new GraphBuilder('depends');
  const input = builder.input('x', 'float32', [examples, 2]);
  const sum = builder.op('ReduceSum', [input, builder.ints([1])], { keepdims: 1 });
  const condition = builder.op('Greater', [sum, builder.scalar(0)]);
  builder.output(choice(builder, condition, input, [0.5, 2]));
  return builder.build();
}

test('conditions that depend on data: both branches and a selection, example by example what an If gives', async () => {
  const single = depends(1);
  expect(decodeModel(encodeModel(single)).nodes.map(({ operator }) => operator)).toContain('If');
  const batch = decodeModel(encodeModel(depends(3)), { selectBranches: true });
  validateGraph(batch);
  expect(batch.nodes.map(({ operator }) => operator)).not.toContain('If');
  const [together] = await run(batch);
  for (let i = 0; i < 3; i++) {
    const example = float32([1, 2], x.data.slice(2 * i, 2 * i + 2));
    const [alone] = await run(single, { x: example });
    expect(together.slice(2 * i, 2 * i + 2)).toEqual(alone);
  }
});
