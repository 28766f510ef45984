/**
 * Fits slopes and places of the verdict's conditions: penalized maximum likelihood of "learns" under the product of logistic
 * functions, by Adam from three starting points. Slopes are held near two over the spread of their quantity, and places
 * near its low end, so that a condition that nothing speaks for stays out of the way.
 */
import type { Condition } from '../../../src/doctor/verdict/coefficients.ts';
import type { Conditions } from '../../../src/doctor/verdict/conditions.ts';

/** Quantities that have to be large enough (1) or small enough (-1). */
export const directions: Readonly<Record<keyof Conditions, 1 | -1>> = {
  escape: 1,
  right: 1,
  heldOut: 1,
  relapse: -1,
};

export interface FittedCase {
  readonly conditions: Conditions;
  readonly learns: boolean;
}

const doubt = 0.0075;
const slopePenalty = 0.6;
const placePenalty = 0.05;
const iterations = 1500;

export function fitConditions(cases: readonly FittedCase[]): Condition[] {
  const names = Object.keys(directions) as (keyof Conditions)[];
  const signs = names.map((name) => directions[name]);
  const rows = cases.map(({ conditions }) => names.map((name, i) => signs[i] * conditions[name]));
  const learns = cases.map((one) => (one.learns ? 1 : 0));
  const spreads = names.map((_, i) => Math.max(0.1, std(rows.map((row) => row[i]))));
  const low = names.map(
    (_, i) =>
      quantile(
        rows.map((row) => row[i]),
        0.1,
      ) - spreads[i],
  );
  let best: { value: number; parameters: number[] } | null = null;
  for (const from of [0, 0.1, 0.3]) {
    const start = [
      ...spreads.map((spread) => Math.log(2 / spread)),
      ...names.map((_, i) =>
        quantile(
          rows.map((row) => row[i]),
          from,
        ),
      ),
    ];
    const found = minimize(start, (parameters) => objective(parameters, rows, learns, spreads, low));
    if (best === null || found.value < best.value) best = found;
  }
  const parameters = best?.parameters ?? [];
  return names.map((quantity, i) => ({
    quantity,
    slope: Number((signs[i] * Math.exp(parameters[i])).toPrecision(3)),
    at: Number((signs[i] * parameters[names.length + i]).toPrecision(3)),
  }));
}

function objective(
  parameters: readonly number[],
  rows: readonly number[][],
  learns: readonly number[],
  spreads: readonly number[],
  low: readonly number[],
): { value: number; gradient: number[] } {
  const count = spreads.length;
  const gradient = new Array<number>(2 * count).fill(0);
  let value = 0;
  for (const [r, row] of rows.entries()) {
    const held = row.map(
      (x, i) => 1 / (1 + Math.exp(-Math.exp(parameters[i]) * (x - parameters[count + i]))),
    );
    const product = held.reduce((all, one) => all * one, 1);
    const probability = doubt + (1 - 2 * doubt) * product;
    value -= learns[r] === 1 ? Math.log(probability) : Math.log(1 - probability);
    const outer = (learns[r] === 1 ? -1 / probability : 1 / (1 - probability)) * (1 - 2 * doubt) * product;
    for (let i = 0; i < count; i++) {
      const slope = Math.exp(parameters[i]);
      const inner = outer * (1 - held[i]);
      gradient[i] += inner * (row[i] - parameters[count + i]) * slope;
      gradient[count + i] -= inner * slope;
    }
  }
  for (let i = 0; i < count; i++) {
    const slope = parameters[i] - Math.log(2 / spreads[i]);
    const place = (parameters[count + i] - low[i]) / spreads[i];
    value += slopePenalty * slope ** 2 + placePenalty * place ** 2;
    gradient[i] += 2 * slopePenalty * slope;
    gradient[count + i] += (2 * placePenalty * place) / spreads[i];
  }
  return { value, gradient };
}

function minimize(
  start: readonly number[],
  evaluate: (parameters: readonly number[]) => { value: number; gradient: number[] },
): { value: number; parameters: number[] } {
  const parameters = [...start];
  const mean = start.map(() => 0);
  const square = start.map(() => 0);
  for (let t = 1; t <= iterations; t++) {
    const { gradient } = evaluate(parameters);
    const rate = 0.03 * (1 - t / iterations) + 1e-4;
    for (const [i, g] of gradient.entries()) {
      mean[i] = 0.9 * mean[i] + 0.1 * g;
      square[i] = 0.99 * square[i] + 0.01 * g * g;
      const step = mean[i] / (1 - 0.9 ** t) / (Math.sqrt(square[i] / (1 - 0.99 ** t)) + 1e-9);
      parameters[i] -= rate * step;
    }
  }
  return { value: evaluate(parameters).value, parameters };
}

function std(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))];
}
