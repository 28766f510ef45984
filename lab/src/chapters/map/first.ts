import { initialState } from '../../state/address.ts';
import { signalInput } from './inputs.ts';
import { phaseMap } from './phase-map.ts';
import { signalFrame } from './signal.ts';
import { mapSchema } from './state.ts';

/** What the page shows before anyone has touched anything; computed when the lab is built. */
export async function firstFrame() {
  const state = initialState(mapSchema);
  return { map: phaseMap(state), signal: await signalFrame(signalInput(state)) };
}
