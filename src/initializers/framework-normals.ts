/**
 * The truncated normals that frameworks mean when they say "normal": Glorot, He and LeCun in Keras and JAX (cut at two
 * standard deviations and widened again), in TensorFlow.js (cut and not widened) and in Flux (cut at -2 and 2).
 */
import type { Initializer } from './initializer.ts';
import { absoluteTruncatedNormal, truncatedNormal } from './truncated-normal.ts';
import { type FanMode, fanOf, varianceScaling } from './variance-scaling.ts';

/** Whose variance: Glorot 1 / mean fan, He 2 / fanIn, LeCun 1 / fanIn. */
export type NormalScheme = 'glorot' | 'he' | 'lecun';

const schemes: Readonly<Record<NormalScheme, { scale: number; mode: FanMode }>> = {
  glorot: { scale: 1, mode: 'fanAvg' },
  he: { scale: 2, mode: 'fanIn' },
  lecun: { scale: 1, mode: 'fanIn' },
};

/**
 * Keras's and JAX's `glorot_normal`, `he_normal`, `lecun_normal`: {@link varianceScaling} with a truncated normal of
 * the right variance.
 * @see Keras `VarianceScaling`, JAX `jax.nn.initializers`
 */
export function kerasNormal(scheme: NormalScheme): Initializer {
  return varianceScaling({ ...schemes[scheme], distribution: 'truncatedNormal' });
}

/**
 * TensorFlow.js's `glorotNormal`, `heNormal`, `leCunNormal`: cut at two standard deviations without widening, so that
 * the variance is 0.774 of what the name promises.
 * @see @tensorflow/tfjs-layers 4.22, `VarianceScaling.apply`; tensorflow/tfjs#8594
 */
export function tfjsNormal(scheme: NormalScheme): Initializer {
  const { scale, mode } = schemes[scheme];
  return (stream, parameter) =>
    truncatedNormal({ std: Math.sqrt(scale / Math.max(1, fanOf(parameter, mode))) })(stream, parameter);
}

/**
 * Flux's `lecun_normal`: standard deviation 1 / sqrt(fanIn), cut at -2 and 2 in absolute numbers, which only a fan of a
 * few inputs feels.
 * @see Flux.jl `lecun_normal`, `truncated_normal`
 */
export function fluxLecunNormal(): Initializer {
  return (stream, parameter) =>
    absoluteTruncatedNormal({ std: 1 / Math.sqrt(Math.max(1, parameter.fanIn)) })(stream, parameter);
}
