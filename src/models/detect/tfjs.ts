import type { TfjsModel } from '../../formats/tfjs.ts';
import type { Architecture } from '../model.ts';
import { splitName } from './by-names.ts';
import { kerasArchitecture } from './keras.ts';
import type { KerasGroup } from './keras-tensors.ts';
import type { Variable } from './layer-variables.ts';

/** The architecture of a TensorFlow.js model: its weights are in the order of the layers and named as in Keras. */
export function architectureOfTfjs({ json, weights }: TfjsModel): Architecture {
  const groups = new Map<string, Variable[]>();
  for (const { name, type, dims } of weights) {
    const { layer, variable } = splitName(name);
    const known = groups.get(layer);
    const one: Variable = { variable, stored: { name, type, dims } };
    if (known === undefined) groups.set(layer, [one]);
    else known.push(one);
  }
  const list = [...groups].map(([layer, variables]): KerasGroup => ({ path: layer.split('/'), variables }));
  return kerasArchitecture(list, json.modelTopology, true);
}
