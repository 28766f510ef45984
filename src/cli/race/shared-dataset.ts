import type { Dataset, Split } from '../../data/dataset.ts';

/** The same data set in shared memory: worker threads read it without a copy each (MNIST is 220 MB as float32). */
export function sharedDataset(dataset: Dataset): Dataset {
  return { ...dataset, train: sharedSplit(dataset.train), test: sharedSplit(dataset.test) };
}

function sharedSplit(split: Split): Split {
  const features = new Float32Array(new SharedArrayBuffer(split.features.byteLength));
  features.set(split.features);
  const labels = new Int32Array(new SharedArrayBuffer(split.labels.byteLength));
  labels.set(split.labels);
  if (split.targets === undefined) return { ...split, features, labels };
  const targets = new Float32Array(new SharedArrayBuffer(split.targets.byteLength));
  targets.set(split.targets);
  return { ...split, features, labels, targets };
}
