/** The looks-linear start for a subject; see `starts/looks-linear.ts`. */
import type { Stream } from '../../random/stream.ts';
import { pairedWeights, pairSlope } from '../../starts/looks-linear.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';

/** True for a plain chain of dense and convolution layers without normalization, whose layers can be paired. */
export function canLookLinear({ layers, blocks }: Subject): boolean {
  return (
    blocks.length === 0 &&
    layers.length > 1 &&
    layers.every(
      ({ type, normalized, weight, activation, last }) =>
        (type === 'dense' || type === 'conv') &&
        !normalized &&
        (weight.layout?.groups ?? 1) === 1 &&
        (last || pairSlope(activation) !== null),
    )
  );
}

/** Weights for all layers and zero biases; to be called where {@link canLookLinear}. */
export function looksLinear({ layers }: Subject, stream: Stream): Map<string, Tensor<'float32'>> {
  const values = pairedWeights(layers, stream);
  for (const { bias } of layers) {
    if (bias === undefined) continue;
    values.set(bias.name, tensor('float32', bias.dims, new Float32Array(elementCount(bias.dims))));
  }
  return values;
}
