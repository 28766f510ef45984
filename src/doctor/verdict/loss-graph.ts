/** The loss that a verdict is about, on a subject's graph, and the answers of a batch: given ones, or a smooth thing to learn. */
import type { GraphBuilder } from '../../onnx/builder.ts';
import { threefry } from '../../random/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { appendLoss } from '../../training/loss.ts';
import type { Subject, SubjectGraph } from '../subject.ts';

/** Examples and, if known, their answers. */
export interface VerdictBatch {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Class of each example, [batch]. */
  readonly labels?: Tensor<'int32'>;
}

/** A subject's graph with a loss behind it. */
export interface LossGraph {
  readonly graph: SubjectGraph;
  readonly builder: GraphBuilder;
  /** [batch, outputs] */
  readonly logits: string;
  readonly loss: string;
  readonly outputs: number;
  /** True for classes and cross-entropy, false for numbers and squared error. */
  readonly classes: boolean;
  /** Loss of an answer that does not look at the input: ln C, or the variance of the targets. */
  readonly chance: number;
}

/** Builds the graph for `count` examples and appends the loss; to be called where the subject has a graph. */
export function buildLossGraph(subject: Subject, count: number): LossGraph {
  const graph = (subject.build as NonNullable<Subject['build']>)(count);
  const { builder } = graph;
  const logits = flatten(builder, graph.outputs[0], count);
  const outputs = builder.dims(logits)[1];
  const classes = outputs >= 2 && subject.outputDims.length === 1;
  const { loss } = appendLoss(builder, classes ? 'softmax-cross-entropy' : 'mean-squared-error', logits);
  return { graph, builder, logits, loss, outputs, classes, chance: classes ? Math.log(outputs) : 1 };
}

/** The answers that belong to the loss of a graph, one for each example of the batch. */
export function answersOf(batch: VerdictBatch, { classes, outputs }: LossGraph): Tensor {
  return classes ? (batch.labels ?? pseudoLabels(batch, outputs)) : pseudoTargets(batch, outputs);
}

/** Without labels: classes by the largest of some random projections of the standardized input, a smooth thing to learn. */
function pseudoLabels(batch: VerdictBatch, outputs: number): Tensor<'int32'> {
  const targets = pseudoTargets(batch, outputs).data;
  const count = targets.length / outputs;
  const labels = Int32Array.from({ length: count }, (_, i) => {
    let best = 0;
    for (let k = 1; k < outputs; k++) if (targets[i * outputs + k] > targets[i * outputs + best]) best = k;
    return best;
  });
  return tensor('int32', [count], labels);
}

/** Most numbers in the directions that inputs are projected on. */
const mostNumbers = 2 ** 22;

/**
 * Random projections of the input, each of mean 0 and variance 1 over the batch. Where inputs and outputs are many, outputs
 * share projections in turn.
 */
function pseudoTargets(batch: VerdictBatch, outputs: number): Tensor<'float32'> {
  const [input] = Object.values(batch.inputs);
  const count = batchCount(batch);
  const width = elementCount(input.dims.slice(1));
  const distinct = Math.min(outputs, Math.max(1, Math.floor(mostNumbers / width)));
  const directions = threefry(0)
    .child('answers')
    .normal(new Float32Array(width * distinct));
  const data = new Float32Array(count * outputs);
  const values = input.data as ArrayLike<number>;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) {
      const value = Number(values[i * width + j]);
      if (value === 0) continue;
      for (let k = 0; k < distinct; k++) data[i * outputs + k] += value * directions[j * distinct + k];
    }
    for (let k = distinct; k < outputs; k++) data[i * outputs + k] = data[i * outputs + (k % distinct)];
  }
  for (let k = 0; k < outputs; k++) standardizeColumn(data, k, outputs, count);
  return tensor('float32', [count, outputs], data);
}

function standardizeColumn(data: Float32Array, column: number, columns: number, rows: number): void {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < rows; i++) sum += data[i * columns + column];
  const mean = sum / rows;
  for (let i = 0; i < rows; i++) squares += (data[i * columns + column] - mean) ** 2;
  const std = Math.sqrt(squares / rows) || 1;
  for (let i = 0; i < rows; i++) data[i * columns + column] = (data[i * columns + column] - mean) / std;
}

function flatten(builder: GraphBuilder, value: string, batch: number): string {
  const dims = builder.dims(value);
  return dims.length === 2 ? value : builder.op('Reshape', [value, builder.ints([batch, -1])]);
}

export function batchCount({ inputs }: VerdictBatch): number {
  return Math.min(...Object.values(inputs).map(({ dims }) => dims[0] ?? 0));
}
