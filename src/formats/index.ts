/** File formats: tensors in safetensors, .npy and .npz, curves and histograms for TensorBoard. */

export { readNpy, writeNpy } from './npy.ts';
export { type ReadNpzOptions, readNpz, type WriteNpzOptions, writeNpz } from './npz.ts';
export { readSafetensors, type SafetensorsContent, writeSafetensors } from './safetensors.ts';
export { eventFileName, type HistogramData, histogramOf, TensorBoardWriter } from './tensorboard.ts';
export { frameRecord, readRecords } from './tfrecord.ts';
