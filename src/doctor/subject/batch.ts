/** One batch that fits a subject: from a data set, or noise. */
import type { Dataset } from '../../data/dataset.ts';
import { OutsetError } from '../../messages/error.ts';
import { openStream } from '../../random/open-stream.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import type { ExaminationBatch } from '../measure/batch.ts';
import type { Subject, SubjectInput } from '../subject.ts';
import { fitExamples } from './fit-examples.ts';
import { noiseFor } from './noise.ts';

export interface SubjectBatch extends ExaminationBatch {
  readonly size: number;
}

export interface BatchOptions {
  /** Examples come from its training part. Absent: noise. */
  readonly data?: Dataset;
  /** Chooses the examples, or draws the noise; default 0. */
  readonly seed?: number;
  /** Examples in the batch; default 256, or what the model has fixed. At most those that the data set has. */
  readonly size?: number;
  /** Bytes that a pass may hold: the batch is as much smaller as it takes, where the subject knows its memory. */
  readonly mostBytes?: number;
}

/** Examples in a batch unless it is said otherwise. */
export const defaultBatchSize = 256;

/**
 * A batch for a subject.
 *
 * With a data set, distinct examples are drawn from its training part. They go to the first input that they fit:
 * reshaped where the numbers of elements agree (784 to 1 x 28 x 28), channels moved last where the model wants them
 * there. Other inputs get noise.
 *
 * Noise is standard normal for real inputs, whatever the model was made for; whole numbers below `categories` (2 where
 * that is not known) for whole-number inputs; 1 for truth values and for inputs that are called masks.
 * @throws doctor.batch_size, doctor.batch_shape, doctor.batch_categories, doctor.batch_labels
 */
export function batchFor(subject: Subject, options: BatchOptions = {}): SubjectBatch {
  const { data, seed = 0 } = options;
  const fixed = subject.fixedBatch ?? null;
  const wanted = options.size ?? fixed ?? defaultBatchSize;
  if (!Number.isSafeInteger(wanted) || wanted < 1 || (fixed !== null && wanted !== fixed)) {
    throw new OutsetError('doctor.batch_size', { got: wanted, fixed });
  }
  const stream = openStream('threefry', seed).child('doctor').child('batch');
  const held = data === undefined ? wanted : Math.min(wanted, data.train.count);
  const size = fixed !== null ? wanted : Math.min(held, mostExamples(subject, options.mostBytes));
  const inputs: Record<string, Tensor> = {};
  const taken = data === undefined ? undefined : pick(subject, data, size, stream.child('examples'));
  if (taken !== undefined) inputs[taken.input.name] = taken.value;
  for (const input of subject.inputs) {
    if (input.name !== taken?.input.name)
      inputs[input.name] = noiseFor(input, size, stream.child(input.name));
  }
  if (data === undefined || taken === undefined) return { size, data: 'noise', inputs };
  return { size, data: 'given', inputs, ...answers(subject, data, taken.rows) };
}

function mostExamples({ memory }: Subject, mostBytes = Number.POSITIVE_INFINITY): number {
  if (memory === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((mostBytes - memory.fixed) / Math.max(1, memory.perExample)));
}

function pick(
  subject: Subject,
  data: Dataset,
  size: number,
  stream: ReturnType<typeof openStream>,
): { input: SubjectInput; value: Tensor; rows: Uint32Array } {
  const order = stream.permutation(data.train.count);
  const rows = Uint32Array.from({ length: size }, (_, i) => order[i % order.length]);
  for (const input of subject.inputs) {
    const value = fitExamples(data, rows, input);
    if (value !== undefined) return { input, value, rows };
  }
  const inputs = subject.inputs.map(({ name, dims, dtype }) => ({ name, dims: [...dims], dtype }));
  throw new OutsetError('doctor.batch_shape', { where: data.name, inputs, got: [...data.exampleDims] });
}

function answers(
  subject: Subject,
  data: Dataset,
  rows: Uint32Array,
): Pick<SubjectBatch, 'labels' | 'targets'> {
  const { task, train } = data;
  const outputs = subject.outputDims.at(-1) ?? 1;
  if (task.kind === 'classification') {
    const labels = Int32Array.from(rows, (row) => train.labels[row]);
    const classes = Math.max(2, ...subject.outputDims);
    const most = labels.reduce((a, b) => Math.max(a, b), 0);
    if (most >= classes) {
      throw new OutsetError('doctor.batch_labels', { where: data.name, outputs: classes, got: most });
    }
    return { labels: tensor('int32', [labels.length], labels) };
  }
  if (task.kind === 'regression' && train.targets !== undefined && task.outputs === outputs) {
    const { targets } = train;
    const values = new Float32Array(rows.length * outputs);
    for (const [i, row] of rows.entries()) {
      values.set(targets.subarray(row * outputs, (row + 1) * outputs), i * outputs);
    }
    return { targets: tensor('float32', [rows.length, outputs], values) };
  }
  return {};
}
