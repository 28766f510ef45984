/** The pictures of a machine that are made of pixels, with their titles and summaries. */
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { type Localized, localized } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';
import { imageGrid } from '../images/image-grid.ts';
import type { Pixels } from '../images/pixels.ts';
import { reconstructionPairs } from '../images/reconstruction-pairs.ts';
import { activityPicture } from './activity-picture.ts';
import type { LayerReport } from './rbm-report-data.ts';

export interface PixelFigure {
  readonly name: 'filters' | 'reconstructions' | 'activity';
  readonly title: Localized;
  readonly summary: Localized;
  readonly pixels: Pixels;
}

/** @param most  filters that are shown; the rest are left out */
export function filtersFigure({ filters }: LayerReport, most: number): PixelFigure | null {
  if (filters === undefined || filters.images.length === 0) return null;
  const shown = filters.images.slice(0, most);
  return {
    name: 'filters',
    title: localized(labels.filtersTitle, {}),
    summary: localized(labels.filtersSummary, { shown: shown.length, of: filters.images.length }),
    pixels: imageGrid(shown, { shape: filters.shape, map: 'diverging' }),
  };
}

export function reconstructionsFigure({ reconstructions: given }: LayerReport): PixelFigure | null {
  if (given === undefined || given.originals.length === 0) return null;
  const { shape, originals, reconstructions } = given;
  const pairs = reconstructionPairs(originals, reconstructions);
  let squares = 0;
  originals.forEach((original, row) => {
    for (let i = 0; i < original.length; i++) squares += (original[i] - reconstructions[row][i]) ** 2;
  });
  return {
    name: 'reconstructions',
    title: localized(labels.reconstructionsTitle, {}),
    summary: localized(labels.reconstructionsSummary, { error: formatNumber(squares / originals.length) }),
    pixels: imageGrid(pairs, { shape, group: 2 }),
  };
}

export function activityFigure({ hiddenActivity }: LayerReport): PixelFigure | null {
  if (hiddenActivity === undefined) return null;
  const { pixels, summary } = activityPicture(hiddenActivity);
  return { name: 'activity', title: localized(labels.activityTitle, {}), summary, pixels };
}
