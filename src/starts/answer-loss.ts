/** A loss at the end of a network, for starts that look at gradients of one. */
import { OutsetError } from '../messages/error.ts';
import type { GraphBuilder } from '../onnx/builder.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';

/** Graph input of the wanted outputs [batch, outputs]. */
export const answersInput = 'start.answers';

/** Cross-entropy against one-hot answers, or mean squared error. */
export type AnswerLoss = 'cross-entropy' | 'squared-error';

/**
 * Appends the loss and its input {@link answersInput}.
 * @returns the name of the loss, a scalar: mean over the batch (and over the outputs, for squared errors)
 */
export function appendAnswerLoss(builder: GraphBuilder, logits: string, kind: AnswerLoss): string {
  const dims = builder.dims(logits);
  const answers = builder.input(answersInput, 'float32', dims);
  if (kind === 'squared-error') {
    const error = builder.op('Sub', [logits, answers]);
    return builder.op('ReduceMean', [builder.op('Mul', [error, error])], { keepdims: 0 });
  }
  const logShare = builder.op('LogSoftmax', [logits], { axis: 1 });
  const sum = builder.op('ReduceSum', [builder.op('Mul', [logShare, answers])], { keepdims: 0 });
  return builder.op('Mul', [sum, builder.scalar(-1 / dims[0])]);
}

/** Classes as rows [count, outputs] of one 1; wanted outputs as they are. */
export function answerRows(
  start: string,
  answers: Tensor<'int32'> | Tensor<'float32'>,
  outputs: number,
): { kind: AnswerLoss; rows: Float32Array } {
  const count = answers.dims[0] ?? 0;
  if (answers.dtype === 'float32' && answers.data.length === count * outputs) {
    return { kind: 'squared-error', rows: answers.data };
  }
  const bad = answers.dtype !== 'int32' || answers.data.some((label) => label < 0 || label >= outputs);
  if (bad || outputs < 2) {
    throw new OutsetError('starts.answers', { start, outputs, dims: [...answers.dims] });
  }
  const rows = new Float32Array(count * outputs);
  for (let i = 0; i < count; i++) rows[i * outputs + answers.data[i]] = 1;
  return { kind: 'cross-entropy', rows };
}

/** Rows of a matrix, in the order of `order`. */
export function pick(source: ArrayLike<number>, width: number, order: ArrayLike<number>): Float32Array {
  const out = new Float32Array(order.length * width);
  for (let i = 0; i < order.length; i++) {
    for (let j = 0; j < width; j++) out[i * width + j] = source[order[i] * width + j];
  }
  return out;
}

/** A batch of zeros in the shape of a network's inputs, where only a shape is needed. */
export function blankBatch(size: number, input: readonly number[]): Tensor<'float32'> {
  const width = input.reduce((a, b) => a * b, 1);
  return tensor('float32', [size, ...input], new Float32Array(size * width));
}
