import type { Diagnosis } from '../../doctor/diagnosis.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { type Localized, localized, type TableCell, verbatim } from '../figures/figure.ts';
import { dataTable, paragraphs, say } from '../html/markup.ts';
import { layerValues } from './layer-values.ts';
import type { DoctorFix } from './report-data.ts';
import { percent, prescriptionText } from './words.ts';

/** What the fix changed: what was applied, and the numbers that matter before and after. */
export function changeMarkup(before: Diagnosis, { prescriptions, after, file }: DoctorFix): string {
  return (
    paragraphs([localized(labels.fixExplained, { file })]) +
    `<h3>${say(localized(labels.applied, {}))}</h3><ul>${prescriptions
      .map((one) => `<li>${say(prescriptionText(one))}</li>`)
      .join('')}</ul>` +
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="fix-heading">${dataTable({
      columns: [
        localized(labels.quantityColumn, {}),
        localized(labels.beforeColumn, {}),
        localized(labels.afterColumn, {}),
      ],
      rows: changeRows(before, after),
    })}</div>`
  );
}

/** Rows of name, value before, value after. */
export function changeRows(before: Diagnosis, after: Diagnosis): TableCell[][] {
  const both = (name: Localized, value: (diagnosis: Diagnosis) => TableCell): TableCell[] => [
    name,
    value(before),
    value(after),
  ];
  return [
    both(localized(labels.verdictRow, {}), ({ verdict }) => verdictName(verdict.name)),
    both(localized(labels.probabilityRow, {}), ({ verdict }) => verbatim(percent(verdict.probability))),
    both(localized(labels.lossRow, {}), ({ measurement }) => measurement.loss.value),
    both(localized(labels.forwardRow, {}), (diagnosis) => ratio(diagnosis, 'forward')),
    both(localized(labels.backwardRow, {}), (diagnosis) => ratio(diagnosis, 'backward')),
    both(localized(labels.findingsRow, {}), ({ findings }) =>
      verbatim(String(findings.filter(({ severity }) => severity !== 'note').length)),
    ),
  ];
}

function verdictName(name: Diagnosis['verdict']['name']): Localized {
  return localized(labels.verdict, { verdict: name });
}

function ratio(diagnosis: Diagnosis, direction: 'forward' | 'backward'): number | null {
  const layers = layerValues(diagnosis);
  const first = layers.at(0)?.[direction].measured ?? null;
  const last = layers.at(-1)?.[direction].measured ?? null;
  const [from, to] = direction === 'forward' ? [first, last] : [last, first];
  return from === null || to === null || from === 0 ? null : to / from;
}
