/** Bars and stripes (MacKay 2003, section 43): the smallest picture of what a Boltzmann machine has to learn. */

import type { Language } from '../messages/define.ts';
import { OutsetError } from '../messages/error.ts';
import { dataLabels } from '../messages/labels/data.ts';
import { type Dataset, makeDataset, type Split } from './dataset.ts';

export interface BarsAndStripesOptions {
  /** Pixels a side, 2 to 10; default 3. */
  readonly side?: number;
  /** Pixels from top to bottom and from left to right, each 2 to 10; default `side`. */
  readonly rows?: number;
  readonly columns?: number;
  /** Language of the description; default English. */
  readonly language?: Language;
}

/**
 * Every different image whose rows are all on or off (class `stripes`), or whose columns are (class `bars`): the
 * blank and the full image once, as stripes, so 2^rows + 2^columns - 2 of them. Training and test part are the same: all there
 * is. A model that knows them all equally well has the mean log-likelihood -ln(2^rows + 2^columns - 2).
 */
export function barsAndStripes(options: BarsAndStripesOptions = {}): Dataset {
  const { side = 3, rows = side, columns = side } = options;
  for (const [name, got] of Object.entries({ side, rows, columns })) {
    if (Number.isInteger(got) && got >= 2 && got <= 10) continue;
    const details = { data: 'bars-and-stripes', name, expected: '2 ... 10', got: String(got) };
    throw new OutsetError('data.bad_parameter', details);
  }
  const size = rows * columns;
  const count = 2 ** rows + 2 ** columns - 2;
  const features = new Float32Array(count * size);
  const labels = new Int32Array(count);
  let example = 0;
  for (const [kind, lines] of [rows, columns].entries()) {
    const patterns = 2 ** lines;
    for (let pattern = 0; pattern < patterns; pattern++) {
      if (kind === 1 && (pattern === 0 || pattern === patterns - 1)) continue;
      for (let pixel = 0; pixel < size; pixel++) {
        const line = kind === 0 ? Math.floor(pixel / columns) : pixel % columns;
        features[example * size + pixel] = (pattern >> line) & 1;
      }
      labels[example++] = kind;
    }
  }
  const part: Split = { count, features, labels };
  return makeDataset({
    name: 'bars-and-stripes',
    train: part,
    test: part,
    exampleDims: [1, rows, columns],
    task: { kind: 'classification', classes: ['stripes', 'bars'] },
    description: dataLabels.barsAndStripes[options.language ?? 'en']({ rows, columns, count }),
  });
}
