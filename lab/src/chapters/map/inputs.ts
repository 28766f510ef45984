import type { StateOf } from '../../state/address.ts';
import type { SignalInput } from './signal.ts';
import type { mapSchema } from './state.ts';

/** The network at the dot. */
export function signalInput(state: StateOf<typeof mapSchema>): SignalInput {
  const { activation, w, b, depth, seed } = state;
  return { activation, weightVariance: w, biasVariance: b, depth, seed };
}
