import { initialState } from '../../state/address.ts';
import { depthFigures } from './depth.ts';
import { depthInput, layerInput } from './inputs.ts';
import { layerFigure } from './layer.ts';
import { xavierSchema } from './state.ts';
import { weightsFrame } from './weights.ts';

/** What the page shows before anyone has touched anything; computed when the lab is built. */
export async function firstFrame() {
  const state = initialState(xavierSchema);
  return {
    layer: await layerFigure(layerInput(state)),
    depth: await depthFigures(depthInput(state)),
    weights: weightsFrame(layerInput(state)),
  };
}
