import { exponential } from '../random/index.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import type { Initializer } from './initializer.ts';

/** Activations that random walk initialization has a gain for. */
export const walkActivations = ['linear', 'relu'] as const;
export type WalkActivation = (typeof walkActivations)[number];

/**
 * Random walk initialization: Gaussian weights whose gain is corrected for the width of the layer, so that the *log* of
 * the gradient's length is a random walk without drift.
 *
 *   w ~ N(0, g² / n)     linear: g = exp(1 / (2 n))     ReLU: g = sqrt(2) exp(1.2 / (max(n, 6) - 2.4))     n = fanIn
 *
 * He keeps the mean of the squared length; its logarithm then sinks by about 1 / n (linear) in every layer, which is what
 * a deep narrow network feels.
 *
 * @param activation  default `relu`
 * @see Sussillo, Abbott 2014, "Random walk initialization for training very deep feedforward networks", eq. 9 and 13
 */
export function randomWalk({ activation = 'relu' }: { activation?: WalkActivation } = {}): Initializer {
  return (stream, { dims, fanIn }) => {
    const n = Math.max(1, fanIn);
    const std = walkGain(activation, n) / Math.sqrt(n);
    return tensor('float32', dims, stream.normal(new Float32Array(elementCount(dims)), 0, std));
  };
}

/** The gain g of a layer with n inputs. */
export function walkGain(activation: WalkActivation, n: number): number {
  return activation === 'linear'
    ? exponential(1 / (2 * n))
    : Math.SQRT2 * exponential(1.2 / (Math.max(n, 6) - 2.4));
}
