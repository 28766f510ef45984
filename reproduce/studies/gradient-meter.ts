/** Mean squares of the loss's gradient at the first and the last layer of a network; compiled once for many draws. */
import { appendGradient } from '../../src/autodiff/index.ts';
import { featuresInput } from '../../src/network/create-network.ts';
import type { Network, ParameterValues } from '../../src/network/network.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { appendLoss } from '../../src/training/index.ts';

export interface GradientSquares {
  /** Mean square of d loss / d pre-activation, over units, places and examples. */
  readonly first: number;
  readonly last: number;
}

export interface GradientMeter {
  measure(
    parameters: ParameterValues,
    features: Tensor<'float32'>,
    labels: Tensor<'int32'>,
  ): Promise<GradientSquares>;
  dispose(): Promise<void>;
}

/** @param examples size of the batches that will be measured */
export async function createGradientMeter(
  network: Network,
  examples: number,
  runtime: Runtime,
): Promise<GradientMeter> {
  const { builder, logits } = network.build(examples, 'training');
  const { loss } = appendLoss(builder, 'softmax-cross-entropy', logits, { against: 'labels' });
  const ends = [network.layers[0], network.layers[network.layers.length - 1]].map((l) => l.preActivation);
  const gradients = appendGradient(builder, loss, ends);
  const [first, last] = ends.map((value) => gradients.get(value) as string);
  builder.output(first);
  builder.output(last);
  const program = await runtime.compile(builder.build());
  return {
    measure: async (parameters, features, labels) => {
      const results = await program.run({
        ...Object.fromEntries(parameters),
        [featuresInput]: features,
        labels,
      });
      return { first: meanSquare(results[first]), last: meanSquare(results[last]) };
    },
    dispose: () => program.dispose(),
  };
}

function meanSquare({ data }: Tensor): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Number(data[i]) ** 2;
  return sum / data.length;
}
