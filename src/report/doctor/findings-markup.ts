import type { Diagnosis, Finding } from '../../doctor/diagnosis.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { localized } from '../figures/figure.ts';
import { paragraphs, say } from '../html/markup.ts';
import { evidenceText, findingSentence, layerNames, percent, prescriptionText } from './words.ts';

/** The findings, worst first: a sentence each, evidence and prescription, and what it means to unfold. */
export function findingsMarkup({ findings }: Diagnosis): string {
  if (findings.length === 0) return paragraphs([localized(labels.noFindings, {})]);
  return `<ol class="findings">${findings.map(findingMarkup).join('')}</ol>`;
}

function findingMarkup(finding: Finding, i: number): string {
  const { severity, layers, evidence, prescription, confidence } = finding;
  const names =
    layers.length > 3
      ? `<details><summary>${say(layerNames(layers))}</summary><p>${layers.map((name) => say({ en: name, ko: name })).join(', ')}</p></details>`
      : `<p>${say(layerNames(layers))}</p>`;
  const facts: [Parameters<typeof say>[0], string][] = [
    [localized(labels.blamed, {}), names],
    ...(evidence.length === 0
      ? []
      : ([
          [
            localized(labels.evidence, {}),
            `<ul>${evidence.map((one) => `<li>${say(evidenceText(one))}</li>`).join('')}</ul>`,
          ],
        ] as [Parameters<typeof say>[0], string][])),
    ...(prescription === null
      ? []
      : ([[localized(labels.prescription, {}), `<p>${say(prescriptionText(prescription))}</p>`]] as [
          Parameters<typeof say>[0],
          string,
        ][])),
  ];
  return (
    `<li id="finding-${i + 1}" class="finding ${severity}">` +
    `<p class="sentence"><strong class="badge ${severity}">${say(localized(labels.severity, { severity }))}</strong> ${say(findingSentence(finding, 'short'))}</p>` +
    `<dl>${facts.map(([name, body]) => `<div><dt>${say(name)}</dt><dd>${body}</dd></div>`).join('')}</dl>` +
    `<details><summary>${say(localized(labels.why, {}))}</summary><p>${say(findingSentence(finding, 'long'))}</p>` +
    `<p class="notes">${say(localized(labels.confidence, { percent: percent(confidence) }))}</p></details></li>`
  );
}
