/** The graphs of a network that is run piece by piece: first layer, a piece of hidden ones, last layer with the loss. */
import { appendGradient } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/onnx/builder.ts';
import type { Program, Runtime } from '../../src/runtime/runtime.ts';
import { appendLoss } from '../../src/training/index.ts';

export interface SegmentShape {
  readonly width: number;
  readonly batch: number;
  /** Layers in a piece. */
  readonly segment: number;
  /**
   * With biases, the first layer is one like the others, tanh(x W + b); without, it is only a product that brings the
   * images to the width of the others.
   */
  readonly biases: boolean;
}

export const [inputs, outputs] = [784, 10];

const graphs = {
  forward: (shape: SegmentShape) => pieceGraph(shape, false),
  back: (shape: SegmentShape) => pieceGraph(shape, true),
  first: (shape: SegmentShape) => firstGraph(shape, false),
  firstBack: (shape: SegmentShape) => firstGraph(shape, true),
  ends: lossGraph,
  logits: logitsGraph,
};

export type SegmentPrograms = Readonly<Record<keyof typeof graphs, Program>>;

export async function compileSegments(shape: SegmentShape, runtime: Runtime): Promise<SegmentPrograms> {
  const programs = await Promise.all(
    Object.entries(graphs).map(
      async ([name, graph]) => [name, await runtime.compile(graph(shape).build())] as const,
    ),
  );
  return Object.fromEntries(programs) as unknown as SegmentPrograms;
}

function pieceGraph({ batch, width, segment, biases }: SegmentShape, withGradient: boolean): GraphBuilder {
  const builder = new GraphBuilder('piece');
  builder.input('h', 'float32', [1, batch, width]);
  builder.input('weights', 'float32', [segment, width, width]);
  if (biases) builder.input('biases', 'float32', [segment, 1, width]);
  const layersOf = (value: string): string[] =>
    segment === 1 ? [value] : builder.ops('Split', [value], segment, { axis: 0, num_outputs: segment });
  const bias = biases ? layersOf('biases') : [];
  let h = 'h';
  for (const [l, weight] of layersOf('weights').entries()) {
    const product = builder.op('MatMul', [h, weight]);
    const z = biases ? builder.op('Add', [product, bias[l]]) : product;
    h = builder.op('Tanh', [z], {}, l === segment - 1 ? { output: 'out' } : {});
  }
  if (!withGradient) {
    builder.output('out');
    return builder;
  }
  builder.input('g', 'float32', [1, batch, width]);
  const wanted = { h: 'gradH', weights: 'gradWeights', ...(biases && { biases: 'gradBiases' }) };
  named(builder, appendGradient(builder, 'out', Object.keys(wanted), { seed: 'g' }), wanted);
  return builder;
}

function firstGraph({ batch, width, biases }: SegmentShape, withGradient: boolean): GraphBuilder {
  const builder = new GraphBuilder('first');
  builder.input('x', 'float32', [batch, inputs]);
  builder.input('first', 'float32', [inputs, width]);
  if (biases) builder.input('bias', 'float32', [1, width]);
  const product = builder.op('MatMul', ['x', 'first']);
  const signal = biases ? builder.op('Tanh', [builder.op('Add', [product, 'bias'])]) : product;
  const h = builder.op('Reshape', [signal, builder.ints([1, batch, width])], {}, { output: 'h' });
  if (!withGradient) {
    builder.output(h);
    return builder;
  }
  builder.input('g', 'float32', [1, batch, width]);
  const wanted = { first: 'gradFirst', ...(biases && { bias: 'gradBias' }) };
  named(builder, appendGradient(builder, h, Object.keys(wanted), { seed: 'g' }), wanted);
  return builder;
}

function logitsGraph({ batch, width }: SegmentShape): GraphBuilder {
  const builder = new GraphBuilder('logits');
  builder.input('h', 'float32', [1, batch, width]);
  builder.input('last', 'float32', [width, outputs]);
  const flat = builder.op('Reshape', ['h', builder.ints([batch, width])]);
  builder.op('MatMul', [flat, 'last'], {}, { output: 'logits' });
  builder.output('logits');
  return builder;
}

function lossGraph({ batch, width }: SegmentShape): GraphBuilder {
  const builder = new GraphBuilder('ends');
  builder.input('h', 'float32', [1, batch, width]);
  builder.input('last', 'float32', [width, outputs]);
  const flat = builder.op('Reshape', ['h', builder.ints([batch, width])]);
  const logits = builder.op('MatMul', [flat, 'last']);
  const { loss } = appendLoss(builder, 'softmax-cross-entropy', logits, { against: 'labels' });
  builder.output(loss);
  named(builder, appendGradient(builder, loss, ['h', 'last']), { h: 'gradH', last: 'gradLast' });
  return builder;
}

function named(
  builder: GraphBuilder,
  gradients: ReadonlyMap<string, string>,
  names: Readonly<Record<string, string>>,
): void {
  for (const [value, name] of Object.entries(names)) {
    builder.op('Identity', [gradients.get(value) as string], {}, { output: name });
    builder.output(name);
  }
}
