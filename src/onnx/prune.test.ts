import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { GraphBuilder } from './builder.ts';
import type { Graph } from './graph.ts';
import { pruneGraph } from './prune.ts';
import { validateGraph } from './validate.ts';

function twoHeads(): Graph {
  const builder = new GraphBuilder('heads');
  const x = builder.input('x', 'float32', [2]);
  const unused = builder.input('unused', 'float32', [2]);
  const left = builder.op('Mul', [x, builder.scalar(2)], {}, { output: 'left' });
  const right = builder.op('Add', [unused, builder.scalar(3)], {}, { output: 'right' });
  builder.op('Neg', [right]);
  const inner = new GraphBuilder('inner', builder);
  inner.output(inner.op('Neg', [left]));
  const other = new GraphBuilder('other', builder);
  other.output(other.op('Abs', [left]));
  const chosen = builder.op(
    'If',
    [builder.input('condition', 'bool', [])],
    {
      then_branch: { kind: 'graph', value: inner.build() },
      else_branch: { kind: 'graph', value: other.build() },
    },
    { output: 'chosen' },
  );
  builder.output(chosen);
  builder.output(right);
  return builder.build();
}

describe('pruneGraph', () => {
  test('keeps what the outputs need, and what their subgraphs take from outside', () => {
    const pruned = pruneGraph(twoHeads(), ['chosen']);
    validateGraph(pruned);
    expect(pruned.nodes.map(({ operator }) => operator)).toEqual(['Mul', 'If']);
    expect([...pruned.initializers.values()].map(({ data }) => data[0])).toEqual([2]);
    expect(pruned.inputs.map(({ name }) => name)).toEqual(['x', 'unused', 'condition']);
    expect([...pruned.types.keys()].sort()).toEqual(
      ['x', 'unused', 'condition', 'left', 'chosen', ...pruned.initializers.keys()].sort(),
    );
  });

  test('a value inside can become an output; by default the outputs stay', () => {
    expect(pruneGraph(twoHeads(), ['left']).outputs).toEqual([{ name: 'left', dtype: 'float32', dims: [2] }]);
    expect(pruneGraph(twoHeads()).nodes.map(({ operator }) => operator)).toEqual(['Mul', 'Add', 'If']);
  });

  test('an unknown output is named', () => {
    expect(() => pruneGraph(twoHeads(), ['lost'])).toThrow(OutsetError);
  });
});

describe('validateGraph', () => {
  const mend = (change: (graph: Graph) => Partial<Graph>) => {
    const graph = twoHeads();
    return () => validateGraph({ ...graph, ...change(graph) });
  };
  const code = (act: () => void) => {
    try {
      act();
    } catch (error) {
      return error instanceof OutsetError ? error.code : String(error);
    }
    return 'accepted';
  };

  test('accepts a good graph', () => expect(code(mend(() => ({})))).toBe('accepted'));
  test('refuses a value that is read before it is written', () => {
    expect(code(mend(({ nodes }) => ({ nodes: nodes.toReversed() })))).toBe('onnx.unknown_value');
  });
  test('refuses a value that is written twice', () => {
    expect(code(mend(({ nodes }) => ({ nodes: [...nodes, nodes[0]] })))).toBe('onnx.duplicate_value');
  });
  test('refuses types that do not follow from the operators', () => {
    const wrong = { dtype: 'float32', dims: [3] } as const;
    expect(code(mend(({ types }) => ({ types: new Map([...types, ['left', wrong]]) })))).toBe(
      'onnx.wrong_type',
    );
    expect(code(mend(() => ({ outputs: [{ name: 'left', ...wrong }] })))).toBe('onnx.wrong_type');
    expect(code(mend(({ inputs }) => ({ inputs: inputs.slice(1) })))).toBe('onnx.unknown_value');
  });
});
