import type { Distribution } from '../../training/trace.ts';
import { histogramBars } from '../figures/histograms.ts';
import { formatNumber, formatPercent } from '../figures/number-format.ts';

const width = 116;
const height = 46;

/**
 * A small histogram as SVG text: the bars in one path, the share of exact zeros as a hollow bar at the left, smallest
 * and largest value below. Written by hand because a report holds hundreds of them: Plot takes ten times the bytes.
 */
export function histogramSvg(distribution: Distribution): string {
  const { bars, zero } = histogramBars(distribution);
  const left = 12;
  const step = (width - left) / Math.max(1, bars.length);
  const gap = step > 3 ? 0.6 : 0.2;
  const path = bars
    .map((value, i) => {
      if (value === 0) return '';
      // Never thinner than half a pixel: a bin that holds anything is seen.
      const tall = Math.max(0.6, value * height);
      return `M${short(left + i * step)},${height}v${short(-tall)}h${short(Math.max(0.3, step - gap))}v${short(tall)}z`;
    })
    .join('');
  const share =
    zero > 0
      ? `<rect class="zero" x="0.5" y="${short(height - Math.max(1, zero * height))}" width="7" height="${short(Math.max(1, zero * height))}"/>`
      : '';
  return (
    `<svg class="histogram" viewBox="0 0 ${width} ${height + 1}" role="img" aria-label="${plainText(distribution)}">` +
    `<path class="bars" d="${path}"/>${share}<path class="base" d="M0,${height}.5H${width}"/></svg>`
  );
}

/** The numbers under a histogram, the same in every language. */
export function plainText({ std, min, max, zero, notFinite }: Distribution): string {
  const parts = [`σ ${formatNumber(std, 2)}`, `${formatNumber(min, 2)} … ${formatNumber(max, 2)}`];
  if (zero > 0) parts.push(`0: ${formatPercent(zero, zero < 0.995 && zero > 0.005 ? 0 : 1)}`);
  if (notFinite > 0) parts.push(`NaN/∞: ${notFinite}`);
  return parts.join(', ');
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
