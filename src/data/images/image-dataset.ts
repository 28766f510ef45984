/** Image files, one example each, as a dataset. */

import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import type { Stream } from '../../random/stream.ts';
import { type Dataset, makeDataset, mostNumbers, type Split } from '../dataset.ts';
import { splitIndices, takeExamples } from '../split.ts';
import { type ColorMode, decodeImage } from './decode-image.ts';

/** One file; `label` is the name of its class, given for all images or for none. */
export interface ImageFile {
  readonly path: string;
  readonly label?: string;
  readonly read: () => Promise<Uint8Array>;
}

export interface ImageFilesOptions {
  readonly name: string;
  /** Default `grey`. */
  readonly color?: ColorMode;
  /** Part of the examples to judge by; default 0.2. */
  readonly testFraction?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Decodes images of one size into examples of shape `[channels, rows, columns]` with values from 0 to 1. Classes are
 * sorted by name; without labels the set is unlabelled.
 * @param stream draws the split
 * @throws data.image_size, data.image_format, data.image_damaged, data.image_too_large, data.too_many_numbers,
 *   data.split_fraction
 */
export async function imageFilesDataset(
  files: readonly ImageFile[],
  stream: Stream,
  options: ImageFilesOptions,
): Promise<Dataset> {
  const { name, color = 'grey', language = 'en' } = options;
  const channels = color === 'grey' ? 1 : 3;
  let features = new Float32Array(0);
  let size: { readonly width: number; readonly height: number } = { width: 0, height: 0 };
  for (const [i, file] of files.entries()) {
    const image = decodeImage(await file.read(), color, file.path);
    if (i === 0) {
      size = image;
      const columns = channels * image.width * image.height;
      if (files.length * columns > mostNumbers) {
        throw new OutsetError('data.too_many_numbers', {
          where: name,
          rows: files.length,
          columns,
          limit: mostNumbers,
          sparse: false,
        });
      }
      features = new Float32Array(files.length * columns);
    } else if (image.width !== size.width || image.height !== size.height) {
      const [expected, got] = [size, image].map(({ width, height }) => `${width}x${height}`);
      throw new OutsetError('data.image_size', { where: file.path, first: files[0].path, expected, got });
    }
    features.set(image.features, i * image.features.length);
  }
  const classes = [...new Set(files.map(({ label }) => label).filter((label) => label !== undefined))].sort();
  const labels =
    classes.length === 0
      ? new Int32Array(0)
      : Int32Array.from(files, ({ label }) => classes.indexOf(label ?? ''));
  const whole: Split = { count: files.length, features, labels };
  const { train, test } = splitIndices(stream, files.length, options.testFraction ?? 0.2);
  const dims = [channels, size.height, size.width];
  return makeDataset({
    name,
    train: takeExamples(whole, train),
    test: takeExamples(whole, test),
    exampleDims: dims,
    task: classes.length === 0 ? { kind: 'unlabelled' } : { kind: 'classification', classes },
    description: dataLabels.file[language]({ name, train: train.length, test: test.length, dims }),
  });
}
