import { OutsetError } from '../../messages/error.ts';
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { type Localized, localized } from '../figures/figure.ts';
import { formatNumber, formatPercent } from '../figures/number-format.ts';
import { fill } from '../images/cell.ts';
import { paint } from '../images/color-map.ts';
import { blankPixels, type Pixels } from '../images/pixels.ts';
import { rangesOf } from '../images/value-range.ts';
import type { LayerReport } from './rbm-report-data.ts';

export type HiddenActivity = NonNullable<LayerReport['hiddenActivity']>;

export interface ActivityPicture {
  readonly pixels: Pixels;
  /** Units that are never above 0.05 (of real values: equal for all cases). */
  readonly dead: number;
  /** Units that are never below 0.95; 0 for real values. */
  readonly saturated: number;
  readonly summary: Localized;
}

const markHeight = 6;
const marks = { dead: [86, 160, 211, 255], saturated: [236, 120, 46, 255] };

/**
 * The means of the hidden units as a picture, cases down and units across (Hinton 2010, section 15.4). The units are
 * ordered by their mean, so that dead and saturated ones stand together at the two ends, and are marked above.
 *
 * @throws report.bad_images
 */
export function activityPicture({ cases, units, values, scale }: HiddenActivity): ActivityPicture {
  if (!(cases >= 1 && units >= 1) || values.length !== cases * units) {
    throw new OutsetError('report.bad_images', {
      what: 'hiddenActivity.values',
      expected: `${cases} x ${units} numbers`,
      got: String(values.length),
    });
  }
  const low = new Float64Array(units).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(units).fill(Number.NEGATIVE_INFINITY);
  const mean = new Float64Array(units);
  const share = (index: number) => (scale === 'spin' ? (values[index] + 1) / 2 : values[index]);
  for (let i = 0; i < values.length; i++) {
    const unit = i % units;
    const value = share(i);
    low[unit] = Math.min(low[unit], value);
    high[unit] = Math.max(high[unit], value);
    mean[unit] += value / cases;
  }
  const isDead = (unit: number) => (scale === 'real' ? high[unit] === low[unit] : high[unit] <= 0.05);
  const isSaturated = (unit: number) => scale !== 'real' && low[unit] >= 0.95;
  const order = Array.from({ length: units }, (_, unit) => unit).sort((a, b) => mean[a] - mean[b] || a - b);
  const wide = Math.max(1, Math.floor(760 / units));
  const tall = Math.max(1, Math.floor(280 / cases));
  const top = markHeight + 2;
  const pixels = blankPixels(units * wide, top + cases * tall);
  const range = scale === 'real' ? rangesOf([values], 'grey', 'shared')[0] : ([0, 1] as const);
  const color = new Uint8Array(4);
  order.forEach((unit, column) => {
    const mark = isDead(unit) ? marks.dead : isSaturated(unit) ? marks.saturated : null;
    if (mark !== null) fill(pixels, column * wide, 0, wide, markHeight, mark);
    for (let row = 0; row < cases; row++) {
      paint(color, 0, share(row * units + unit), 'grey', range);
      fill(pixels, column * wide, top + row * tall, wide, tall, color);
    }
  });
  const dead = order.filter(isDead).length;
  const saturated = order.filter(isSaturated).length;
  const average = mean.reduce((sum, one) => sum + one, 0) / units;
  return {
    pixels,
    dead,
    saturated,
    summary:
      scale === 'real'
        ? localized(labels.activityRealSummary, { cases, units, dead, mean: formatNumber(average) })
        : localized(labels.activitySummary, {
            cases,
            units,
            dead,
            saturated,
            mean: formatPercent(average, 1),
          }),
  };
}
