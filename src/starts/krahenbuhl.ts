import { choice, number } from '../initializers/catalogue/entry.ts';
import { parseRule } from '../initializers/registry.ts';
import { draftOf, openProbe } from './batch-probe.ts';
import { equalizeBetweenLayers } from './between-layer.ts';
import type { StartDefinition } from './definition.ts';
import { type FilterBasis, filterBases } from './filter-bases.ts';
import { ruleStart } from './rule-start.ts';
import type { Start } from './start.ts';
import { normalizeWithinLayers } from './within-layer.ts';

export interface KrahenbuhlOptions {
  /** Where filters point: `gaussian` (default), `pca`, `k-means`. */
  readonly basis?: FilterBasis;
  /** Mean of every pre-activation, default 0.1 as in the authors' code: most rectifiers are on at first. */
  readonly beta?: number;
  /** Whether layers are rescaled to learn at equal speeds; default true. */
  readonly between?: boolean;
}

/**
 * Data-dependent initialization: every unit has mean beta and variance 1 on a batch (within layers), and all layers change by
 * the same share under a random gradient (between layers).
 *
 * @throws starts.needs_data, starts.batch_shape, starts.dead_layer, starts.no_gradient
 * @see Krähenbühl, Doersch, Donahue, Darrell 2016, "Data-dependent initializations of convolutional neural networks",
 *   algorithms 1 and 2
 */
export function krahenbuhl(name: string, options: KrahenbuhlOptions = {}): Start {
  const { basis = 'gaussian', beta = 0.1, between = true } = options;
  const base = ruleStart(parseRule('he-normal'));
  return {
    name,
    needsData: true,
    async parameters(network, context) {
      const values = await draftOf(base, network, context);
      const probe = await openProbe(name, network, context);
      try {
        await normalizeWithinLayers(name, network, probe, values, context.stream, { basis, beta });
      } finally {
        await probe.dispose();
      }
      if (between) {
        await equalizeBetweenLayers(name, network, context, values, context.stream.child('top-gradient'));
      }
      return values;
    },
  };
}

export const krahenbuhlDefinition: StartDefinition = {
  name: 'krahenbuhl',
  aliases: ['magic-init', 'data-dependent'],
  family: 'data',
  needsData: true,
  parameters: {
    basis: choice('gaussian', filterBases),
    beta: number(0.1),
    between: choice('yes', ['yes', 'no']),
  },
  formula:
    'W_k /= σ_k, b_k = β - μ_k / σ_k per unit; then W_l *= √(r_l / r), r_l = rms(dW_l) / rms(W_l), r their geometric mean',
  source: 'Krähenbühl et al. 2016, algorithms 1 and 2',
  preserves: ['forward', 'update'],
  build: (name, { basis, beta, between }) =>
    krahenbuhl(name, { basis: basis as FilterBasis, beta: Number(beta), between: between === 'yes' }),
};

/**
 * The data-dependent start of weight normalization, as plain weights: filters of random direction, scaled and shifted so that
 * every pre-activation has mean 0 and variance 1 on a batch.
 *
 *   w = g v / |v|,  v ~ N(0, 1),  g = 1 / sigma,  b = -mu / sigma        mu, sigma those of v x / |v|
 *
 * @see Salimans, Kingma 2016, "Weight normalization", eq. 5 and 6
 */
export const weightNormDefinition: StartDefinition = {
  name: 'weight-norm',
  aliases: ['weight-normalization'],
  family: 'data',
  needsData: true,
  parameters: {},
  formula: 'w = v / (σ |v|), b = -μ / σ, v ~ N(0, 1); μ, σ of v x / |v| on a batch',
  source: 'Salimans & Kingma 2016, eq. 5 and 6',
  preserves: ['forward'],
  build: (name) => krahenbuhl(name, { basis: 'gaussian', beta: 0, between: false }),
};
