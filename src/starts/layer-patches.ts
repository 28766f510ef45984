import type { Layout, ParameterShape } from '../initializers/initializer.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount, strides } from '../tensor/tensor.ts';

/** What a layer sees: samples of the numbers that one output is made of, in the order of a row of its weight. */
export interface Patches {
  readonly count: number;
  /** Numbers in a patch. */
  readonly length: number;
  /** Row-major [count, length]. */
  readonly data: Float64Array;
}

/**
 * Draws patches of a layer's inputs for one group of its weight. For a dense layer a patch is an example; for a
 * convolution it is a window of a random example at a random place inside the image (from the corner, where the image is
 * smaller than the window), with zeros beyond the border.
 *
 * @param inputs  values [batch, channels, ...size] that reach the layer
 * @param row  places in the weight of the inputs of one output of the group, as `rowsByGroup` gives them
 * @param dilation  distance of neighboring taps, per kernel axis; default 1
 */
export function layerPatches(
  stream: Stream,
  inputs: { readonly dims: readonly number[]; readonly data: ArrayLike<number> },
  { dims }: Pick<ParameterShape, 'dims'>,
  layout: Layout,
  row: Int32Array,
  group: number,
  most: number,
  dilation: readonly number[] = [],
): Patches {
  const batch = inputs.dims[0];
  const example = elementCount(inputs.dims) / Math.max(1, batch);
  const isDense = layout.kernelAxes.length === 0;
  const count = isDense ? Math.min(batch, most) : most;
  const length = row.length;
  const data = new Float64Array(count * length);
  const step = strides(dims);
  const size = inputs.dims.slice(2);
  const pixels = elementCount(size);
  const places = new Float32Array(1 + size.length);
  for (let n = 0; n < count; n++) {
    stream.uniform(places);
    const from = isDense ? n : Math.floor(places[0] * batch);
    const corner = size.map((edge, k) => {
      const span = (dims[layout.kernelAxes[k]] - 1) * (dilation[k] ?? 1) + 1;
      return Math.floor(places[k + 1] * Math.max(1, edge - span + 1));
    });
    for (let j = 0; j < length; j++) {
      const index = dims.map((edge, axis) => Math.floor(row[j] / step[axis]) % edge);
      const channel = group * dims[layout.inAxis] + index[layout.inAxis];
      let offset = 0;
      let inside = true;
      for (const [k, edge] of size.entries()) {
        const at = corner[k] + index[layout.kernelAxes[k]] * (dilation[k] ?? 1);
        inside &&= at < edge;
        offset = offset * edge + at;
      }
      data[n * length + j] = inside ? inputs.data[from * example + channel * pixels + offset] : 0;
    }
  }
  return { count, length, data };
}
