import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { type AttributeLiteral, GraphBuilder } from './builder.ts';
import type { GraphNode } from './graph.ts';
import { resolveTransposedWindow, resolveWindow } from './window.ts';
import { encodeModel } from './write.ts';

type Attributes = Readonly<Record<string, AttributeLiteral>>;

async function run(operator: string, shapes: readonly (readonly number[])[], attributes: Attributes) {
  const builder = new GraphBuilder(operator);
  const names = shapes.map((dims, i) => builder.input(`in${i}`, 'float32', dims));
  builder.output(builder.op(operator, names, attributes, { output: 'y' }));
  const graph = builder.build();
  const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  const feeds = shapes.map((dims, i): [string, ort.Tensor] => {
    const length = dims.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length }, (_, k) => Math.sin(k * k + i));
    return [`in${i}`, new ort.Tensor('float32', data, dims)];
  });
  const { y } = await session.run(Object.fromEntries(feeds));
  await session.release();
  return { node: graph.nodes[0], dims: [...y.dims], data: Array.from(y.data as Float32Array) };
}

/** The resolved padding, written out, must give what onnxruntime makes of `auto_pad` or `output_shape`. */
describe('padding that a node leaves to the engine', () => {
  const cases: [operator: string, shapes: number[][], attributes: Attributes][] = [];
  for (const pad of ['SAME_UPPER', 'SAME_LOWER', 'VALID']) {
    cases.push([
      'Conv',
      [
        [1, 2, 9, 8],
        [3, 2, 4, 3],
      ],
      { auto_pad: pad, strides: [2, 1] },
    ]);
    cases.push(['MaxPool', [[1, 2, 9, 8]], { auto_pad: pad, kernel_shape: [2, 4], strides: [2, 1] }]);
    cases.push(['AveragePool', [[1, 2, 9, 8]], { auto_pad: pad, kernel_shape: [2, 4], strides: [1, 3] }]);
    cases.push([
      'ConvTranspose',
      [
        [1, 2, 4, 5],
        [2, 3, 4, 3],
      ],
      { auto_pad: pad, strides: [3, 2] },
    ]);
  }
  for (const pad of ['SAME_UPPER', 'SAME_LOWER', 'NOTSET']) {
    const wanted = { auto_pad: pad, strides: [3, 2], output_shape: [11, 8] };
    cases.push([
      'ConvTranspose',
      [
        [1, 2, 4, 5],
        [2, 3, 4, 3],
      ],
      wanted,
    ]);
  }
  for (const [operator, shapes, attributes] of cases) {
    test(`${operator} ${JSON.stringify(attributes)}`, async () => {
      const left = await run(operator, shapes, attributes);
      const kernel = (attributes.kernel_shape as number[] | undefined) ?? shapes[1].slice(2);
      const resolve: (
        node: GraphNode,
        input: number[],
        kernel: number[],
      ) => ReturnType<typeof resolveWindow> =
        operator === 'ConvTranspose' ? resolveTransposedWindow : resolveWindow;
      const { padsBegin, padsEnd } = resolve(left.node, shapes[0].slice(2), kernel);
      const { auto_pad: _pad, output_shape: _shape, ...rest } = attributes;
      const written = await run(operator, shapes, { ...rest, pads: [...padsBegin, ...padsEnd] });
      expect(written.dims).toEqual(left.dims);
      expect(written.data).toEqual(left.data);
    });
  }
});
