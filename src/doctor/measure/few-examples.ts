import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';
import type { ExaminationBatch } from './batch.ts';

/** Whether a model runs on any number of examples, along the first axis of each input. */
export function takesAnyBatch({ fixedBatch, inputs }: Subject): boolean {
  return fixedBatch === undefined && inputs.every(({ dims }) => dims[0] === -1);
}

/**
 * The first examples of a batch, without answers; the whole batch where the model has fixed its size, or has it on another
 * axis than the first.
 */
export function fewExamples(
  subject: Subject,
  batch: ExaminationBatch,
  size: number,
  count: number,
): { batch: ExaminationBatch; size: number } {
  if (!takesAnyBatch(subject) || size <= count)
    return { batch: { inputs: batch.inputs, data: batch.data }, size };
  const inputs = Object.fromEntries(
    subject.inputs.map(({ name }) => {
      const { dtype, dims, data } = batch.inputs[name];
      const few = [count, ...dims.slice(1)];
      return [name, tensor(dtype, few, data.slice(0, elementCount(few)) as typeof data) as Tensor];
    }),
  );
  return { batch: { inputs, data: batch.data }, size: count };
}
