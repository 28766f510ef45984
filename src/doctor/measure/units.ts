/** What the units of a layer do over a batch, and how alike they make its examples. */

/** Fractions of units that are 0, or that give one value, for every example and place. */
export interface UnitActivity {
  readonly dead: number;
  readonly constant: number;
}

/** @param unitAxis axis of `dims` that runs over units; the other axes are examples and places */
export function unitActivity(data: Float32Array, dims: readonly number[], unitAxis: number): UnitActivity {
  const units = dims[unitAxis];
  const inner = dims.slice(unitAxis + 1).reduce((a, b) => a * b, 1);
  const outer = data.length / (units * inner);
  let dead = 0;
  let constant = 0;
  for (let unit = 0; unit < units; unit++) {
    const first = data[unit * inner];
    let same = true;
    for (let o = 0; o < outer && same; o++) {
      const start = (o * units + unit) * inner;
      for (let i = start; i < start + inner; i++) {
        if (data[i] !== first) {
          same = false;
          break;
        }
      }
    }
    if (same) constant += 1;
    if (same && first === 0) dead += 1;
  }
  return { dead: dead / units, constant: constant / units };
}

/**
 * Mean cosine between different examples, uncentred: what theory calls the correlation of two inputs. Its standard error is
 * that of a mean over pairs, to first order twice the standard deviation of the means by example over sqrt(examples).
 * @param data [examples, values]
 * @returns null where there are fewer than two examples that are not zero
 */
export function meanCosine(
  data: Float32Array,
  examples: number,
): { mean: number; standardError: number } | null {
  const values = data.length / examples;
  const norms = new Float64Array(examples);
  for (let n = 0; n < examples; n++) {
    let sum = 0;
    for (let i = n * values; i < (n + 1) * values; i++) sum += data[i] * data[i];
    norms[n] = Math.sqrt(sum);
  }
  const used = norms.filter((norm) => norm > 0 && Number.isFinite(norm)).length;
  if (used < 2 || used < examples / 2) return null;
  const total = new Float64Array(values);
  for (let n = 0; n < examples; n++) {
    if (!(norms[n] > 0 && Number.isFinite(norms[n]))) continue;
    for (let i = 0; i < values; i++) total[i] += data[n * values + i] / norms[n];
  }
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < examples; n++) {
    if (!(norms[n] > 0 && Number.isFinite(norms[n]))) continue;
    let projection = 0;
    for (let i = 0; i < values; i++) projection += data[n * values + i] * total[i];
    const mean = (projection / norms[n] - 1) / (used - 1);
    sum += mean;
    squares += mean * mean;
  }
  const mean = sum / used;
  const variance = Math.max(0, squares / used - mean * mean);
  return { mean, standardError: 2 * Math.sqrt(variance / used) };
}

/** Examples that the effective rank is taken over: its cost grows with their square. */
const rankExamples = 48;

/**
 * (sum of squared singular values)² / sum of their fourth powers of the activations [examples, values] without their mean:
 * the number of directions in which examples differ. At most `examples - 1`; null where they do not differ at all.
 */
export function effectiveRank(data: Float32Array, examples: number): number | null {
  const values = data.length / examples;
  const count = Math.min(examples, rankExamples);
  if (count < 2) return null;
  const centred = new Float64Array(count * values);
  for (let i = 0; i < values; i++) {
    let mean = 0;
    for (let n = 0; n < count; n++) mean += data[n * values + i];
    mean /= count;
    for (let n = 0; n < count; n++) centred[n * values + i] = data[n * values + i] - mean;
  }
  let trace = 0;
  let squares = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      let product = 0;
      for (let i = 0; i < values; i++) product += centred[a * values + i] * centred[b * values + i];
      if (a === b) trace += product;
      squares += (a === b ? 1 : 2) * product * product;
    }
  }
  const rank = (trace * trace) / squares;
  return Number.isFinite(rank) ? rank : null;
}
