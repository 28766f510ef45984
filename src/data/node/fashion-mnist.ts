import { sep } from 'node:path';
import type { Language } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { dataLabels } from '../../messages/labels/data.ts';
import type { Dataset } from '../dataset.ts';
import { imageDataset } from '../digit-images.ts';
import { readIdxFiles } from './read-idx.ts';

/** Environment variable that names the folder of the four files. */
const variable = 'OUTSET_FASHION_MNIST';

/** Where Debian's package dataset-fashion-mnist puts them. */
const debianFolder = '/usr/share/datasets/fashion-mnist';

const classes = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
] as const;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), 60,000 + 10,000 photos of clothes of 28x28, pixels / 255, from the folder
 * in `OUTSET_FASHION_MNIST` or from Debian's package `dataset-fashion-mnist`.
 * @throws data.fashion_mnist_absent, which says how to get it
 */
export async function loadFashionMnist(language: Language = 'en'): Promise<Dataset> {
  const folder = process.env[variable] || debianFolder;
  const arrays = await readIdxFiles(
    `${folder}${sep}`,
    (file) => new OutsetError('data.fashion_mnist_absent', { folder, variable, file }),
  );
  const describe = (train: number, test: number) => dataLabels.fashionMnist[language]({ train, test });
  return imageDataset('fashion-mnist', arrays, describe, classes);
}
