import type { Language } from '../../messages/define.ts';
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { localized } from '../figures/figure.ts';
import { formatNumber } from '../figures/number-format.ts';
import { definitionList } from '../html/facts-markup.ts';
import { figureMarkup, framed } from '../html/figure-markup.ts';
import { judgementMarkup } from '../html/judgement-markup.ts';
import { say } from '../html/markup.ts';
import { pictureMarkup, pictureTable } from '../html/picture-markup.ts';
import { imageGrid } from '../images/image-grid.ts';
import { reconstructionPairs } from '../images/reconstruction-pairs.ts';
import { overlaidHistogramsSvg } from '../svg/overlaid-histograms-svg.ts';
import { activityPicture } from './activity-picture.ts';
import { energyFigure } from './energy-figure.ts';
import { historyFigures } from './history-figures.ts';
import type { LayerReport } from './rbm-report-data.ts';
import { spectrumFigure } from './spectrum-figure.ts';
import { inWords } from './words.ts';

const mostFilters = 144;

/**
 * Everything that is known about one machine of the stack, as the body of its section.
 *
 * @param prefix  goes before the ids of the figures
 * @param languages  all languages, the one that the page opens in first
 */
export function layerMarkup(layer: LayerReport, prefix: string, languages: readonly Language[]): string {
  const [language] = languages;
  const parts: string[] = [];
  if (layer.judgement.length > 0) parts.push(judgementMarkup(layer.judgement, `${prefix}-judgement`));
  const history = historyFigures(layer.history, prefix);
  if (history.likelihood !== null) parts.push(figureMarkup(history.likelihood, languages));
  if (layer.filters !== undefined) parts.push(filtersMarkup(layer.filters, prefix, language));
  if (layer.reconstructions !== undefined) {
    parts.push(reconstructionsMarkup(layer.reconstructions, prefix, language));
  }
  if (layer.chains !== undefined) {
    const frame = {
      id: `${prefix}-chains`,
      title: localized(labels.chainsTitle, {}),
      summary: localized(labels.chainsSummary, { chains: layer.chains.rows.length }),
    };
    parts.push(pictureTable(frame, layer.chains, language));
  }
  if (layer.hiddenActivity !== undefined) {
    const { pixels, summary } = activityPicture(layer.hiddenActivity);
    const frame = { id: `${prefix}-activity`, title: localized(labels.activityTitle, {}), summary };
    parts.push(pictureMarkup(frame, pixels, language));
  }
  for (const figure of history.others) parts.push(figureMarkup(figure, languages));
  if (layer.freeEnergies !== undefined) parts.push(energiesMarkup(layer.freeEnergies, prefix, languages));
  if (layer.spectrum !== undefined && layer.spectrum.after.length > 1) {
    parts.push(figureMarkup(spectrumFigure(layer.spectrum, `${prefix}-spectrum`), languages));
  }
  if (layer.training.length > 0) {
    const facts = layer.training.map(([name, value]) => [inWords(name), inWords(value)] as const);
    parts.push(`<h3>${say(localized(labels.trainingFacts, {}))}</h3>${definitionList(facts)}`);
  }
  return parts.join('');
}

function filtersMarkup(
  { shape, images }: NonNullable<LayerReport['filters']>,
  prefix: string,
  language: Language,
): string {
  if (images.length === 0) return '';
  const shown = images.slice(0, mostFilters);
  const frame = {
    id: `${prefix}-filters`,
    title: localized(labels.filtersTitle, {}),
    summary: localized(labels.filtersSummary, { shown: shown.length, of: images.length }),
  };
  return pictureMarkup(frame, imageGrid(shown, { shape, map: 'diverging' }), language);
}

function reconstructionsMarkup(
  { shape, originals, reconstructions }: NonNullable<LayerReport['reconstructions']>,
  prefix: string,
  language: Language,
): string {
  if (originals.length === 0) return '';
  const pairs = reconstructionPairs(originals, reconstructions);
  let squares = 0;
  originals.forEach((original, row) => {
    for (let i = 0; i < original.length; i++) squares += (original[i] - reconstructions[row][i]) ** 2;
  });
  const frame = {
    id: `${prefix}-reconstructions`,
    title: localized(labels.reconstructionsTitle, {}),
    summary: localized(labels.reconstructionsSummary, { error: formatNumber(squares / originals.length) }),
  };
  return pictureMarkup(frame, imageGrid(pairs, { shape, group: 2 }), language);
}

function energiesMarkup(
  energies: NonNullable<LayerReport['freeEnergies']>,
  prefix: string,
  languages: readonly Language[],
): string {
  const figure = energyFigure(energies, `${prefix}-energies`);
  if (figure === null) return '';
  const draw = (width: number, height: number, suffix: string) =>
    overlaidHistogramsSvg(figure, { width, height, languages, suffix }).outerHTML;
  return framed(
    figure,
    `<div class="wide">${draw(920, 340, 'wide')}</div><div class="narrow">${draw(372, 320, 'narrow')}</div>`,
  );
}
