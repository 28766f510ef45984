/** Data sets that come as MNIST does: IDX files of uint8 images and labels. */

import { OutsetError } from '../messages/error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Dataset, makeDataset, type Split } from './dataset.ts';

/** The four arrays of such a data set. */
export interface ImageArrays {
  readonly trainImages: Tensor;
  readonly trainLabels: Tensor;
  readonly testImages: Tensor;
  readonly testLabels: Tensor;
}

/**
 * Images `[count, rows, columns]` and labels `[count]` as a dataset of shape `[1, rows, columns]`, pixels / 255.
 * @param classes names of the classes; the numbers from 0 to the greatest label when absent
 * @throws data.idx_shape, data.count_mismatch, and the errors of {@link makeDataset}
 */
export function imageDataset(
  name: string,
  arrays: ImageArrays,
  describe: (train: number, test: number) => string,
  classes?: readonly string[],
): Dataset {
  const [, rows, columns] = arrays.trainImages.dims;
  const train = imageSplit(`${name} (train)`, arrays.trainImages, arrays.trainLabels);
  const test = imageSplit(`${name} (test)`, arrays.testImages, arrays.testLabels);
  const { dims, dtype } = arrays.testImages;
  if (dims[1] !== rows || dims[2] !== columns) {
    throw new OutsetError('data.idx_shape', {
      where: `${name} (test)`,
      expected: 'images',
      dims: [...dims],
      dtype,
    });
  }
  return makeDataset({
    name,
    train,
    test,
    exampleDims: [1, rows, columns],
    task: { kind: 'classification', classes: classes ?? numberedClasses(train.labels, test.labels) },
    description: describe(train.count, test.count),
  });
}

/** Class names '0' to the greatest label. */
export function numberedClasses(...labels: Int32Array[]): string[] {
  let greatest = 0;
  for (const part of labels) for (const label of part) if (label > greatest) greatest = label;
  return Array.from({ length: greatest + 1 }, (_, label) => String(label));
}

/** Bytes from 0 to 255 as numbers from 0 to 1. */
export function unitPixels(bytes: Uint8Array): Float32Array {
  const out = new Float32Array(bytes.length);
  const values = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);
  // Most pixels of the usual sets are 0, which the fresh array already holds.
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) out[i] = values[bytes[i]];
  return out;
}

function imageSplit(where: string, images: Tensor, labels: Tensor): Split {
  const refuse = (expected: 'images' | 'labels', { dims, dtype }: Tensor) =>
    new OutsetError('data.idx_shape', { where, expected, dims: [...dims], dtype });
  if (images.dims.length !== 3 || images.dtype !== 'uint8') throw refuse('images', images);
  if (labels.dims.length !== 1 || labels.dtype !== 'uint8') throw refuse('labels', labels);
  const count = images.dims[0];
  if (labels.dims[0] !== count) {
    throw new OutsetError('data.count_mismatch', { where, features: count, labels: labels.dims[0] });
  }
  return {
    count,
    features: unitPixels(images.data as Uint8Array),
    labels: Int32Array.from(labels.data as Uint8Array),
  };
}
