import type { Tensor } from '../tensor/tensor.ts';
import type { Evaluation } from './evaluator.ts';
import { copyTensors } from './snapshot.ts';

/** The epoch that did best on held-out examples. */
export interface BestEpoch {
  readonly epoch: number;
  /** Error rate where there are classes, else loss; infinite where the loss was not finite. */
  readonly measure: number;
  /** Parameters and buffers, copied. */
  readonly values: ReadonlyMap<string, Tensor<'float32'>>;
}

/** The better one of the best epoch so far and a new one; of equal ones the first. */
export function betterEpoch(
  best: BestEpoch | null,
  epoch: number,
  { loss, accuracy }: Evaluation,
  values: ReadonlyMap<string, Tensor<'float32'>>,
): BestEpoch {
  const measure = accuracy === null ? (loss ?? Number.POSITIVE_INFINITY) : 1 - accuracy;
  return best !== null && best.measure <= measure ? best : { epoch, measure, values: copyTensors(values) };
}
