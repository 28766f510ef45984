/**
 * A plain tanh network of any depth, 784 - width x depth - 10, that is trained piece by piece: one compiled graph of
 * `segment` layers runs forward over all pieces and, with its gradient, back again. A graph of 10,000 layers and its
 * gradient has 100,000 nodes; this one has as many as a piece, keeps only what lies between the pieces, and serves every
 * depth.
 */
import type { Runtime } from '../../src/runtime/runtime.ts';
import { float32, type Tensor, tensor } from '../../src/tensor/tensor.ts';
import {
  compileSegments,
  inputs,
  outputs,
  type SegmentPrograms,
  type SegmentShape,
} from './segmented-graphs.ts';

export type Matrix = Tensor<'float32'>;

/** Weights to begin with; changed in place. */
export interface SegmentedWeights {
  /** [784, width]. */
  readonly first: Matrix;
  /** [width, 10]. */
  readonly last: Matrix;
  /** Weights of each piece, [segment, width, width]. */
  readonly pieces: readonly Matrix[];
  /** Biases of the first layer [1, width] and of each piece [segment, 1, width]; with `biases` only. */
  readonly firstBias?: Matrix;
  readonly pieceBiases?: readonly Matrix[];
}

export interface SegmentedTraining {
  readonly learningRate: number;
  /** Rate of the last layer; default `learningRate`. */
  readonly lastRate?: number;
  readonly momentum: number;
}

/** What many networks of one width, batch and segment share. */
export interface Segments {
  readonly shape: SegmentShape;
  readonly programs: SegmentPrograms;
}

export async function createSegments(shape: SegmentShape, runtime: Runtime): Promise<Segments> {
  return { shape, programs: await compileSegments(shape, runtime) };
}

export class SegmentedNetwork {
  readonly #segments: Segments;
  readonly #weights: SegmentedWeights;
  readonly #training: SegmentedTraining;
  readonly #speeds = new Map<Matrix, Float32Array>();

  constructor(segments: Segments, weights: SegmentedWeights, training: SegmentedTraining) {
    this.#segments = segments;
    this.#weights = weights;
    this.#training = training;
  }

  /** One step of momentum on the mean cross-entropy; returns the loss before it. */
  async step(features: Matrix, labels: Tensor<'int32'>): Promise<number> {
    const { programs } = this.#segments;
    const { first, last, pieces, firstBias, pieceBiases } = this.#weights;
    const { learningRate, lastRate = learningRate } = this.#training;
    const between = await this.#forward(features);
    const ends = await programs.ends.run({ h: between.at(-1) as Matrix, last, labels });
    let g = ends.gradH as Matrix;
    this.#update(last, ends.gradLast as Matrix, lastRate);
    for (let p = pieces.length - 1; p >= 0; p--) {
      const biases = pieceBiases?.[p];
      const results = await programs.back.run({
        h: between[p],
        weights: pieces[p],
        ...(biases && { biases }),
        g,
      });
      this.#update(pieces[p], results.gradWeights as Matrix, learningRate);
      if (biases !== undefined) this.#update(biases, results.gradBiases as Matrix, learningRate);
      g = results.gradH as Matrix;
    }
    const bias = firstBias && { bias: firstBias };
    const results = await programs.firstBack.run({ x: features, first, ...bias, g });
    this.#update(first, results.gradFirst as Matrix, learningRate);
    if (firstBias !== undefined) this.#update(firstBias, results.gradBias as Matrix, learningRate);
    return (ends.loss.data as Float32Array)[0];
  }

  /** Fraction of right answers; the number of examples a multiple of the batch. */
  async accuracy(features: Float32Array, labels: Int32Array): Promise<number> {
    const { batch } = this.#segments.shape;
    let right = 0;
    for (let i = 0; i + batch <= labels.length; i += batch) {
      const x = float32([batch, inputs], features.slice(i * inputs, (i + batch) * inputs));
      const h = (await this.#forward(x)).at(-1) as Matrix;
      const { logits } = await this.#segments.programs.logits.run({ h, last: this.#weights.last });
      const data = logits.data as Float32Array;
      for (let k = 0; k < batch; k++) {
        const row = data.subarray(k * outputs, (k + 1) * outputs);
        if (row.indexOf(Math.max(...row)) === labels[i + k]) right += 1;
      }
    }
    return right / (Math.floor(labels.length / batch) * batch);
  }

  /** What goes into every piece, and what comes out of the last. */
  async #forward(x: Matrix): Promise<Matrix[]> {
    const { programs } = this.#segments;
    const { first, pieces, firstBias, pieceBiases } = this.#weights;
    const { h } = await programs.first.run({ x, first, ...(firstBias && { bias: firstBias }) });
    const between = [h as Matrix];
    for (const [p, weights] of pieces.entries()) {
      const biases = pieceBiases && { biases: pieceBiases[p] };
      const results = await programs.forward.run({ h: between.at(-1) as Matrix, weights, ...biases });
      between.push(results.out as Matrix);
    }
    return between;
  }

  #update(weights: Matrix, gradient: Matrix, rate: number): void {
    const { momentum } = this.#training;
    let speed = this.#speeds.get(weights);
    if (speed === undefined) {
      speed = new Float32Array(weights.data.length);
      this.#speeds.set(weights, speed);
    }
    for (let i = 0; i < speed.length; i++) {
      speed[i] = momentum * speed[i] + gradient.data[i];
      weights.data[i] -= rate * speed[i];
    }
  }
}

/** Images brought to mean square 1 over all, for the variances that theory speaks of. */
export function standardizedImages(features: Float32Array): Float32Array {
  return features.map((x) => (x - 0.1307) / 0.3081);
}

/** Some examples as one batch. */
export function batchOf(features: Float32Array, labels: Int32Array, rows: Uint32Array) {
  const x = new Float32Array(rows.length * inputs);
  for (const [i, row] of rows.entries())
    x.set(features.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  return {
    features: float32([rows.length, inputs], x),
    labels: tensor(
      'int32',
      [rows.length],
      Int32Array.from(rows, (row) => labels[row]),
    ),
  };
}
