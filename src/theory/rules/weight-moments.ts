import type { Tensor } from '../../tensor/tensor.ts';

/** What a weight does to moments. An output sums over `inputs` products in each of its `taps`. */
export interface WeightMoments {
  readonly inputs: number;
  /** Outputs that an input feeds in each tap. */
  readonly outputs: number;
  /** Mean square of the weights of each tap. */
  readonly square: Float64Array;
  /** Mean over outputs of (sum of the weights of a tap)². */
  readonly tapSumSquare: Float64Array;
  /** Mean over outputs of the sum of all weights, and of its square. */
  readonly sum: number;
  readonly sumSquare: number;
}

/** A read-only view of a weight as [groups, outputs, inputs, taps], whatever its layout. */
export interface WeightView {
  readonly groups: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly taps: number;
  /** Index of an element in the data. */
  readonly index: (group: number, output: number, input: number, tap: number) => number;
}

export function weightMoments({ data }: Tensor, view: WeightView): WeightMoments {
  const { groups, outputs, inputs, taps, index } = view;
  const square = new Float64Array(taps);
  const tapSumSquare = new Float64Array(taps);
  let sum = 0;
  let sumSquare = 0;
  for (let g = 0; g < groups; g++) {
    for (let o = 0; o < outputs; o++) {
      let total = 0;
      for (let t = 0; t < taps; t++) {
        let tapSum = 0;
        for (let i = 0; i < inputs; i++) {
          const w = Number(data[index(g, o, i, t)]);
          square[t] += w * w;
          tapSum += w;
        }
        tapSumSquare[t] += tapSum * tapSum;
        total += tapSum;
      }
      sum += total;
      sumSquare += total * total;
    }
  }
  const perOutput = groups * outputs;
  for (let t = 0; t < taps; t++) {
    square[t] /= perOutput * inputs;
    tapSumSquare[t] /= perOutput;
  }
  return { inputs, outputs, square, tapSumSquare, sum: sum / perOutput, sumSquare: sumSquare / perOutput };
}

/** Mean and mean square of a bias or another constant. */
export function constantMoments({ data }: Tensor): { mean: number; square: number } {
  let [mean, square] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    mean += value;
    square += value * value;
  }
  return { mean: mean / (data.length || 1), square: square / (data.length || 1) };
}
