import type { Distribution } from '../../training/trace.ts';
import { histogramBars } from '../figures/histograms.ts';
import { formatNumber, formatPercent } from '../figures/number-format.ts';

const blocks = ' ▁▂▃▄▅▆▇█';

/**
 * A distribution in one line, e.g. `−0.15 ▁▃▇█▇▃▁ 0.15  0: 51 %`: bars of equal bins from smallest to largest value
 * without the exact zeros, whose share follows.
 */
export function sparkline(distribution: Distribution, columns = 24): string {
  const { bars, zero } = histogramBars(distribution);
  if (bars.length === 0 || distribution.min === null) return '–';
  const length = Math.min(columns, bars.length);
  const merged = Array.from({ length }, (_, i) => {
    const from = Math.floor((i * bars.length) / length);
    const to = Math.max(from + 1, Math.floor(((i + 1) * bars.length) / length));
    return bars.slice(from, to).reduce((sum, value) => sum + value, 0);
  });
  const tallest = Math.max(...merged);
  const text = merged
    .map((value) => (value > 0 ? blocks[Math.max(1, Math.round((8 * value) / tallest))] : ' '))
    .join('');
  const share = zero > 0 ? `  0: ${formatPercent(zero, 0)}` : '';
  return `${formatNumber(distribution.min, 2)} ${text} ${formatNumber(distribution.max, 2)}${share}`;
}
