/** Data sets as plain arrays: readers of IDX, CSV and npz bytes, synthetic sets, splits, rescaling. */
export { type CsvOptions, type CsvTable, parseCsv } from './csv.ts';
export { type Dataset, exampleSize, makeDataset, type Split, type Task } from './dataset.ts';
export { type ImageArrays, imageDataset } from './digit-images.ts';
export { parseIdx } from './idx.ts';
export { type ImageLayout, type NpzDatasetOptions, npzDataset } from './npz-dataset.ts';
export { type SplitIndices, splitIndices, takeExamples } from './split.ts';
export { type Preprocessing, preprocess, preprocessings } from './standardize.ts';
export { type SpiralsOptions, spirals, type XorOptions, xor } from './synthetic.ts';
export { csvDataset, type TableOptions } from './table-dataset.ts';
