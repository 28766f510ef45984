import {
  meanVisibleFromHidden,
  modeVisibleFromHidden,
  sampleHiddenFromVisible,
  sampleVisibleFromHidden,
} from '../../boltzmann/conditionals.ts';
import { denseRows } from '../../boltzmann/convert-rows.ts';
import { generateSamples } from '../../boltzmann/dbn/generate.ts';
import type { Dbn } from '../../boltzmann/dbn.ts';
import { equilibrate } from '../../boltzmann/judge/reverse-ais.ts';
import type { StoredModel } from '../../boltzmann/model-file.ts';
import type { Rbm } from '../../boltzmann/rbm.ts';
import { rowsFromFeatures } from '../../boltzmann/rows-from-features.ts';
import type { StateRows } from '../../boltzmann/state-rows.ts';
import { unstandardize } from '../../data/standardize.ts';
import { OutsetError } from '../../messages/index.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';

export interface DrawOptions {
  readonly count: number;
  /** Class of each sample, held fixed; null samples freely. */
  readonly labels: Int32Array | null;
  /** Gibbs steps of the top RBM, from random states. */
  readonly steps: number;
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile: CompileOptions;
}

/**
 * Samples of a model, in the numbers of its data: chains of the top RBM, then one pass down. What is given out are the
 * means of the visible units given the layer above (the most probable category for Potts units).
 * @throws dbn.no_labels for a class of a model without labels
 */
export async function drawSamples(
  model: StoredModel,
  options: DrawOptions,
): Promise<{ features: Float32Array; count: number; labels: Int32Array | null }> {
  const { count } = options;
  const dbn: Dbn = { layers: model.layers, labels: model.labels };
  const binary = dbn.layers.every(
    ({ rbm }) => rbm.visible.kind === 'bernoulli' && rbm.hidden.kind === 'bernoulli',
  );
  if (binary) {
    const { labels, ...rest } = options;
    const drawn = await generateSamples(dbn, { ...rest, ...(labels && { labels }) });
    return { features: drawn.visible, count, labels: drawn.labels };
  }
  if (options.labels !== null) throw new OutsetError('dbn.no_labels', { what: 'samples of a class' });
  const { steps, stream } = options;
  const top = dbn.layers[dbn.layers.length - 1].rbm;
  const start = randomRows(top, count, stream.child('start'));
  const chains = await equilibrate(top, start, steps, { stream: stream.child('chains') });
  const features = passDown(dbn, chains, stream.child('down'));
  return {
    features: model.standardization === undefined ? features : unstandardize(features, model.standardization),
    count,
    labels: null,
  };
}

/** From visible states of the top RBM down to the data; states are drawn on the way, the last step gives means. */
function passDown({ layers }: Dbn, chains: StateRows, stream: Stream): Float32Array {
  const top = layers[layers.length - 1].rbm;
  let hidden = sampleHiddenFromVisible(top, chains, stream.child('top'));
  for (let layer = layers.length - 1; layer > 0; layer--) {
    hidden = sampleVisibleFromHidden(layers[layer].rbm, hidden, stream.child(layer));
  }
  const { rbm } = layers[0];
  if (rbm.visible.kind !== 'potts') return meanVisibleFromHidden(rbm, hidden).data;
  const { states } = rbm.visible;
  const oneHot = denseRows(rbm.visible, modeVisibleFromHidden(rbm, hidden)).data;
  return Float32Array.from({ length: oneHot.length / states }, (_, unit) =>
    oneHot.subarray(unit * states, (unit + 1) * states).indexOf(1),
  );
}

/** States to begin chains with: every state drawn evenly, real numbers from a standard normal. */
export function randomRows({ visible }: Rbm, count: number, stream: Stream): StateRows {
  const units = visible.count;
  const uniform = stream.uniform(new Float32Array(count * units));
  const features =
    visible.kind === 'potts'
      ? uniform.map((value) => Math.floor(value * visible.states))
      : visible.kind === 'bernoulli' || visible.kind === 'spin'
        ? uniform.map((value) => (value < 0.5 ? 1 : 0))
        : stream.child('normal').normal(new Float32Array(count * units));
  const bounded = visible.kind === 'relu' || visible.kind === 'nrelu' ? features.map(Math.abs) : features;
  return rowsFromFeatures(visible, 'threshold', { count, width: units, features: bounded }, stream);
}
