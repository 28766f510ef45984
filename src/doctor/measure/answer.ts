/** What is differentiated: a loss where answers are known, else random cotangents at the outputs. */

import { standardNormals } from '../../initializers/standard-normals.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';
import { threefry } from '../../random/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { appendLoss } from '../../training/loss.ts';
import type { LossName } from '../../training/spec.ts';
import type { ExaminationBatch } from './batch.ts';

export interface Answer {
  readonly kind: LossName | 'random-cotangent';
  /** The scalar to be differentiated. */
  readonly loss: string;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

const cotangentInput = 'outset.cotangent';

/**
 * Appends the loss. Cotangents are standard normal numbers over the batch size, the same in every examination of a shape; the
 * loss is then their inner product with the outputs, a number without meaning of its own.
 */
export function appendAnswer(
  builder: GraphBuilder,
  logits: string,
  batch: ExaminationBatch,
  wanted?: LossName,
): Answer {
  const dims = builder.dims(logits);
  const { labels, targets } = batch;
  const matrix = dims.length === 2;
  if (labels !== undefined && matrix) {
    const kind = wanted ?? (dims[1] >= 2 ? 'softmax-cross-entropy' : 'binary-cross-entropy');
    const { loss, answer } = appendLoss(builder, kind, logits, { against: 'labels' });
    return { kind, loss, feeds: { [answer.name]: tensor('int32', answer.dims, labels.data) } };
  }
  if (targets !== undefined) {
    const kind = wanted ?? 'mean-squared-error';
    const flat = matrix
      ? logits
      : builder.op('Reshape', [logits, builder.ints([dims[0], elementCount(dims) / dims[0]])]);
    const { loss, answer } = appendLoss(builder, kind, flat, { against: 'targets' });
    return { kind, loss, feeds: { [answer.name]: tensor('float32', answer.dims, targets.data) } };
  }
  const cotangent = Float32Array.from(standardNormals(threefry(2010).child('cotangent'), elementCount(dims)));
  for (let i = 0; i < cotangent.length; i++) cotangent[i] /= dims[0];
  builder.input(cotangentInput, 'float32', dims);
  const product = builder.op('Mul', [logits, cotangentInput]);
  const axes = builder.ints(dims.map((_, axis) => axis));
  const loss = builder.op('ReduceSum', [product, axes], { keepdims: 0 });
  return { kind: 'random-cotangent', loss, feeds: { [cotangentInput]: tensor('float32', dims, cotangent) } };
}
