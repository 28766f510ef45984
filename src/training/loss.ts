import type { GradientTarget } from '../autodiff/index.ts';
import { OutsetError } from '../messages/error.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import type { ValueInfo } from '../onnx/graph.ts';
import { float32, tensor } from '../tensor/tensor.ts';
import type { LossName, TrainingSpec } from './spec.ts';

/** Graph input that takes the class of each example, int32 [batch]. */
export const labelsInput = 'labels';
/** Graph input that takes the wanted outputs of each example, float32 [batch, outputs]. */
export const targetsInput = 'targets';

/** What a loss is measured against. */
export interface LossOptions {
  /** `labels`: int32 classes; `targets`: float32 numbers of the shape of the logits. Default: labels for cross-entropy, else targets. */
  readonly against?: 'labels' | 'targets';
  /**
   * `cpu` (default) uses `LogSoftmax`, one fast kernel in onnxruntime; `portable` spells it out, because on WebGPU
   * LogSoftmax falls back to the processor.
   */
  readonly target?: GradientTarget;
  /** For `softmax-cross-entropy`: targets become (1 - s) t + s / C; see {@link TrainingSpec.labelSmoothing}. Default 0. */
  readonly labelSmoothing?: number;
}

/** A loss in the graph. */
export interface AppendedLoss {
  /** Scalar: mean over the batch (and over the outputs, except for cross-entropy). Not yet a graph output. */
  readonly loss: string;
  /** [batch]: loss of each example; their mean is `loss`. */
  readonly perExample: string;
  /** The graph input that was added. */
  readonly answer: ValueInfo;
}

/**
 * Appends a loss behind the logits [batch, outputs] and the graph input that it is measured against.
 *
 * - `softmax-cross-entropy`: log Σ exp(z) − z[label], natural logarithm; against targets: −Σ t · log softmax(z).
 * - `mean-squared-error`: mean of (z − t)² over batch and outputs, as PyTorch's MSELoss.
 * - `binary-cross-entropy` of logits: mean of softplus(z) − z t, as PyTorch's BCEWithLogitsLoss.
 *
 * Labels against the last two become targets: the label itself where there is one output, else one-hot.
 * All are finite for any finite logits, and their gradients are exact at z = 0, where a network of zeros starts.
 *
 * @throws loss.logits if the logits are not [batch, outputs], or cross-entropy gets a single output
 */
export function appendLoss(
  builder: GraphBuilder,
  name: LossName,
  logits: string,
  options: LossOptions = {},
): AppendedLoss {
  const dims = builder.dims(logits);
  if (dims.length !== 2 || (name === 'softmax-cross-entropy' && dims[1] < 2)) {
    throw new OutsetError('loss.logits', { loss: name, dims: [...dims] });
  }
  const [batch, outputs] = dims;
  const against = options.against ?? (name === 'softmax-cross-entropy' ? 'labels' : 'targets');
  const answer: ValueInfo =
    against === 'labels'
      ? { name: labelsInput, dtype: 'int32', dims: [batch] }
      : { name: targetsInput, dtype: 'float32', dims };
  builder.input(answer.name, answer.dtype, answer.dims);
  const plain =
    against === 'targets' ? answer.name : appendLabelTargets(builder, answer.name, batch, outputs);
  const targets = appendSmoothing(builder, plain, options.labelSmoothing ?? 0, outputs);
  const elements = appendElementLosses(builder, name, logits, targets, options.target ?? 'cpu');
  const reduction = name === 'softmax-cross-entropy' ? 'ReduceSum' : 'ReduceMean';
  const perExample = builder.op(reduction, [elements, builder.ints([1])], { keepdims: 0 });
  const loss = builder.op('ReduceMean', [perExample, builder.ints([0])], { keepdims: 0 }, { output: 'loss' });
  return { loss, perExample, answer };
}

/** Labels [batch] as float targets [batch, outputs]: one-hot, or the label itself for a single output. */
function appendLabelTargets(builder: GraphBuilder, labels: string, batch: number, outputs: number): string {
  const column = builder.op('Reshape', [labels, builder.ints([batch, 1])]);
  if (outputs === 1) return builder.op('Cast', [column], { to: 1 });
  const classes = builder.constant(
    tensor(
      'int32',
      [1, outputs],
      Int32Array.from({ length: outputs }, (_, i) => i),
    ),
  );
  // Equal and Cast rather than OneHot, which takes 22 microseconds in onnxruntime and is missing on WebGPU.
  return builder.op('Cast', [builder.op('Equal', [column, classes])], { to: 1 });
}

/** (1 - s) t + s / C. */
function appendSmoothing(builder: GraphBuilder, targets: string, smoothing: number, classes: number): string {
  if (smoothing === 0) return targets;
  const scalar = (value: number) => builder.constant(float32([], [value]));
  const kept = builder.op('Mul', [targets, scalar(1 - smoothing)]);
  return builder.op('Add', [kept, scalar(smoothing / classes)]);
}

/** Loss of each element [batch, outputs], before it is reduced. */
function appendElementLosses(
  builder: GraphBuilder,
  name: LossName,
  logits: string,
  targets: string,
  target: GradientTarget,
): string {
  switch (name) {
    case 'softmax-cross-entropy': {
      const logProbabilities =
        target === 'cpu'
          ? builder.op('LogSoftmax', [logits], { axis: 1 })
          : appendPortableLogSoftmax(builder, logits);
      return builder.op('Neg', [builder.op('Mul', [logProbabilities, targets])]);
    }
    case 'mean-squared-error': {
      const error = builder.op('Sub', [logits, targets]);
      return builder.op('Mul', [error, error]);
    }
    case 'binary-cross-entropy':
      // softplus(z) - z t, not relu(z) - z t + softplus(-|z|): the gradient of the latter is wrong at z = 0.
      return builder.op('Sub', [builder.op('Softplus', [logits]), builder.op('Mul', [logits, targets])]);
  }
}

function appendPortableLogSoftmax(builder: GraphBuilder, logits: string): string {
  const axis = builder.ints([1]);
  const shifted = builder.op('Sub', [logits, builder.op('ReduceMax', [logits, axis], { keepdims: 1 })]);
  const total = builder.op('ReduceSum', [builder.op('Exp', [shifted]), axis], { keepdims: 1 });
  return builder.op('Sub', [shifted, builder.op('Log', [total])]);
}

/**
 * How many examples are answered right: the largest logit (the first of equal ones) is the label; for a single output,
 * the logit is positive exactly where the label is 1. A row that is not finite is never right.
 *
 * @param logits [rows, outputs], row by row
 */
export function countCorrect(logits: Float32Array, outputs: number, labels: ArrayLike<number>): number {
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * outputs;
    let best = 0;
    let finite = Number.isFinite(logits[start]);
    for (let k = 1; k < outputs; k++) {
      const value = logits[start + k];
      if (!Number.isFinite(value)) finite = false;
      if (value > logits[start + best]) best = k;
    }
    const answer = outputs === 1 ? (logits[start] > 0 ? 1 : 0) : best;
    if (finite && answer === labels[row]) correct += 1;
  }
  return correct;
}
