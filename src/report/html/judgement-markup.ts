import { boltzmannReportLabels as labels } from '../../messages/labels/boltzmann-report.ts';
import { likelihoodLabels } from '../../messages/labels/likelihood.ts';
import type { JudgedNumber } from '../boltzmann/rbm-report-data.ts';
import { type Localized, localized, verbatim } from '../figures/figure.ts';
import { absent, formatNumber } from '../figures/number-format.ts';
import { framed } from './figure-markup.ts';
import { say } from './markup.ts';

/** What a machine is worth: each number with its interval, its standing, its method, its data, its warnings. */
export function judgementMarkup(numbers: readonly JudgedNumber[], id: string): string {
  const columns = [
    labels.quantityColumn,
    labels.valueColumn,
    labels.intervalColumn,
    labels.standingColumn,
    labels.methodColumn,
    labels.conventionColumn,
  ].map((label) => localized(label, {}));
  const head = columns.map((column) => `<th scope="col">${say(column)}</th>`).join('');
  const rows = numbers.map((number) => {
    const { quantity, method, standing, value, warnings } = number;
    const [first, ...rest] = [
      localized(likelihoodLabels.quantity, { quantity }),
      verbatim(precise(value)),
      interval(number),
      localized(likelihoodLabels.standing, { standing, quantity }),
      localized(likelihoodLabels.method, { method }),
      convention(number),
    ];
    const cells = rest.map(
      (text, i) => `<td><span class="label">${say(columns[i + 1])}</span> <span>${say(text)}</span></td>`,
    );
    const row = `<tr><th scope="row">${say(first)}</th>${cells.join('')}</tr>`;
    const cautions = warnings.map(
      (warning) =>
        `<tr class="warning"><td colspan="${columns.length}">⚠ ${say(localized(likelihoodLabels.warning, { warning }))}</td></tr>`,
    );
    return row + cautions.join('');
  });
  const table = `<div class="scroll" tabindex="0"><table class="results judgement"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return framed(
    {
      id,
      title: localized(labels.judgementTitle, {}),
      summary: localized(labels.judgementSummary, {}),
      notes: [],
      table: null,
    },
    table,
  );
}

/** Nats to two decimals: -86.34 is how they are published. */
function precise(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return absent;
  return Math.abs(value) >= 0.1 ? value.toFixed(2).replace('-', '−') : formatNumber(value);
}

function interval({ interval }: JudgedNumber): Localized {
  if (interval === null) return verbatim('');
  const { low, high, sigmas } = interval;
  const sigma = localized(labels.sigmas, { sigmas });
  const ends = `${low === null ? '−∞' : precise(low)} … ${high === null ? '∞' : precise(high)}`;
  return { en: `${ends} (${sigma.en})`, ko: `${ends} (${sigma.ko})` };
}

function convention({ convention, examples }: JudgedNumber): Localized {
  if (convention === null) return verbatim('');
  const text = localized(likelihoodLabels.convention, { convention });
  if (examples === null) return text;
  return {
    en: labels.overExamples.en({ text: text.en, examples }),
    ko: labels.overExamples.ko({ text: text.ko, examples }),
  };
}
