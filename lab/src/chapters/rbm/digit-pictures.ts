/** What an RBM makes of one digit. */

import { denseRows } from '../../../../src/boltzmann/convert-rows.ts';
import {
  meanHiddenFromVisible,
  meanVisibleFromHidden,
  type Rbm,
  rowsFromFeatures,
  sampleHiddenFromVisible,
} from '../../../../src/boltzmann/index.ts';
import { type Dataset, exampleSize } from '../../../../src/data/dataset.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import type { Digit } from './train-digits.ts';

/** A digit on its way through the machine: x, p(h | x), a draw of h, and x̂ = p(x | h). */
export interface Glimpse {
  readonly digit: readonly number[];
  readonly hiddenMean: readonly number[];
  readonly hidden: readonly number[];
  readonly back: readonly number[];
}

/** The grey levels of a digit. */
export function pixelsOf(digit: Digit, { test, exampleDims }: Dataset): Float32Array {
  if (typeof digit !== 'number') return Float32Array.from(digit);
  const size = exampleSize(exampleDims);
  return test.features.slice((digit - 1) * size, digit * size);
}

export function lookAt(rbm: Rbm, digit: Digit, dataset: Dataset): Glimpse {
  const features = pixelsOf(digit, dataset);
  const stream = openStream('threefry', 0).child('look');
  const rows = rowsFromFeatures(rbm.visible, 'grey', { count: 1, width: features.length, features }, stream);
  const drawn = sampleHiddenFromVisible(rbm, rows, stream.child('hidden'));
  return {
    digit: [...features],
    hiddenMean: [...meanHiddenFromVisible(rbm, rows).data],
    hidden: [...denseRows(rbm.hidden, drawn).data],
    back: [...meanVisibleFromHidden(rbm, drawn).data],
  };
}
