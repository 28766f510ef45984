import { initialState } from '../../state/address.ts';
import { zeroFrame } from './frame.ts';
import { learningFigure } from './learning.ts';
import { zeroSchema } from './state.ts';

/** What the page shows before anyone has touched anything; computed when the lab is built. */
export async function firstFrame() {
  const state = initialState(zeroSchema);
  return { frame: await zeroFrame(state), learning: await learningFigure(state) };
}
