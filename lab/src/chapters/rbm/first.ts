import { loadMnist } from '../../../../src/data/node/mnist.ts';
import { packImages, unpackImages } from '../../../../src/data/packed-images.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import { pixelsAddress } from '../../../../src/report/images/pixels.ts';
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
  try {
    const dataset = unpackImages(packImages(await loadMnist(), { train: 10_000, test: 2_000 }), 'mnist');
    const { history, rbm, filters } = await trainDigits({
      order: state,
      digit: state.digit,
      dataset,
      threads: 1,
      signal: new AbortController().signal,
      report: () => {},
      onControl: () => {},
    });
    return {
      history,
      filters: { width: filters.width, height: filters.height, address: pixelsAddress(filters) },
      glimpse: lookAt(rbm, state.digit, dataset),
    };
  } catch (error) {
    if (error instanceof OutsetError && error.code === 'data.mnist_absent') return null;
    throw error;
  }
}
