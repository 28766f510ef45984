import type { Diagnosis, Prescription } from '../../doctor/diagnosis.ts';
import { type Language, languages } from '../../messages/define.ts';
import { OutsetError } from '../../messages/error.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { reportLabels } from '../../messages/labels/report.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { formatCount, formatNumber } from '../figures/number-format.ts';
import { commandMarkup, definitionList } from '../html/facts-markup.ts';
import { figureMarkup } from '../html/figure-markup.ts';
import { escaped, paragraphs, say } from '../html/markup.ts';
import { htmlPage, type PageSection } from '../html/page.ts';
import { pageStyle } from '../html/page-style.ts';
import { changeMarkup } from './change-markup.ts';
import { codeToWrite } from './code/code-to-write.ts';
import { depthFigure, doctorStyles } from './depth-figures.ts';
import { findingsMarkup } from './findings-markup.ts';
import { graphMarkup, graphStyle } from './graph-markup.ts';
import { layersMarkup } from './layers-markup.ts';
import { prescriptionsOf } from './prescriptions-of.ts';
import { provenanceMarkup } from './provenance-markup.ts';
import type { DoctorReportData } from './report-data.ts';
import { diagnosisNotes } from './screen.ts';
import { doctorStyle } from './style.ts';
import { leadSentence, planText, verdictSentence } from './words.ts';

/**
 * The report of a diagnosis: one HTML file that loads nothing, holds both languages, follows the reader's colour scheme
 * and shows every figure without script.
 *
 * @param options.language  the language that it opens in; the reader can switch
 * @throws report.not_a_diagnosis
 */
export function doctorReport(data: DoctorReportData, { language }: { language: Language }): string {
  checkFormat(data);
  const { diagnosis } = data;
  const { subject } = diagnosis;
  const order = [language, ...languages.filter((one) => one !== language)];
  return htmlPage(
    {
      title: localized(labels.pageTitle, { title: subject.title }),
      heading: localized(labels.heading, {}),
      lead: leadSentence(diagnosis),
      headline: verdictSentence(diagnosis),
      sections: sections(data, order),
      style: pageStyle(doctorStyles) + doctorStyle + graphStyle.replaceAll('\n', ''),
      outsetVersion: data.outsetVersion,
    },
    language,
  );
}

function sections(data: DoctorReportData, order: readonly Language[]): PageSection[] {
  const { diagnosis, fix } = data;
  const code = codeMarkup(diagnosis, fix?.prescriptions ?? prescriptionsOf(diagnosis));
  const notes = paragraphs(diagnosisNotes(diagnosis), 'class="notes"');
  const section = (id: string, heading: Localized, body: string) => ({ id, heading, body });
  return [
    section('findings', localized(labels.findingsHeading, {}), findingsMarkup(diagnosis) + notes),
    section(
      'signal',
      localized(labels.signalHeading, {}),
      paragraphs([localized(labels.signalExplained, {})]) +
        (['forward', 'backward'] as const)
          .map((direction) => depthFigure(diagnosis, direction, fix?.after))
          .map((figure) => figureMarkup(figure, order))
          .join(''),
    ),
    ...(fix === null ? [] : [section('fix', localized(labels.fixHeading, {}), changeMarkup(diagnosis, fix))]),
    ...(code === '' ? [] : [section('code', localized(labels.codeHeading, {}), code)]),
    section('graph', localized(labels.graphHeading, {}), graphMarkup(diagnosis)),
    section('layers', localized(labels.layersHeading, {}), layersMarkup(diagnosis)),
    ...(diagnosis.measurement.provenance.length === 0
      ? []
      : [section('provenance', localized(labels.provenanceHeading, {}), provenanceMarkup(diagnosis))]),
    section('again', localized(labels.againHeading, {}), factsBody(data)),
  ];
}

function codeMarkup(diagnosis: Diagnosis, prescriptions: readonly Prescription[]): string {
  const codes = codeToWrite(prescriptions, diagnosis);
  if (codes.length === 0) return '';
  return (
    paragraphs([localized(labels.codeExplained, {})]) +
    codes
      .map(
        ({ framework, code }, i) =>
          `<details class="code"${i === 0 ? ' open' : ''}><summary>${say(localized(labels.framework, { framework }))}</summary><pre tabindex="0"><code>${escaped(code)}</code></pre></details>`,
      )
      .join('')
  );
}

function factsBody({ diagnosis, command, data, createdAt }: DoctorReportData): string {
  const { subject, measurement, prediction, verdict } = diagnosis;
  const { jacobian, tangentKernel, sharpness } = measurement;
  const asymptotics = prediction?.asymptotics;
  const facts: [Localized, Localized][] = [
    [localized(labels.factOrigin, {}), verbatim(`${subject.title} (${subject.origin})`)],
    [localized(reportLabels.factData, {}), verbatim(data)],
    [localized(labels.factBatch, {}), verbatim(formatCount(measurement.batchSize))],
    [localized(labels.factPlan, {}), planText(verdict)],
    [localized(labels.factBaseline, {}), localized(labels.baseline, { passes: verdict.baseline })],
    ...(asymptotics === undefined
      ? []
      : ([
          [
            localized(labels.factPhase, {}),
            localized(labels.phase, {
              phase: asymptotics.phase,
              chi: formatNumber(asymptotics.chi),
              q:
                asymptotics.fixedPoint === Number.POSITIVE_INFINITY
                  ? '∞'
                  : formatNumber(asymptotics.fixedPoint),
            }),
          ],
        ] as [Localized, Localized][])),
    ...(jacobian === null
      ? []
      : ([
          [
            localized(labels.factJacobian, {}),
            verbatim(
              [jacobian.largest, jacobian.rootMeanSquare, jacobian.smallest]
                .map((value) => formatNumber(value))
                .join(', '),
            ),
          ],
        ] as [Localized, Localized][])),
    ...(tangentKernel === null
      ? []
      : ([[localized(labels.factTangent, {}), verbatim(formatNumber(tangentKernel.condition))]] as [
          Localized,
          Localized,
        ][])),
    ...(sharpness === null
      ? []
      : ([[localized(labels.factSharpness, {}), verbatim(formatNumber(sharpness))]] as [
          Localized,
          Localized,
        ][])),
    [localized(reportLabels.factDate, {}), verbatim(createdAt)],
    [
      localized(reportLabels.factTime, {}),
      localized(reportLabels.duration, { seconds: measurement.seconds }),
    ],
  ];
  return paragraphs([localized(labels.againExplained, {})]) + commandMarkup(command) + definitionList(facts);
}

function checkFormat(data: DoctorReportData): void {
  const { format, version } = (data ?? {}) as { format?: unknown; version?: unknown };
  if (format === 'outset-diagnosis' && version === 1) return;
  throw new OutsetError('report.not_a_diagnosis', {
    format: format === undefined ? '–' : String(format),
    version: version === undefined ? '–' : String(version),
  });
}
