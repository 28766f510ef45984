import { buildDigits } from '../../digits/build-digits.ts';
import { stillOf } from '../../marks/still.ts';
import { initialState } from '../../state/address.ts';
import { lookAt } from './digit-pictures.ts';
import { smallFrame } from './small-frame.ts';
import { smallRun } from './small-run.ts';
import { keptEvery, rbmSchema } from './state.ts';
import { trainDigits } from './train-digits.ts';

/** What the page shows before anyone has touched anything; computed when the lab is built. */
export async function firstFrame() {
  const state = initialState(rbmSchema);
  const run = await smallRun(state);
  const frame = smallFrame({ ...state, model: run.models[state.updates / keptEvery] });
  return { run, frame, digits: await firstDigits() };
}

/** A machine that has learned digits; null where MNIST is not installed. */
async function firstDigits() {
  const state = initialState(rbmSchema);
  const dataset = await buildDigits();
  if (dataset === null) return null;
  const { history, rbm, filters } = await trainDigits({
    order: state,
    digit: state.digit,
    dataset,
    threads: 1,
    signal: new AbortController().signal,
    report: () => {},
    onControl: () => {},
  });
  return { history, filters: stillOf(filters), glimpse: lookAt(rbm, state.digit, dataset) };
}
