import type { Tensor } from '../tensor/tensor.ts';
import { inputSignal, type Prediction, predict } from '../theory/index.ts';
import type { ExaminationBatch } from './measure/batch.ts';
import type { Subject } from './subject.ts';

/** Examples that the input's statistics are taken of. */
const most = 64;

/**
 * What theory expects of a subject on a batch; null where its graph cannot be run, or where a value in it is not finite, of
 * which theory has nothing to say.
 *
 * @param examples number of examples in the batch
 */
export function predictSubject(
  subject: Subject,
  batch: ExaminationBatch,
  examples: number,
): Prediction | null {
  if (subject.build === undefined) return null;
  const size = subject.fixedBatch ?? Math.min(most, examples);
  const { builder, fixed } = subject.build(size);
  const inputs = subject.inputs.flatMap(({ name }) => {
    const given = batch.inputs[name];
    if (given?.dtype !== 'float32') return [];
    return [[name, inputSignal(given as Tensor<'float32'>)] as const];
  });
  return predict({
    graph: builder.build(),
    parameters: new Map<string, Tensor>([...fixed, ...subject.parameters]),
    layers: subject.layers,
    inputs: new Map(inputs),
  });
}
