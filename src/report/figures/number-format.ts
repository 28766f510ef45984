import type { Axis } from './figure.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What stands for a value that does not exist. */
export const absent = '–';

/**
 * A number for people: three significant digits, thousands separated, and powers of ten outside 0.001 ... 999,999.
 * An exact zero is `0`; a value that rounds to zero never is.
 */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return absent;
  if (value === 0) return '0';
  const size = Math.abs(Number(value.toPrecision(digits)));
  if (size < 1e-3 || size >= 1e6) return powerOfTen(value, digits);
  const text = Number(value.toPrecision(digits));
  if (Number.isInteger(value) || size >= 1000) return minus(Math.round(value).toLocaleString('en-US'));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return minus(text.toFixed(decimals));
}

/** A standard deviation with the decimals of its mean, or with enough of its own where those would show 0. */
export function formatDeviation(mean: number | null, deviation: number): string {
  const decimals = /\.(\d+)$/.exec(formatNumber(mean))?.[1].length;
  if (decimals === undefined || deviation === 0) return formatNumber(deviation, 2);
  const text = deviation.toFixed(decimals);
  return Number(text) > 0 ? text : formatNumber(deviation, 1);
}

/** A fraction as per cent, e.g. `97.62 %`. */
export function formatPercent(value: number | null, decimals = 2): string {
  return value === null || !Number.isFinite(value) ? absent : `${(100 * value).toFixed(decimals)} %`;
}

/** A count with thousands separated. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A tick of an axis: as short as it can be. */
export function formatTick(axis: Axis, value: number): string {
  if (axis.percent) return `${Number((100 * value).toPrecision(6))} %`;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential().split('e');
    return `${mantissa === '1' ? '' : `${minus(mantissa)}×`}10${raised(Number(exponent))}`;
  }
  return minus(value.toLocaleString('en-US', { maximumFractionDigits: 6 }));
}

function powerOfTen(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${minus(mantissa)}×10${raised(Number(exponent))}`;
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
