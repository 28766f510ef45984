import type { Dbn, Rbm } from '../../src/boltzmann/index.ts';
import { tensor } from '../../src/tensor/tensor.ts';

/** A belief net of binary units without labels as JSON, for the results of a part. */
export interface StoredDbn {
  readonly layers: readonly {
    readonly counts: readonly [number, number];
    readonly arrays: readonly string[];
  }[];
}

export function storeDbn({ layers }: Dbn): StoredDbn {
  return {
    layers: layers.map(({ rbm: { visible, hidden, weights, visibleParameters, hiddenParameters } }) => ({
      counts: [visible.count, hidden.count],
      arrays: [weights.data, visibleParameters.bias, hiddenParameters.bias].map((data) =>
        Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
      ),
    })),
  };
}

export function loadDbn({ layers }: StoredDbn): Dbn {
  return {
    labels: 0,
    layers: layers.map(({ counts: [visible, hidden], arrays }) => {
      const [weights, visibleBias, hiddenBias] = arrays.map(
        (text) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer),
      );
      const rbm: Rbm = {
        visible: { kind: 'bernoulli', count: visible },
        hidden: { kind: 'bernoulli', count: hidden },
        weights: tensor('float32', [visible, hidden], weights),
        visibleParameters: { bias: visibleBias },
        hiddenParameters: { bias: hiddenBias },
      };
      return { rbm };
    }),
  };
}
