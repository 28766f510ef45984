import type { Measurement, ParameterProvenance } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/**
 * Does a model look trained? What speaks for it, each with the weight that it adds to the log odds:
 * - `weights-misfit`: large weights of no family that initializers draw from (the share of them);
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
