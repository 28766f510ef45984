import { OutsetError } from '../messages/error.ts';
import type { Network } from '../network/network.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import type { LossName } from './spec.ts';

/** Examples to train or test on. The memory may be shared between threads. */
export interface Examples {
  /** [count, ...input of the network] */
  readonly features: Tensor<'float32'>;
  /** The right answers: the class of each example, int32 [count], or the wanted outputs, float32 [count, outputs]. */
  readonly answers: Tensor<'int32'> | Tensor<'float32'>;
}

/** Number of examples. */
export function exampleCount(examples: Examples): number {
  return examples.features.dims[0] ?? 0;
}

/**
 * Copies rows of a matrix, in the order of `rows`, to the front of `out`.
 * @param width numbers per row
 */
export function gatherRows(
  source: Float32Array | Int32Array,
  width: number,
  rows: ArrayLike<number>,
  first: number,
  count: number,
  out: Float32Array | Int32Array,
): void {
  if (width < 32) {
    // For short rows the call of set() costs more than the copy.
    for (let i = 0, to = 0; i < count; i++) {
      const from = rows[first + i] * width;
      for (let j = 0; j < width; j++) out[to++] = source[from + j];
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    const from = rows[first + i] * width;
    out.set(source.subarray(from, from + width), i * width);
  }
}

/**
 * @throws training.examples_mismatch when shapes or labels do not fit the network and the loss
 */
export function checkExamples(network: Network, loss: LossName, examples: Examples, what: string): void {
  const { features, answers } = examples;
  const mismatch = (subject: string, expected: string, got: string) =>
    new OutsetError('training.examples_mismatch', { what: `${what} ${subject}`, expected, got });
  const shape = (dims: readonly (number | string)[]) => `[${dims.join(', ')}]`;
  const count = exampleCount(examples);
  const input = network.spec.input;
  if (
    features.dims.length !== input.length + 1 ||
    input.some((length, i) => features.dims[i + 1] !== length)
  ) {
    throw mismatch('features', shape(['count', ...input]), shape(features.dims));
  }
  if (count < 1) throw mismatch('features', 'at least one example', 'none');
  const outputs = elementCount(network.outputDims);
  if (answers.dtype === 'float32') {
    if (answers.dims.length !== 2 || answers.dims[0] !== count || answers.dims[1] !== outputs) {
      throw mismatch('targets', shape([count, outputs]), shape(answers.dims));
    }
    for (const value of answers.data) {
      if (!Number.isFinite(value)) throw mismatch('targets', 'finite numbers', String(value));
    }
    return;
  }
  if (answers.dims.length !== 1 || answers.dims[0] !== count) {
    throw mismatch('labels', shape([count]), shape(answers.dims));
  }
  const classes = outputs === 1 && loss !== 'softmax-cross-entropy' ? 2 : outputs;
  for (const label of answers.data) {
    if (label < 0 || label >= classes) throw mismatch('labels', `0 to ${classes - 1}`, String(label));
  }
}

/** Plain arrays of examples, as the data room reads them. */
export interface ExampleArrays {
  readonly count: number;
  readonly features: Float32Array;
  /** Class of each example; empty for regression. */
  readonly labels: Int32Array;
  /** [count, outputs], only for regression. */
  readonly targets?: Float32Array;
}

/** Arrays as {@link Examples} of the shape that a network takes; nothing is copied. */
export function examplesFor(network: Network, arrays: ExampleArrays): Examples {
  const { count, features, labels, targets } = arrays;
  const outputs = count > 0 && targets !== undefined ? targets.length / count : 0;
  const width = elementCount(network.spec.input);
  if (features.length !== count * width) {
    throw new OutsetError('training.examples_mismatch', {
      what: 'features',
      expected: `${width} numbers per example (network input [${network.spec.input.join(', ')}])`,
      got: `${features.length / count}`,
    });
  }
  return {
    features: tensor('float32', [count, ...network.spec.input], features),
    answers:
      targets === undefined ? tensor('int32', [count], labels) : tensor('float32', [count, outputs], targets),
  };
}
