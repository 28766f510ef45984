/** Equal speeds of learning in all layers. */
import { appendGradient } from '../autodiff/append-gradient.ts';
import { OutsetError } from '../messages/error.ts';
import type { Network, NetworkGraph } from '../network/network.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount, tensor } from '../tensor/tensor.ts';
import { type DraftValues, openProbe } from './batch-probe.ts';
import type { StartContext } from './start.ts';

/** Most rounds, and the accepted relative deviation of a layer's speed: those of the authors' code. */
const rounds = 10;
const tolerance = 0.01;

/**
 * Rescales whole layers until a random gradient at the output changes all weights by the same share:
 *
 *   r_k = rms(dL/dW_k) / rms(W_k)        W_k := W_k sqrt(r_k / r),  r the geometric mean of all r_k
 *
 * The factors multiply to 1, so that behind rectifiers, which pass factors on, the outputs stay the same; biases are
 * multiplied by all factors up to their layer. With other activations, and around residual sums, the outputs change, and
 * the rounds (10 at most) get near equal speeds.
 *
 * @throws starts.no_gradient where the gradient of a layer is 0 or not finite
 * @see Krähenbühl et al. 2016, algorithm 2
 */
export async function equalizeBetweenLayers(
  start: string,
  network: Network,
  context: StartContext,
  values: DraftValues,
  stream: Stream,
): Promise<void> {
  const weights = network.layers.map(({ weight }) => weight);
  let gradients = new Map<string, string>();
  const probe = await openProbe(start, network, context, {
    most: 256,
    extend({ builder, logits }: NetworkGraph, size) {
      const dims = [size, ...network.outputDims];
      const seed = builder.input('start.top-gradient', 'float32', dims);
      gradients = appendGradient(builder, logits, weights, { seed });
      const top = stream.normal(new Float32Array(elementCount(dims)));
      return { values: [...gradients.values()], feeds: { [seed]: tensor('float32', dims, top) } };
    },
  });
  try {
    for (let round = 0; round < rounds; round++) {
      const measured = await probe.measure(values, [...gradients.values()]);
      const speeds = network.layers.map(({ name, weight }) => {
        const gradient = rms(measured[gradients.get(weight) as string]);
        const speed = gradient / rms(values.get(weight)?.data ?? []);
        if (speed > 0 && Number.isFinite(speed)) return speed;
        throw new OutsetError('starts.no_gradient', { start, layer: name, gradient });
      });
      const mean = Math.exp(speeds.reduce((sum, speed) => sum + Math.log(speed), 0) / speeds.length);
      if (speeds.every((speed) => Math.abs(speed / mean - 1) <= tolerance)) return;
      let product = 1;
      for (const [k, layer] of network.layers.entries()) {
        const factor = Math.sqrt(speeds[k] / mean);
        product *= factor;
        multiply(values, layer.weight, factor);
        if (layer.bias !== undefined) multiply(values, layer.bias, product);
      }
    }
  } finally {
    await probe.dispose();
  }
}

function multiply(values: DraftValues, name: string, factor: number): void {
  const data = values.get(name)?.data;
  if (data !== undefined) for (let i = 0; i < data.length; i++) data[i] *= factor;
}

function rms(data: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * data[i];
  return Math.sqrt(sum / data.length);
}
