/** The doctor's sentences with their numbers filled in, in every language. */
import type { Diagnosis, Evidence, Finding, Prescription, Verdict } from '../../doctor/diagnosis.ts';
import { languages } from '../../messages/define.ts';
import { doctorLabels } from '../../messages/labels/doctor-findings.ts';
import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { absent, formatCount, formatNumber } from '../figures/number-format.ts';

/** `dense1`, `dense1, dense2`, `dense1 … dense9 (9 layers)`; the network as a whole where none is named. */
export function layerNames(names: readonly string[]): Localized {
  if (names.length === 0) return localized(labels.wholeNetwork, {});
  if (names.length <= 3) return verbatim(names.join(', '));
  return localized(labels.layerRange, {
    first: names[0],
    last: names[names.length - 1],
    count: names.length,
  });
}

function findingDetails({ layers, evidence }: Finding) {
  const [first, second] = evidence;
  return {
    layer: layers[0] ?? '',
    measured: formatNumber(first?.measured ?? null, 2),
    predicted: formatNumber(first?.predicted ?? null, 2),
    threshold: formatNumber(first?.threshold ?? null, 2),
    second: formatNumber(second?.measured ?? null, 2),
  };
}

/** The short or the long sentence of a finding. */
export function findingSentence(finding: Finding, length: 'short' | 'long'): Localized {
  const details = findingDetails(finding);
  const text = doctorLabels.finding[finding.code][length];
  if (details.layer !== '') return localized(text, details);
  return Object.fromEntries(
    languages.map((language) => [
      language,
      text[language]({ ...details, layer: doctorLabels.wholeNetwork[language]({}) }),
    ]),
  ) as unknown as Localized;
}

/** `gradient at the first layer / at the last 1×10⁻⁹, predicted 2×10⁻⁹`. */
export function evidenceText(evidence: Evidence): Localized {
  const named = doctorLabels.quantity as Readonly<Record<string, (typeof labels)['fine']>>;
  const quantity = Object.hasOwn(named, evidence.quantity)
    ? localized(named[evidence.quantity], {})
    : verbatim(evidence.quantity);
  const measured = formatNumber(evidence.measured, 2);
  return Object.fromEntries(
    languages.map((language) => {
      const details = { quantity: quantity[language], measured };
      const text =
        evidence.predicted === undefined
          ? labels.measuredOnly[language](details)
          : labels.measuredBeside[language]({ ...details, predicted: formatNumber(evidence.predicted, 2) });
      const bound =
        evidence.threshold === undefined
          ? ''
          : `; ${labels.bound[language]({ bound: formatNumber(evidence.threshold, 2) })}`;
      return [language, `${evidence.layer === undefined ? '' : `${evidence.layer}: `}${text}${bound}`];
    }),
  ) as unknown as Localized;
}

/** What to do, as a sentence. */
export function prescriptionText(prescription: Prescription): Localized {
  const text = doctorLabels.prescription;
  switch (prescription.kind) {
    case 'gain':
      return inLayers(prescription.layers, (layers) =>
        localized(text.gain, { layers, factor: formatNumber(prescription.factor) }),
      );
    case 'rule':
      return inLayers(prescription.layers, (layers) =>
        localized(text.rule, { layers, rule: prescription.rule }),
      );
    case 'bias':
      return inLayers(prescription.layers, (layers) =>
        localized(text.bias, { layers, rule: prescription.rule }),
      );
    case 'input-scaling':
      return localized(text['input-scaling'], {
        mean: formatNumber(prescription.mean),
        std: formatNumber(prescription.std),
      });
    case 'start':
      return localized(text.start, { start: prescription.start });
    case 'learning-rate':
      return localized(text['learning-rate'], {
        rate: formatNumber(prescription.learningRate, 2),
      });
    case 'architecture':
      return localized(text[prescription.advice], {});
  }
}

/** A sentence that names layers, whose own words depend on the language. */
function inLayers(layers: readonly string[], sentence: (layers: string) => Localized): Localized {
  const names = layerNames(layers);
  return Object.fromEntries(
    languages.map((language) => [language, sentence(names[language])[language]]),
  ) as unknown as Localized;
}

/** What was examined, on which batch. */
export function leadSentence({ subject, measurement }: Diagnosis): Localized {
  return localized(labels.lead, {
    title: subject.title,
    layers: subject.layers.length,
    parameters: formatCount(subject.parameters),
    batch: measurement.batchSize,
    noise: measurement.data === 'noise',
  });
}

/** The verdict with its plan and, as the reason, the finding that decides. */
export function verdictSentence({ verdict, findings }: Diagnosis): Localized {
  const reason = findings.find(({ code }) => code === verdict.because[0]);
  const because = reason === undefined ? verbatim('') : findingSentence(reason, 'short');
  const details = { ...planDetails(verdict), percent: percent(verdict.probability) };
  return Object.fromEntries(
    languages.map((language) => [
      language,
      doctorLabels.verdict[verdict.name][language]({ ...details, because: because[language] }),
    ]),
  ) as unknown as Localized;
}

/** `adam, learning rate 0.001, 3,000 steps`. */
export function planText(verdict: Verdict): Localized {
  return localized(labels.plan, planDetails(verdict));
}

function planDetails({ plan }: Verdict) {
  return {
    optimizer: plan.optimizer.name,
    rate: String(plan.learningRate),
    steps: formatNumber(plan.steps),
  };
}

/** `97 %`; never 0 % or 100 %, which no estimate is. */
export function percent(probability: number): string {
  if (!Number.isFinite(probability)) return absent;
  if (probability < 0.01) return '< 1 %';
  if (probability > 0.99) return '> 99 %';
  return `${Math.round(100 * probability)} %`;
}
