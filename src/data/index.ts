/** Data sets as plain arrays: readers of IDX, CSV, npz, images and sparse files, synthetic sets, splits, rescaling. */
export { type BarsAndStripesOptions, barsAndStripes } from './bars-and-stripes.ts';
export { type CsvOptions, type CsvTable, parseCsv } from './csv.ts';
export { type Dataset, exampleSize, makeDataset, type Split, type Task } from './dataset.ts';
export { type ImageArrays, imageDataset } from './digit-images.ts';
export { parseIdx } from './idx.ts';
export { type ColorMode, type DecodedImage, decodeImage, mostPixels } from './images/decode-image.ts';
export { type ImageFile, type ImageFilesOptions, imageFilesDataset } from './images/image-dataset.ts';
export { type ImageLayout, type NpzDatasetOptions, npzDataset } from './npz-dataset.ts';
export { isSparseNpz, readSparseNpz } from './sparse/csr-npz.ts';
export {
  denseDataset,
  type SparseDataset,
  type SparseExamples,
  type SparseSplit,
  sparseDataset,
} from './sparse/sparse-dataset.ts';
export { checkSparseMatrix, denseRows, type SparseMatrix } from './sparse/sparse-matrix.ts';
export { readSvmlight, type SvmlightOptions } from './sparse/svmlight.ts';
export { type SplitIndices, splitIndices, takeExamples } from './split.ts';
export {
  type Preprocessing,
  preprocess,
  preprocessings,
  type Standardization,
  standardizationOf,
  standardize,
  unstandardize,
} from './standardize.ts';
export { type SpiralsOptions, spirals, type XorOptions, xor } from './synthetic.ts';
export { csvDataset, type TableOptions } from './table-dataset.ts';
