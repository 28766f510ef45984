import type { Diagnosis, Finding, Severity, VerdictName } from '../../doctor/diagnosis.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { absent, formatCount, formatNumber, formatPercent } from '../figures/number-format.ts';
import { lineChart } from '../terminal/line-chart.ts';
import { bold, harmless, narrowest, painted, type TerminalOptions } from '../terminal/options.ts';
import { cutText, padText, textWidth, wrapText } from '../terminal/text-width.ts';
import { screenFigure } from './depth-figures.ts';
import { foldLayersTo, type LayerRange } from './layer-ranges.ts';
import { type LayerValues, layerValues } from './layer-values.ts';
import { evidenceText, findingSentence, layerNames, prescriptionText, verdictSentence } from './words.ts';

/** Lines of a screen. */
const mostLines = 40;
const chartRows = 7;

const marks: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };
/** Places in the palette: vermillion, yellow, grey. */
const severityStyles: Readonly<Record<Severity, number>> = { error: 1, warning: 4, note: 8 };
const verdictMarks: Readonly<Record<VerdictName, readonly [mark: string, style: number]>> = {
  learns: ['✓', 2],
  'learns-slowly': ['~', 4],
  'will-not-learn': ['✗', 1],
  unknown: ['?', 8],
};

/**
 * A diagnosis on one screen: the verdict with its reason, the findings with their evidence and what to do, forward and
 * backward against depth, and the layers with those that are alike in one line. At most 40 lines at 80 columns or more,
 * however deep the network.
 */
export function doctorScreen(diagnosis: Diagnosis, options: TerminalOptions): string {
  const width = Math.max(narrowest, options.width);
  const head = headLines(diagnosis, { ...options, width });
  const notes = noteLines(diagnosis, { ...options, width });
  const chart = chartLines(diagnosis, { ...options, width });
  const layers = layerValues(diagnosis);
  // One line each between the parts.
  const free = mostLines - head.length - notes.length - chart.length - 3;
  const rangesWanted = Math.min(layers.length, 5) + 1;
  const findings = findingLines(diagnosis, Math.max(4, free - rangesWanted), { ...options, width });
  const ranges = layerLines(layers, free - findings.length - 1, { ...options, width });
  const parts = [head, findings, chart, ranges, notes].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(diagnosis: Diagnosis, { language, width, color }: TerminalOptions): string[] {
  const { subject, verdict } = diagnosis;
  const [mark, style] = verdictMarks[verdict.name];
  const facts = labels.subjectLine[language]({
    layers: subject.layers.length,
    parameters: formatCount(subject.parameters),
  });
  const sentence = wrapText(`${mark} ${harmless(verdictSentence(diagnosis)[language])}`, width, '  ').slice(
    0,
    4,
  );
  return [
    cutText(`${harmless(subject.title)}: ${facts}`, width),
    ...sentence.map((line, i) => (i === 0 ? bold(painted(line, style, color), color) : line)),
  ];
}

function findingLines({ findings, verdict }: Diagnosis, most: number, options: TerminalOptions): string[] {
  const { language, width } = options;
  if (findings.length === 0) return [labels.noFindings[language]({})];
  const lines: string[] = [];
  for (const [i, finding] of findings.entries()) {
    const isReason = i === 0 && finding.code === verdict.because[0];
    const block = findingBlock(finding, isReason, options);
    const left = findings.length - i;
    // Room for the line that says how many are left.
    if (lines.length + block.length + (left > 1 ? 1 : 0) > most && i > 0) {
      lines.push(cutText(`  ${labels.more[language]({ count: left })}`, width));
      break;
    }
    lines.push(...block);
  }
  return lines;
}

/** Two or three lines: the sentence, its evidence, what to do. The one that the verdict gave as its reason has none. */
function findingBlock(finding: Finding, isReason: boolean, options: TerminalOptions): string[] {
  const { language, width, color } = options;
  const style = severityStyles[finding.severity];
  const mark = `${marks[finding.severity]} ${labels.severity[language]({ severity: finding.severity })}`;
  const where = harmless(layerNames(finding.layers)[language]);
  const sentence = isReason ? where : `${where}: ${harmless(findingSentence(finding, 'short')[language])}`;
  const evidence = finding.evidence
    .slice(0, 2)
    .map((one) => evidenceText(one)[language])
    .join('; ');
  const wrapped = wrapText(`${mark}  ${sentence}`, width, '    ').slice(0, 2);
  return [
    ...wrapped.map((line, i) => (i === 0 ? painted(mark, style, color) + line.slice(mark.length) : line)),
    ...(evidence === '' ? [] : [cutText(`    ${harmless(evidence)}`, width)]),
    ...(finding.prescription === null
      ? []
      : [cutText(`    → ${harmless(prescriptionText(finding.prescription)[language])}`, width)]),
  ];
}

function chartLines(diagnosis: Diagnosis, options: TerminalOptions): string[] {
  const figure = screenFigure(diagnosis);
  const drawn = figure.curves.some(({ points }) => points.some(({ middle }) => middle !== null));
  if (!drawn || diagnosis.subject.layers.length < 3) return [];
  return lineChart(figure, { ...options, height: chartRows })
    .trimEnd()
    .split('\n');
}

function layerLines(layers: readonly LayerValues[], most: number, options: TerminalOptions): string[] {
  const { language, width, color } = options;
  if (most < 3 || layers.length === 0) return [];
  const ranges = foldLayersTo(layers, most - 1);
  const head = [
    labels.layerColumn,
    labels.fansColumn,
    labels.weightColumn,
    labels.forwardColumn,
    labels.backwardColumn,
    labels.deadColumn,
    labels.correlationColumn,
  ].map((label) => label[language]({}));
  const rows = ranges.map((range) => rangeCells(range, language));
  const widths = head.map((name, i) =>
    Math.max(textWidth(name), ...rows.map((cells) => textWidth(cells[i]))),
  );
  const others = () => widths.slice(1).reduce((sum, one) => sum + one + 2, 0);
  // Where names would be cut short, the last columns make room.
  while (widths.length > 5 && width - others() < Math.min(widths[0], 28)) widths.pop();
  widths[0] = Math.max(12, Math.min(widths[0], width - others()));
  const line = (cells: readonly string[]) =>
    cutText(
      cells
        .slice(0, widths.length)
        .map((cell, i) => padText(cutText(cell, widths[i]), widths[i], i === 0 ? 'left' : 'right'))
        .join('  ')
        .trimEnd(),
      width,
    );
  return [
    bold(line(head), color),
    ...rows.map((cells, i) => {
      const { severity } = ranges[i].layers.reduce(worse);
      const text = line(cells);
      return severity === null
        ? text
        : painted(text.slice(0, 1), severityStyles[severity], color) + text.slice(1);
    }),
  ];
}

function worse(a: LayerValues, b: LayerValues): LayerValues {
  const rank = ({ severity }: LayerValues) =>
    severity === null ? 0 : { note: 1, warning: 2, error: 3 }[severity];
  return rank(b) > rank(a) ? b : a;
}

function rangeCells({ layers }: LayerRange, language: TerminalOptions['language']): string[] {
  const { severity } = layers.reduce(worse);
  const mark = severity === null ? ' ' : marks[severity];
  const name = layers.length === 1 ? layers[0].name : layerNames(namesOf(layers))[language];
  const fans = same(layers.map(({ fanIn, fanOut }) => `${fanIn} → ${fanOut}`));
  const ends = (value: (layer: LayerValues) => number | null, write: (value: number | null) => string) =>
    from(write(value(layers[0])), write(value(layers[layers.length - 1])));
  return [
    `${mark} ${harmless(name)}`,
    fans,
    ends(({ measured }) => measured?.weights.std ?? null, short),
    ends(({ forward }) => forward.measured, short),
    ends(({ backward }) => backward.measured, short),
    ends(
      ({ measured }) => measured?.deadUnits ?? null,
      (value) => formatPercent(value, 0),
    ),
    ends(({ measured }) => measured?.correlation?.mean ?? null, short),
  ];
}

function namesOf(layers: readonly LayerValues[]): string[] {
  return layers.map(({ name }) => name);
}

function short(value: number | null): string {
  return formatNumber(value, 2);
}

function from(first: string, last: string): string {
  return first === last ? first : `${first} … ${last}`;
}

function same(texts: readonly string[]): string {
  return texts.every((text) => text === texts[0]) ? texts[0] : absent;
}

function noteLines(diagnosis: Diagnosis, { language, width }: TerminalOptions): string[] {
  return diagnosisNotes(diagnosis).flatMap((note) => wrapText(`- ${harmless(note[language])}`, width, '  '));
}

/** What a reader has to know before trusting the numbers. */
export function diagnosisNotes({ measurement, prediction }: Diagnosis): { en: string; ko: string }[] {
  const say = <Details>(
    text: { en: (details: Details) => string; ko: (details: Details) => string },
    details: Details,
  ) => ({ en: text.en(details), ko: text.ko(details) });
  const ran = measurement.layers.some(({ preActivations, activations }) => preActivations ?? activations);
  return [
    ...(ran ? [] : [say(labels.staticNote, {})]),
    ...(ran && measurement.data === 'noise' ? [say(labels.noiseNote, {})] : []),
    ...(measurement.backwardMissing === null
      ? []
      : [say(labels.backwardMissing, { operators: measurement.backwardMissing.operators })]),
    ...(prediction === null || prediction.unknown.length === 0
      ? []
      : [
          say(labels.unknownOperators, {
            operators: [...new Set(prediction.unknown.map(({ operator }) => operator))],
          }),
        ]),
    ...(prediction !== null && !prediction.stable ? [say(labels.unstableNote, {})] : []),
  ];
}
