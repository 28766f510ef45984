import type { Language } from '../../messages/index.ts';

/** A cost with four significant digits; `NaN` costs are written as such. */
export function formatCost(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'NaN';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-4 ? value.toExponential(2) : value.toPrecision(4);
}

/** 0.97834 -> 97.83 %. */
export function formatPercent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

/** Examples per second: 74.3 k. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '-';
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M`;
  return perSecond >= 1e3 ? `${(perSecond / 1e3).toFixed(1)} k` : perSecond.toFixed(0);
}

/** 3.2 s, 2 min 05 s, 1 h 20 min; Korean units in Korean. */
export function formatDuration(seconds: number, language: Language): string {
  if (!Number.isFinite(seconds)) return '-';
  const [hour, minute, second] = language === 'ko' ? ['시간', '분', '초'] : [' h', ' min', ' s'];
  if (seconds < 10) return `${seconds.toFixed(1)}${second}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${second}`;
  if (whole < 3600)
    return `${Math.floor(whole / 60)}${minute} ${String(whole % 60).padStart(2, '0')}${second}`;
  return `${Math.floor(whole / 3600)}${hour} ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}${minute}`;
}
