import { number } from '../initializers/catalogue/entry.ts';
import { parseRule } from '../initializers/registry.ts';
import { OutsetError } from '../messages/error.ts';
import type { LayerInfo, Network, ParameterValues } from '../network/network.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { draftOf, openProbe } from './batch-probe.ts';
import type { StartDefinition } from './definition.ts';
import { ruleStart } from './rule-start.ts';
import type { Start, StartContext } from './start.ts';

export interface LsuvOptions {
  /** Wanted variance of the pre-activations of every layer with weights. Default 1. */
  readonly target?: number;
  /** Largest accepted distance of the variance from the target. Default 0.02, as in the authors' Caffe code. */
  readonly tolerance?: number;
  /** Most rescalings of one layer. Default 20, as in the authors' Caffe code. */
  readonly iterations?: number;
}

/** Defaults of {@link LsuvOptions}. */
export const lsuvDefaults: Required<LsuvOptions> = { target: 1, tolerance: 0.02, iterations: 20 };

/** `lsuv` in the registry: from orthogonal weights. */
export const lsuvDefinition: StartDefinition = {
  name: 'lsuv',
  aliases: [],
  family: 'data',
  needsData: true,
  parameters: {
    tolerance: number(lsuvDefaults.tolerance, { above: 0 }),
    iterations: number(lsuvDefaults.iterations, { from: 1, whole: true }),
    target: number(lsuvDefaults.target, { above: 0 }),
  },
  formula: 'W orthogonal, then W /= std(x W + b)',
  source: 'Mishkin & Matas 2016, algorithm 1',
  preserves: ['forward'],
  build: (name, { tolerance, iterations, target }) =>
    lsuv(name, ruleStart(parseRule('orthogonal')), {
      tolerance: Number(tolerance),
      iterations: Number(iterations),
      target: Number(target),
    }),
};

/** Below this variance no float32 factor can be trusted to reach the target. */
const smallestVariance = 1e-30;

/**
 * Layer-sequential unit-variance initialization: a data-driven start.
 *
 * All weights are first drawn by `base` (orthonormal, as in the paper). Then, from the first layer to the last, while
 * |var(z) - target| > tolerance:  W := W sqrt(target / var(z)), where z = x W + b are the layer's pre-activations on
 * one batch and var is taken over all of them (examples, units and pixels) in float64. The paper normalizes the output
 * blob of each convolution and inner-product layer, before its nonlinearity; so do we, the last layer included. Biases
 * are 0, so z is linear in W and one rescaling is nearly exact.
 *
 * The inner layers and the projection of a residual block count as layers; the sum behind a block is not normalized.
 * Batch normalization uses the batch, dropout keeps everything.
 *
 * @param base the start whose values are rescaled; must not need data
 * @throws starts.needs_data without a batch or runtime, starts.dead_layer where the variance is 0 or not finite,
 * starts.no_convergence after too many iterations
 * @see Mishkin and Matas 2016, All you need is a good init, algorithm 1
 */
export function lsuv(name: string, base: Start, options: LsuvOptions = {}): Start {
  const settings = { ...lsuvDefaults, ...options };
  return {
    name,
    needsData: true,
    async parameters(network: Network, context: StartContext): Promise<ParameterValues> {
      const probe = await openProbe(name, network, context);
      const values = await draftOf(base, network, context);
      try {
        for (const layer of network.layers) {
          await normalizeLayer(name, layer, values, settings, async (value) => {
            return (await probe.measure(values, [value]))[value];
          });
        }
      } finally {
        await probe.dispose();
      }
      return values;
    },
  };
}

/** Rescales the weights of one layer until the variance of its pre-activations is on target. */
async function normalizeLayer(
  start: string,
  layer: LayerInfo,
  values: ReadonlyMap<string, Tensor<'float32'>>,
  { target, tolerance, iterations }: Required<LsuvOptions>,
  measure: (value: string) => Promise<ArrayLike<number>>,
): Promise<void> {
  const weight = values.get(layer.weight) as Tensor<'float32'>;
  let rescaled = 0;
  for (;;) {
    const variance = varianceOf(await measure(layer.preActivation));
    if (!(variance > smallestVariance && Number.isFinite(variance))) {
      throw new OutsetError('starts.dead_layer', { start, layer: layer.name, variance });
    }
    if (Math.abs(variance - target) <= tolerance) return;
    if (rescaled === iterations) {
      throw new OutsetError('starts.no_convergence', {
        start,
        layer: layer.name,
        variance,
        target,
        tolerance,
        iterations,
      });
    }
    const factor = Math.sqrt(target / variance);
    for (let i = 0; i < weight.data.length; i++) weight.data[i] *= factor;
    rescaled += 1;
  }
}

function varianceOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return squares / values.length;
}
