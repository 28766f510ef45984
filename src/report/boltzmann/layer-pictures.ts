import type { Language } from '../../messages/define.ts';
import type { LineFigure } from '../figures/figure.ts';
import { imageGrid } from '../images/image-grid.ts';
import { pixelsPng } from '../images/pixels.ts';
import { rangesOf } from '../images/value-range.ts';
import { lineSvg } from '../svg/line-svg.ts';
import { overlaidHistogramsSvg } from '../svg/overlaid-histograms-svg.ts';
import { standaloneSvg } from '../svg/standalone.ts';
import { energyFigure } from './energy-figure.ts';
import { historyFigures } from './history-figures.ts';
import { activityFigure, filtersFigure, reconstructionsFigure } from './layer-frames.ts';
import type { LayerReport, PictureRows } from './rbm-report-data.ts';
import { spectrumFigure } from './spectrum-figure.ts';

const size = { width: 960, height: 420, styles: 9 };

/**
 * The pictures of a machine as files, by name: `filters.png` (all of them), `reconstructions.png`, `activity.png`,
 * `chains.png`, and the curves `likelihood.svg`, `gap.svg`, `error.svg`, `energies.svg`, `spectrum.svg`. What the data
 * do not hold is absent.
 *
 * @throws report.bad_images
 */
export function layerPictures(
  layer: LayerReport,
  { language }: { language: Language },
): ReadonlyMap<string, Uint8Array | string> {
  const files = new Map<string, Uint8Array | string>();
  const pictures = [
    filtersFigure(layer, Number.POSITIVE_INFINITY),
    reconstructionsFigure(layer),
    activityFigure(layer),
  ];
  for (const picture of pictures) {
    if (picture !== null) files.set(`${picture.name}.png`, pixelsPng(picture.pixels));
  }
  if (layer.chains !== undefined) {
    const chains = pictureRowsPng(layer.chains);
    if (chains !== null) files.set('chains.png', chains);
  }
  const add = (figure: LineFigure | null) => {
    if (figure === null) return;
    const svg = lineSvg(figure, { ...size, languages: [language], suffix: 'picture' });
    files.set(`${figure.id.replace('picture-', '')}.svg`, standaloneSvg(svg, size));
  };
  const history = historyFigures(layer.history, 'picture');
  for (const figure of [history.likelihood, ...history.others]) add(figure);
  if (layer.spectrum !== undefined && layer.spectrum.after.length > 1) {
    add(spectrumFigure(layer.spectrum, 'picture-spectrum'));
  }
  const energies = layer.freeEnergies === undefined ? null : energyFigure(layer.freeEnergies, 'energies');
  if (energies !== null) {
    const svg = overlaidHistogramsSvg(energies, { ...size, languages: [language], suffix: 'picture' });
    files.set('energies.svg', standaloneSvg(svg, size));
  }
  return files;
}

/** Rows of pictures as one PNG without their names; null where the rows are not all of one length. */
export function pictureRowsPng({ shape, rows }: PictureRows): Uint8Array | null {
  const columns = rows[0]?.images.length ?? 0;
  if (columns === 0 || rows.some(({ images }) => images.length !== columns)) return null;
  const all = rows.flatMap(({ images }) => images);
  const [range] = rangesOf(all, 'grey', 'shared');
  return pixelsPng(imageGrid(all, { shape, columns, range }));
}
