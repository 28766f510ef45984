/** Bars and stripes (MacKay 2003, section 43): the smallest picture of what a Boltzmann machine has to learn. */

import type { Language } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { dataLabels } from '../messages/labels/data.ts';
import { type Dataset, makeDataset, type Split } from './dataset.ts';

export interface BarsAndStripesOptions {
  /** Pixels a side, 2 to 10; default 3. */
  readonly side?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Every different square image whose rows are all on or off (class `stripes`), or whose columns are (class `bars`): the
 * blank and the full image once, as stripes, so 2^(side + 1) - 2 of them. Training and test part are the same: all there
 * is. A model that knows them all equally well has the mean log-likelihood -ln(2^(side + 1) - 2).
 */
export function barsAndStripes(options: BarsAndStripesOptions = {}): Dataset {
  const side = options.side ?? 3;
  if (!Number.isInteger(side) || side < 2 || side > 10) {
    const details = { data: 'bars-and-stripes', name: 'side', expected: '2 ... 10', got: String(side) };
    throw new OutsetError('data.bad_parameter', details);
  }
  const patterns = 2 ** side;
  const count = 2 * patterns - 2;
  const features = new Float32Array(count * side * side);
  const labels = new Int32Array(count);
  let example = 0;
  for (const kind of [0, 1]) {
    for (let pattern = 0; pattern < patterns; pattern++) {
      if (kind === 1 && (pattern === 0 || pattern === patterns - 1)) continue;
      for (let pixel = 0; pixel < side * side; pixel++) {
        const line = kind === 0 ? Math.floor(pixel / side) : pixel % side;
        features[example * side * side + pixel] = (pattern >> line) & 1;
      }
      labels[example++] = kind;
    }
  }
  const part: Split = { count, features, labels };
  return makeDataset({
    name: 'bars-and-stripes',
    train: part,
    test: part,
    exampleDims: [1, side, side],
    task: { kind: 'classification', classes: ['stripes', 'bars'] },
    description: dataLabels.barsAndStripes[options.language ?? 'en']({ side, count }),
  });
}
