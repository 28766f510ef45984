/** Data sets from the disk and from packages (Node). */
export { loadFashionMnist } from './fashion-mnist.ts';
export { loadMnist } from './mnist.ts';
export { datasetNames, type OpenDatasetOptions, openDataset, openSparseDataset } from './open.ts';
