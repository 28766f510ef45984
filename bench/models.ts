/** The networks of the benchmark, in a form that every peer can build from. */
import type { NetworkSpec } from '../src/network/spec.ts';

/** One layer, with its shapes spelled out so that no peer has to infer them. */
export type BenchLayer =
  /** y = x W + b, W [inputs, units]; an image is flattened channels first. */
  | { readonly kind: 'dense'; readonly inputs: number; readonly units: number; readonly relu: boolean }
  /** 'same' convolution 3x3 of [inputs, height, width]; W [channels, inputs, 3, 3]. */
  | { readonly kind: 'conv'; readonly inputs: number; readonly channels: number; readonly relu: boolean }
  /** 2x2, stride 2. */
  | { readonly kind: 'max-pool' };

/** A network to be timed. */
export interface BenchModel {
  readonly name: string;
  /** Shape of one example, channels first. */
  readonly input: readonly number[];
  readonly layers: readonly BenchLayer[];
  /** How many times faster than torch Outset wants to be. */
  readonly torchTarget: number;
}

/** How many times faster than each JavaScript peer Outset wants to be, on every network. */
export const javascriptTarget = 5;

function perceptron(widths: readonly number[], torchTarget: number): BenchModel {
  const layers = widths.slice(1).map((units, i): BenchLayer => {
    return { kind: 'dense', inputs: widths[i], units, relu: i < widths.length - 2 };
  });
  return { name: widths.join('-'), input: [widths[0]], layers, torchTarget };
}

/** All networks, smallest first. */
export const models: readonly BenchModel[] = [
  perceptron([784, 32, 10], 2),
  perceptron([784, 256, 256, 10], 1.1),
  perceptron([784, 500, 500, 2000, 10], 0.8),
  {
    name: 'cnn-32-64',
    input: [1, 28, 28],
    layers: [
      { kind: 'conv', inputs: 1, channels: 32, relu: true },
      { kind: 'max-pool' },
      { kind: 'conv', inputs: 32, channels: 64, relu: true },
      { kind: 'max-pool' },
      { kind: 'dense', inputs: 64 * 7 * 7, units: 10, relu: false },
    ],
    torchTarget: 0.8,
  },
];

/** The same network as Outset describes it. */
export function networkSpec(model: BenchModel): NetworkSpec {
  return {
    input: model.input,
    layers: model.layers.map((layer) => {
      if (layer.kind === 'max-pool') return { type: 'max-pool', size: 2 };
      const activation = layer.relu ? 'relu' : 'linear';
      return layer.kind === 'dense'
        ? { type: 'dense', units: layer.units, activation }
        : { type: 'conv', channels: layer.channels, kernel: 3, padding: 'same', activation };
    }),
  };
}
