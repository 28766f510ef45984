import { OutsetError } from '../../messages/error.ts';
import { elementCount, type Tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';

/** Examples that are sent through a subject, and their answers if they are known. */
export interface ExaminationBatch {
  /** One tensor for each input of the subject, [batch, ...]. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Class of each example, int32 [batch]. */
  readonly labels?: Tensor<'int32'>;
  /** Wanted outputs, float32 [batch, ...outputs]. At most one of labels and targets. */
  readonly targets?: Tensor<'float32'>;
  /** `noise`: nobody gave data, the numbers are random. */
  readonly data: 'given' | 'noise';
}

/**
 * Checks that a batch belongs to a subject.
 * @returns number of examples
 * @throws trace.batch naming the input and what it takes
 */
export function batchSize(subject: Subject, batch: ExaminationBatch): number {
  let size: number | undefined;
  for (const { name, dtype, dims } of subject.inputs) {
    const given = batch.inputs[name];
    const expected = `${dtype} [${dims.map((length) => (length < 0 ? 'batch' : length)).join(', ')}]`;
    const fits =
      given !== undefined &&
      given.dtype === dtype &&
      given.dims.length === dims.length &&
      dims.every((length, axis) => length < 0 || length === given.dims[axis]);
    // Of states of recurrent layers, the batch is the second axis.
    const examples = given?.dims[Math.max(0, dims.indexOf(-1))] ?? 0;
    if (!fits || examples < 1 || (size !== undefined && examples !== size)) {
      const got = given === undefined ? '-' : `${given.dtype} [${given.dims.join(', ')}]`;
      throw new OutsetError('trace.batch', { what: name, expected, got });
    }
    size = examples;
  }
  const count = size ?? 1;
  const { labels, targets } = batch;
  if (labels !== undefined && targets !== undefined) {
    throw new OutsetError('trace.batch', { what: 'labels / targets', expected: '0 … 1', got: '2' });
  }
  if (labels !== undefined) {
    const classes = Math.max(2, subject.outputDims.at(-1) ?? 2);
    const wrong = labels.data.find((label) => label < 0 || label >= classes);
    if (labels.data.length !== count || wrong !== undefined) {
      throw new OutsetError('trace.batch', {
        what: 'labels',
        expected: `int32 [${count}], 0 … ${classes - 1}`,
        got: wrong === undefined ? `[${labels.dims.join(', ')}]` : `${wrong}`,
      });
    }
  }
  if (targets !== undefined && targets.data.length !== count * elementCount(subject.outputDims)) {
    throw new OutsetError('trace.batch', {
      what: 'targets',
      expected: `[${[count, ...subject.outputDims].join(', ')}]`,
      got: `[${targets.dims.join(', ')}]`,
    });
  }
  return count;
}
