import { type Language, languages } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { commandMarkup, definitionList } from '../html/facts-markup.ts';
import { paragraphs } from '../html/markup.ts';
import { htmlPage, type PageSection } from '../html/page.ts';
import { pageStyle } from '../html/page-style.ts';
import { pictureTable } from '../html/picture-markup.ts';
import { layerMarkup } from './layer-markup.ts';
import type { RbmReportData } from './rbm-report-data.ts';
import { inWords } from './words.ts';

/** Curves of these reports use the first styles of the palette. */
const styles = 9;

/**
 * The report of a Boltzmann machine or deep belief net: one HTML file that loads nothing, holds both languages, follows
 * the reader's colour scheme and shows every figure without script.
 *
 * @param options.language  the language that it opens in; the reader can switch
 * @throws report.not_a_machine, report.bad_images
 */
export function rbmReport(data: RbmReportData, { language }: { language: Language }): string {
  checkFormat(data);
  const named = { model: data.model, data: data.dataset.name };
  const layers = data.layers.length;
  const order = [language, ...languages.filter((one) => one !== language)];
  return htmlPage(
    {
      title: localized(labels.pageTitle, named),
      heading: localized(labels.heading, { layers }),
      lead: localized(labels.lead, { ...named, layers, train: data.dataset.train }),
      headline: null,
      sections: sections(data, order),
      style: pageStyle(styles),
      outsetVersion: data.outsetVersion,
    },
    language,
  );
}

function sections(data: RbmReportData, order: readonly Language[]): PageSection[] {
  const layers = data.layers.map((layer, i) => ({
    id: `layer-${i + 1}`,
    heading: localized(labels.layerHeading, {
      number: i + 1,
      visible: inWords(layer.visible),
      hidden: inWords(layer.hidden),
    }),
    body: layerMarkup(layer, `layer-${i + 1}`, order),
  }));
  const { dreams } = data;
  return [
    ...(dreams === undefined
      ? []
      : [
          {
            id: 'dreams',
            heading: localized(labels.dreamsHeading, {}),
            body: pictureTable(
              {
                id: 'dreams-pictures',
                title: localized(labels.dreamsTitle, {}),
                summary: localized(labels.dreamsSummary, {}),
              },
              dreams,
              order[0],
            ),
          },
        ]),
    ...layers,
    { id: 'again', heading: localized(labels.repeatHeading, {}), body: factsBody(data) },
  ];
}

function factsBody({ dataset, command, facts, createdAt, seconds }: RbmReportData): string {
  const all: [Localized, Localized][] = [
    [
      localized(reportLabels.factData, {}),
      verbatim([dataset.name, dataset.description].filter(Boolean).join(': ')),
    ],
    [
      localized(reportLabels.factExamples, {}),
      localized(reportLabels.examples, {
        train: dataset.train.toLocaleString('en-US'),
        test: dataset.test.toLocaleString('en-US'),
      }),
    ],
    ...facts.map(([name, value]): [Localized, Localized] => [inWords(name), inWords(value)]),
    [localized(reportLabels.factDate, {}), verbatim(createdAt)],
    [localized(reportLabels.factTime, {}), localized(reportLabels.duration, { seconds })],
  ];
  return paragraphs([localized(labels.repeatExplained, {})]) + commandMarkup(command) + definitionList(all);
}

function checkFormat(data: RbmReportData): void {
  const { format, version } = (data ?? {}) as { format?: unknown; version?: unknown };
  if (format === 'outset-rbm-report' && version === 1) return;
  throw new OutsetError('report.not_a_machine', {
    format: format === undefined ? '–' : String(format),
    version: version === undefined ? '–' : String(version),
  });
}
