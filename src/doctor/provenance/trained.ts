import { largestSingularValue } from '../measure/weight-spectrum.ts';
import type { Measurement, ParameterProvenance } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/**
 * Does a model look trained? What speaks for it, each with the weight that it adds to the log odds:
 * - `weights-misfit`: large weights of no family that initializers draw from (the share of them);
 * - `spectrum-outlier`: weights whose numbers look independent, but whose largest singular value lies beyond the edge that
 *   independent numbers have (Marchenko, Pastur 1967): a direction was learned;
 * - `biases-vary`: biases that are neither 0, nor one value, nor uniform within 1 / sqrt(fanIn) as PyTorch draws them;
 * - `statistics-moved`: scales of normalizations that differ from each other.
 * A fresh model has none of them.
 */
export function trainedOrFresh(
  subject: Subject,
  provenance: readonly ParameterProvenance[],
): Measurement['trained'] {
  const because: string[] = [];
  let logOdds = -4;
  const large = provenance.filter(
    ({ parameter }) => (subject.parameters.get(parameter)?.data.length ?? 0) >= 256,
  );
  const misfit = large.filter(({ distribution }) => distribution === 'other').length;
  if (large.length > 0 && misfit > 0) {
    logOdds += 7 * (misfit / large.length);
    because.push('weights-misfit');
  }
  const outliers = large.filter((one) => hasOutlier(subject, one)).length;
  if (outliers > 0) {
    logOdds += 3 + 4 * (outliers / large.length);
    because.push('spectrum-outlier');
  }
  let biases = 0;
  let moved = 0;
  for (const shape of subject.parameterShapes) {
    const data = subject.parameters.get(shape.name)?.data;
    if (data === undefined || data.length < 4) continue;
    if (shape.role === 'bias' && !data.every((value) => value === data[0])) {
      biases += 1;
      if (isTrainedBias(data, shape.fanIn)) moved += 1;
    }
    if (shape.role === 'scale' && !data.every((value) => value === data[0])) {
      if (!because.includes('statistics-moved')) because.push('statistics-moved');
      logOdds += 2;
    }
  }
  if (moved > 0) {
    logOdds += 4 * (moved / biases);
    because.push('biases-vary');
  }
  return { probability: 1 / (1 + Math.exp(-logOdds)), because };
}

const independent: readonly string[] = ['uniform', 'normal', 'truncated-normal'];
/** Numbers in a weight beyond which it is not looked at: the time grows with them. */
const mostNumbers = 4e6;

/**
 * The largest squared singular value of an m x n matrix of independent numbers of variance v is v (sqrt m + sqrt n)² on average,
 * with Tracy-Widom fluctuations of v (sqrt m + sqrt n) (1 / sqrt m + 1 / sqrt n)^(1/3); 8 of these are passed less than once
 * in 10 million times.
 * @see Johnstone 2001, "On the distribution of the largest eigenvalue in principal components analysis"
 */
function hasOutlier(subject: Subject, { parameter, distribution }: ParameterProvenance): boolean {
  const shape = subject.parameterShapes.find(({ name }) => name === parameter);
  const data = subject.parameters.get(parameter)?.data;
  if (shape === undefined || data === undefined || !independent.includes(distribution)) return false;
  const rows = shape.dims[shape.layout?.outAxis ?? shape.dims.length - 1];
  const columns = data.length / rows;
  if (Math.min(rows, columns) < 8 || data.length > mostNumbers) return false;
  let squares = 0;
  for (const value of data) squares += value * value;
  const roots = Math.sqrt(rows) + Math.sqrt(columns);
  const width = roots * (1 / Math.sqrt(rows) + 1 / Math.sqrt(columns)) ** (1 / 3);
  const edge = (squares / data.length) * (roots * roots + 8 * width);
  return largestSingularValue(shape, data) ** 2 > edge;
}

/** Biases outside PyTorch's interval, or far from uniform in it, and far from normal with one deviation. */
function isTrainedBias(data: Float32Array, fanIn: number): boolean {
  let square = 0;
  let fourth = 0;
  let largest = 0;
  for (const value of data) {
    square += value * value;
    fourth += value ** 4;
    largest = Math.max(largest, Math.abs(value));
  }
  square /= data.length;
  fourth /= data.length;
  const kurtosis = fourth / square ** 2;
  const uniform =
    largest <= (1 + 1e-6) / Math.sqrt(fanIn) && Math.abs(3 * fanIn * square - 1) < 6 / Math.sqrt(data.length);
  const normal = Math.abs(kurtosis - 3) < 5 * Math.sqrt(24 / data.length);
  return !uniform && !normal;
}
