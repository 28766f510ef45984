/** Filters whose responses on a batch have a given mean and variance 1, unit by unit and layer by layer. */
import type { ParameterShape } from '../initializers/initializer.ts';
import { rowsByGroup } from '../initializers/orthogonal.ts';
import { OutsetError } from '../messages/error.ts';
import type { LayerInfo, Network } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import type { BatchProbe, DraftValues } from './batch-probe.ts';
import { type FilterBasis, filters } from './filter-bases.ts';
import { layerPatches } from './layer-patches.ts';

/** Patches that filters are made from: enough for the directions, few enough for their eigenvectors. */
const mostPatches = { narrow: 2000, wide: 400 } as const;

export interface WithinLayerOptions {
  readonly basis: FilterBasis;
  /** Mean of every pre-activation after the start. */
  readonly beta: number;
}

/**
 * For every layer, first to last: draws its filters, measures mean and standard deviation of each output channel on the batch
 * (over examples and pixels), and sets
 *
 *   W_k := W_k / sigma_k        b_k := beta - mu_k / sigma_k
 *
 * so that every unit has variance 1 and mean beta. Layers without a bias get their variance only. A unit that does not
 * respond to any example keeps a filter of length 1.
 *
 * @throws starts.dead_layer if no unit of a layer responds, starts.not_finite
 * @see Krähenbühl et al. 2016, algorithm 1
 */
export async function normalizeWithinLayers(
  start: string,
  network: Network,
  probe: BatchProbe,
  values: DraftValues,
  stream: Stream,
  { basis, beta }: WithinLayerOptions,
): Promise<void> {
  const shapes = new Map(network.parameters.map((shape) => [shape.name, shape]));
  for (const layer of network.layers) {
    const shape = shapes.get(layer.weight) as ParameterShape;
    await drawFilters(probe, values, stream.child(layer.weight), layer, shape, basis);
    const measured = await probe.measure(values, [layer.preActivation]);
    const [mean, std] = channelMoments(measured[layer.preActivation], probe.dims(layer.preActivation));
    if (!std.some((sigma) => sigma > 0) || !std.every(Number.isFinite)) {
      throw new OutsetError('starts.dead_layer', { start, layer: layer.name, variance: std[0] ** 2 });
    }
    rescale(values, shape, layer, mean, std, beta);
  }
}

async function drawFilters(
  probe: BatchProbe,
  values: DraftValues,
  stream: Stream,
  layer: LayerInfo,
  shape: ParameterShape,
  basis: FilterBasis,
): Promise<void> {
  const layout = shape.layout;
  const weight = values.get(layer.weight);
  if (layout === undefined || weight === undefined) return;
  const value = probe.inputs.get(layer.name) ?? '';
  const data = basis === 'gaussian' ? [] : (await probe.measure(values, [value]))[value];
  for (const [group, rows] of rowsByGroup(shape.dims, layout).entries()) {
    const own = stream.child(group);
    const length = rows[0].length;
    const most = length > mostPatches.wide ? mostPatches.wide : mostPatches.narrow;
    const patches =
      basis === 'gaussian'
        ? { count: 0, length, data: new Float64Array(0) }
        : layerPatches(
            own.child('patches'),
            { dims: probe.dims(value), data },
            shape,
            layout,
            rows[0],
            group,
            most,
            probe.dilation(layer.weight),
          );
    const drawn = filters(own, basis, patches, rows.length);
    for (const [o, row] of rows.entries()) {
      let norm = 0;
      for (let j = 0; j < length; j++) norm += drawn[o * length + j] ** 2;
      for (let j = 0; j < length; j++) weight.data[row[j]] = drawn[o * length + j] / Math.sqrt(norm || 1);
    }
  }
  if (layer.bias !== undefined) values.get(layer.bias)?.data.fill(0);
}

/** Mean and standard deviation of every channel of values [batch, channels, ...size]. */
function channelMoments(data: ArrayLike<number>, dims: readonly number[]): [Float64Array, Float64Array] {
  const [batch, channels, ...size] = dims;
  const pixels = size.reduce((a, b) => a * b, 1);
  const mean = new Float64Array(channels);
  const std = new Float64Array(channels);
  const visit = (each: (channel: number, value: number) => void) => {
    for (let i = 0; i < data.length; i++) each(Math.floor(i / pixels) % channels, data[i]);
  };
  visit((channel, value) => {
    mean[channel] += value / (batch * pixels);
  });
  visit((channel, value) => {
    std[channel] += (value - mean[channel]) ** 2 / (batch * pixels);
  });
  return [mean, std.map(Math.sqrt)];
}

function rescale(
  values: DraftValues,
  { dims, layout }: ParameterShape,
  layer: LayerInfo,
  mean: Float64Array,
  std: Float64Array,
  beta: number,
): void {
  const weight = values.get(layer.weight);
  const bias = layer.bias === undefined ? undefined : values.get(layer.bias);
  if (weight === undefined || layout === undefined) return;
  let channel = 0;
  for (const rows of rowsByGroup(dims, layout)) {
    for (const row of rows) {
      // Below a millionth of the largest spread a unit is silent: a factor would only blow up rounding.
      const sigma = std[channel] > 1e-6 * Math.max(...std) ? std[channel] : 1;
      for (const place of row) weight.data[place] /= sigma;
      if (bias !== undefined) bias.data[channel] = beta - mean[channel] / sigma;
      channel += 1;
    }
  }
}
