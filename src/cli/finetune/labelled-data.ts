import type { StoredModel } from '../../boltzmann/model-file.ts';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/node/open.ts';
import type { Language } from '../../messages/index.ts';
import { datasetForModel, type ModelDatasetOptions } from './model-dataset.ts';

/**
 * Opens data for a stored model, as {@link datasetForModel} gives them.
 * @throws what openDataset and datasetForModel throw
 */
export async function openForModel(
  spec: string,
  model: StoredModel,
  modelFile: string,
  options: ModelDatasetOptions,
  language: Language,
): Promise<Dataset> {
  const dataset = await openDataset(spec, { language });
  return datasetForModel(dataset, model, { data: spec, model: modelFile }, options);
}
