import type { Language } from '../../messages/define.ts';
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { localized } from '../figures/figure.ts';
import { definitionList } from '../html/facts-markup.ts';
import { figureMarkup, framed } from '../html/figure-markup.ts';
import { judgementMarkup } from '../html/judgement-markup.ts';
import { say } from '../html/markup.ts';
import { pictureMarkup, pictureTable } from '../html/picture-markup.ts';
import { overlaidHistogramsSvg } from '../svg/overlaid-histograms-svg.ts';
import { energyFigure } from './energy-figure.ts';
import { historyFigures } from './history-figures.ts';
import { activityFigure, filtersFigure, type PixelFigure, reconstructionsFigure } from './layer-frames.ts';
import type { LayerReport } from './rbm-report-data.ts';
import { spectrumFigure } from './spectrum-figure.ts';
import { inWords } from './words.ts';

/** A page holds no more filters than can be looked at. */
const mostFilters = 144;

/**
 * Everything that is known about one machine of the stack, as the body of its section.
 *
 * @param prefix  goes before the ids of the figures
 * @param languages  all languages, the one that the page opens in first
 */
export function layerMarkup(layer: LayerReport, prefix: string, languages: readonly Language[]): string {
  const [language] = languages;
  const history = historyFigures(layer.history, prefix);
  const picture = (figure: PixelFigure | null) =>
    figure === null
      ? ''
      : pictureMarkup({ ...figure, id: `${prefix}-${figure.name}` }, figure.pixels, language);
  return [
    layer.judgement.length > 0 ? judgementMarkup(layer.judgement, `${prefix}-judgement`) : '',
    history.likelihood === null ? '' : figureMarkup(history.likelihood, languages),
    picture(filtersFigure(layer, mostFilters)),
    picture(reconstructionsFigure(layer)),
    chainsMarkup(layer, prefix, language),
    picture(activityFigure(layer)),
    ...history.others.map((figure) => figureMarkup(figure, languages)),
    energiesMarkup(layer, prefix, languages),
    layer.spectrum !== undefined && layer.spectrum.after.length > 1
      ? figureMarkup(spectrumFigure(layer.spectrum, `${prefix}-spectrum`), languages)
      : '',
    trainingMarkup(layer),
  ].join('');
}

function chainsMarkup({ chains }: LayerReport, prefix: string, language: Language): string {
  if (chains === undefined) return '';
  const frame = {
    id: `${prefix}-chains`,
    title: localized(labels.chainsTitle, {}),
    summary: localized(labels.chainsSummary, { chains: chains.rows.length }),
  };
  return pictureTable(frame, chains, language);
}

function energiesMarkup(
  { freeEnergies }: LayerReport,
  prefix: string,
  languages: readonly Language[],
): string {
  const figure = freeEnergies === undefined ? null : energyFigure(freeEnergies, `${prefix}-energies`);
  if (figure === null) return '';
  const draw = (width: number, height: number, suffix: string) =>
    overlaidHistogramsSvg(figure, { width, height, languages, suffix }).outerHTML;
  return framed(
    figure,
    `<div class="wide">${draw(920, 340, 'wide')}</div><div class="narrow">${draw(372, 320, 'narrow')}</div>`,
  );
}

function trainingMarkup({ training }: LayerReport): string {
  if (training.length === 0) return '';
  const facts = training.map(([name, value]) => [inWords(name), inWords(value)] as const);
  return `<h3>${say(localized(labels.trainingFacts, {}))}</h3>${definitionList(facts)}`;
}
