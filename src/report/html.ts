import { type Language, languages } from '../messages/define.ts';
import { reportLabels } from '../messages/labels/report.ts';
import type { RaceResult } from '../race/result.ts';
import { checkRace } from './check-race.ts';
import { closeAccuracyFigure, testFigure } from './figures/accuracy.ts';
import { costFigure } from './figures/cost.ts';
import { depthFigures, layerNames, quantityNames } from './figures/depth.ts';
import { localized } from './figures/figure.ts';
import { gradientFigure } from './figures/gradient.ts';
import { formatNumber } from './figures/number-format.ts';
import { headline } from './figures/results.ts';
import { groupByStart, seedCount } from './figures/seeds.ts';
import { standingStill } from './figures/standing-still.ts';
import { factsMarkup } from './html/facts-markup.ts';
import { figureMarkup, panelMarkup } from './html/figure-markup.ts';
import { histogramsMarkup } from './html/histogram-markup.ts';
import { paragraphs, say } from './html/markup.ts';
import { htmlPage, type PageSection } from './html/page.ts';
import { pageStyle } from './html/page-style.ts';
import { resultsMarkup } from './html/results-markup.ts';

/**
 * The report of a race: one HTML file that loads nothing, holds both languages, follows the reader's colour scheme
 * and shows every figure without script.
 *
 * @param options.language  the language that it opens in; the reader can switch
 */
export function raceReport(result: RaceResult, { language }: { language: Language }): string {
  checkRace(result);
  const title = localized(reportLabels.pageTitle, {
    network: result.networkTitle,
    data: result.dataset.name,
  });
  return htmlPage(
    {
      title,
      heading: localized(reportLabels.heading, {}),
      lead: localized(reportLabels.lead, {
        network: result.networkTitle,
        data: result.dataset.name,
        starts: groupByStart(result).length,
        seeds: seedCount(result),
        epochs: result.spec.training.epochs,
      }),
      headline: headline(result),
      sections: sections(result, [language, ...languages.filter((one) => one !== language)]),
      style: pageStyle(groupByStart(result).length),
      outsetVersion: result.outsetVersion,
    },
    language,
  );
}

function sections(result: RaceResult, order: readonly Language[]): PageSection[] {
  const text = (label: (typeof reportLabels)['copy']) => localized(label, {});
  const still = standingStill(result);
  const close = closeAccuracyFigure(result);
  const traced = layerNames(result).length > 0;
  return [
    { id: 'results', heading: text(reportLabels.resultsHeading), body: resultsMarkup(result) },
    { id: 'costs', heading: text(reportLabels.costHeading), body: costBody(result, order) },
    {
      id: 'tests',
      heading: text(reportLabels.accuracyHeading),
      body:
        paragraphs([text(reportLabels.accuracyExplained)]) +
        figureMarkup(testFigure(result), order) +
        (close === null ? '' : figureMarkup(close, order)),
    },
    {
      id: 'gradients',
      heading: text(reportLabels.gradientHeading),
      body: paragraphs([text(reportLabels.gradientExplained)]) + figureMarkup(gradientFigure(result), order),
    },
    ...(still.length === 0
      ? []
      : [
          {
            id: 'still',
            heading: text(reportLabels.zeroHeading),
            body: `${paragraphs([text(reportLabels.zeroExplained)])}<ul>${still.map((one) => `<li>${say(one)}</li>`).join('')}</ul>`,
          },
        ]),
    ...(traced ? tracedSections(result, order) : []),
    { id: 'again', heading: text(reportLabels.repeatHeading), body: factsMarkup(result) },
  ];
}

function tracedSections(result: RaceResult, order: readonly Language[]): PageSection[] {
  const panels = quantityNames.flatMap((name) => {
    const { start, end } = depthFigures(result, name);
    return [start, end];
  });
  const shared = panels[0].notes.filter(({ en }) =>
    panels.every(({ notes }) => notes.some((note) => note.en === en)),
  );
  return [
    {
      id: 'depth',
      heading: localized(reportLabels.depthHeading, {}),
      body: `${paragraphs([localized(reportLabels.depthExplained, {})])}${paragraphs(shared, 'class="notes"')}<div class="panels">${panels.map((panel) => panelMarkup(panel, shared, order)).join('')}</div>`,
    },
    { id: 'layers', heading: localized(reportLabels.histogramHeading, {}), body: histogramsMarkup(result) },
  ];
}

function costBody(result: RaceResult, order: readonly Language[]): string {
  const classes = result.dataset.classes?.length ?? 0;
  const crossEntropy = result.spec.training.loss === 'softmax-cross-entropy';
  const texts = [localized(reportLabels.costExplained, {})];
  if (crossEntropy && classes > 1) {
    texts.push(localized(reportLabels.chanceExplained, { classes, chance: formatNumber(Math.log(classes)) }));
  }
  // Many raw curves hide the rest: off at first where there are more than five.
  const checked = groupByStart(result).length <= 5 ? ' checked' : '';
  return (
    `${paragraphs(texts)}<p><label><input type="checkbox" id="raw"${checked}> ${say(localized(reportLabels.showRaw, {}))}</label></p>` +
    figureMarkup(costFigure(result), order)
  );
}
