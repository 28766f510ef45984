import type { Language } from '../../messages/index.ts';
import { likelihoodLabels } from '../../messages/labels/likelihood.ts';
import type { JudgedNumber } from '../../report/boltzmann/rbm-report-data.ts';
import { padText, textWidth } from '../../report/terminal/text-width.ts';

/**
 * What a model is worth, a line a number: quantity, value, interval, standing, method, data convention. The likelihood
 * where there is one, else what stands in for it; the report has the rest.
 */
export function judgementText(numbers: readonly JudgedNumber[], language: Language): string {
  const shown = mainNumbers(numbers);
  const lines = shown.map((number) => {
    const { quantity, value, interval, standing, method, convention } = number;
    const range = interval === null ? '' : `[${end(interval.low, '-∞')}, ${end(interval.high, '∞')}]`;
    return [
      likelihoodLabels.quantity[language]({ quantity }),
      value.toFixed(2),
      range,
      likelihoodLabels.standing[language]({ standing, quantity }),
      likelihoodLabels.method[language]({ method }),
      convention === null ? '' : likelihoodLabels.convention[language]({ convention }),
    ];
  });
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(0, ...lines.map((line) => textWidth(line[column]))),
  );
  const rows = lines.map((line) =>
    line
      .map((cell, column) => padText(cell, widths[column], column === 1 ? 'right' : 'left'))
      .filter((_, column) => widths[column] > 0)
      .join('  ')
      .trimEnd(),
  );
  const warnings = [...new Set(shown.flatMap((number) => number.warnings))].map(
    (warning) => `⚠ ${likelihoodLabels.warning[language]({ warning })}`,
  );
  return [...rows, ...warnings].join('\n');
}

function mainNumbers(numbers: readonly JudgedNumber[]): readonly JudgedNumber[] {
  const likelihood = numbers.filter(({ quantity }) => /log-partition|log-likelihood/.test(quantity));
  if (likelihood.length > 0) return likelihood;
  return numbers.filter(
    ({ quantity, method }) => quantity === 'free-energy-gap' || method === 'pseudo-exact',
  );
}

function end(value: number | null, unknown: string): string {
  return value === null ? unknown : value.toFixed(2);
}
