import type { StateOf } from '../../state/address.ts';
import type { DepthInput } from './depth.ts';
import type { LayerInput } from './layer.ts';
import type { xavierSchema } from './state.ts';

type State = StateOf<typeof xavierSchema>;

/** What one layer is drawn for. */
export function layerInput(state: State): LayerInput {
  return { fanIn: state.in, fanOut: state.out, seed: state.seed };
}

/** What the network is drawn for. */
export function depthInput(state: State): DepthInput {
  return { ...layerInput(state), activation: state.activation, depth: state.depth };
}
