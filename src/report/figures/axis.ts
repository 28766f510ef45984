import type { Axis, Localized } from './figure.ts';

/** An axis that holds all values; on a log axis exact zeros go to the rail. */
export function axisFor(
  label: Localized,
  scale: Axis['scale'],
  values: readonly (number | null)[],
  options: { percent?: boolean; include?: readonly number[]; fractional?: boolean } = {},
): Axis {
  const known = [...values, ...(options.include ?? [])].filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );
  const percent = options.percent ?? false;
  if (scale === 'linear') {
    const [low, high] = extent(known) ?? [0, 1];
    const domain: [number, number] = low === high ? [low - 0.5, high + 0.5] : [low, high];
    return {
      label,
      scale,
      domain,
      percent,
      zeroRail: false,
      ...(options.fractional ? { fractional: true } : {}),
    };
  }
  const positive = known.filter((value) => value > 0);
  const zeroRail = known.some((value) => value === 0);
  const [low, high] = extent(positive) ?? [0.1, 1];
  // At least a factor of 4 between the ends, so that a flat line does not fill the picture with its rounding.
  const widen = Math.max(1.15, Math.sqrt(4 / (high / low)));
  return { label, scale, domain: [low / widen, high * widen], percent, zeroRail };
}

/** Smallest and largest; null for no values. */
function extent(values: readonly number[]): [number, number] | null {
  if (values.length === 0) return null;
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Where a value sits on an axis, 0 at the low end and 1 at the high end of the domain; below 0 is the zero rail. */
export function position(axis: Axis, value: number, rail: number): number {
  const [low, high] = axis.domain;
  if (axis.scale === 'linear') return (value - low) / (high - low);
  if (value <= 0) return rail;
  return Math.log(value / low) / Math.log(high / low);
}

/** Round values on an axis, at most about `count`. */
export function ticksOf(axis: Axis, count: number): number[] {
  if (axis.scale === 'log') return logTicks(axis.domain, count);
  // Other linear axes count something: there is no half update.
  return linearTicks(axis.domain, count, axis.percent || axis.fractional ? 0 : 1);
}

function linearTicks([low, high]: readonly [number, number], count: number, least: number): number[] {
  const rough = Math.max(least, (high - low) / Math.max(1, count));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999);
  if (step === undefined || !(step > 0)) return [low];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks([low, high]: readonly [number, number], count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const powers = last - first + 1;
  if (powers >= 3 || (powers === 2 && count <= 2)) {
    const every = Math.max(1, Math.ceil(powers / count));
    const ticks: number[] = [];
    for (let power = first; power <= last; power++) if (power % every === 0) ticks.push(tenTo(power));
    return ticks;
  }
  const steps = [[1, 2, 5], [1, 3], [1]].map((digits) => {
    const ticks: number[] = [];
    for (let power = first - 1; power <= last; power++) {
      for (const digit of digits) {
        const value = Number(`${digit}e${power}`);
        if (value >= low && value <= high) ticks.push(value);
      }
    }
    return ticks;
  });
  return steps.find((ticks) => ticks.length > 0 && ticks.length <= count) ?? steps[0].slice(0, count);
}

/** 10^power, correctly rounded, which `10 ** power` is not for negative powers. */
function tenTo(power: number): number {
  return Number(`1e${power}`);
}
