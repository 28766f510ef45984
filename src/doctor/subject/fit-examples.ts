import { type Dataset, exampleSize } from '../../data/dataset.ts';
import { OutsetError } from '../../messages/error.ts';
import { type Dims, elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { SubjectInput } from '../subject.ts';

/**
 * Examples of a data set in the shape of an input: as they are, reshaped where the numbers of elements agree, or with
 * channels moved last.
 * @param rows numbers of the examples in the training part
 * @returns undefined where they do not fit
 * @throws doctor.batch_categories for numbers that the input does not take
 */
export function fitExamples(data: Dataset, rows: Uint32Array, input: SubjectInput): Tensor | undefined {
  const wanted = input.dims.filter((length) => length >= 0);
  const first = input.dims[0] < 0 || input.dims.every((length) => length >= 0);
  const expected = wanted.length === input.dims.length ? wanted.slice(1) : wanted;
  const size = exampleSize(data.exampleDims);
  if (!first || elementCount(expected) !== size || input.dtype === 'bool') return undefined;
  const values = new Float32Array(rows.length * size);
  const order = orderOf(data.exampleDims, expected);
  for (const [i, row] of rows.entries()) {
    const example = data.train.features.subarray(row * size, (row + 1) * size);
    if (order === undefined) values.set(example, i * size);
    else for (let k = 0; k < size; k++) values[i * size + k] = example[order[k]];
  }
  const dims = [rows.length, ...expected];
  if (input.dtype === 'float32') return tensor('float32', dims, values);
  const highest = input.categories ?? Number.POSITIVE_INFINITY;
  const bad = values.find((value) => !Number.isInteger(value) || value < 0 || value >= highest);
  if (bad !== undefined) {
    const details = { where: data.name, input: input.name, categories: input.categories ?? null, got: bad };
    throw new OutsetError('doctor.batch_categories', details);
  }
  if (input.dtype === 'int64') {
    return tensor(
      'int64',
      dims,
      BigInt64Array.from(values, (value) => BigInt(value)),
    );
  }
  if (input.dtype === 'int32') return tensor('int32', dims, Int32Array.from(values));
  return tensor('uint8', dims, Uint8Array.from(values));
}

/** Where each element lies among [channels, ...space], if the input wants [...space, channels]. */
function orderOf(given: Dims, wanted: Dims): Uint32Array | undefined {
  const [channels, ...space] = given;
  const last = [...space, channels];
  if (channels === 1 || given.length < 2 || wanted.join() === given.join() || wanted.join() !== last.join()) {
    return undefined;
  }
  const pixels = elementCount(space);
  return Uint32Array.from({ length: pixels * channels }, (_, k) => {
    return (k % channels) * pixels + Math.floor(k / channels);
  });
}
