import type { Network } from '../network/network.ts';
import type { CompileOptions, Runtime } from '../runtime/runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type AnswerKind, buildGradientGraph, type TrainingLoss } from './gradient-graph.ts';
import type { TrainingFinding } from './history.ts';

/** The batch that went wrong. */
export interface FailedStep {
  readonly network: Network;
  readonly loss: TrainingLoss;
  readonly against: AnswerKind;
  readonly batch: number;
  readonly step: number;
  /** All inputs of the step: parameters, buffers, masks, features, answers. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly runtime: Runtime;
  readonly compile: CompileOptions;
}

/**
 * Runs a failed step once more with every layer's signal as an output, and names the first place where a value is
 * NaN or infinite: along the forward pass, then the loss, then the gradients from the last layer to the first.
 */
export async function findNotFinite(failed: FailedStep): Promise<TrainingFinding> {
  const { network, step } = failed;
  const signals = network.layers.flatMap(({ preActivation, output }) => [preActivation, output]);
  const built = buildGradientGraph(network, failed.batch, failed.loss, failed.against, signals);
  const program = await failed.runtime.compile(built.graph, failed.compile);
  const values = await program.run(failed.feeds);
  await program.dispose();
  const bad = (tensor: Tensor) => !allFinite(tensor.data as Float32Array);
  const found = (layer: string, where: TrainingFinding['where']): TrainingFinding => ({
    kind: 'not-finite',
    step,
    layer,
    where,
  });
  const last = network.layers.at(-1)?.name ?? network.title;
  for (const layer of network.layers) {
    for (const name of [layer.weight, layer.bias]) {
      if (name !== undefined && bad(failed.feeds[name])) return found(layer.name, 'weights');
    }
    if (bad(values[built.probes.get(layer.preActivation)!])) return found(layer.name, 'pre-activations');
    if (bad(values[built.probes.get(layer.output)!])) return found(layer.name, 'activations');
  }
  for (const { name } of network.parameters) {
    // Scales and shifts of normalizations belong to no layer with weights.
    if (bad(failed.feeds[name])) return found(ownerOf(network, name), 'weights');
  }
  if (bad(values[built.loss])) return found(last, 'loss');
  for (const { name } of [...network.parameters].reverse()) {
    if (bad(values[built.gradients.get(name)!])) return found(ownerOf(network, name), 'gradient');
  }
  return found(last, 'loss');
}

/** True if no value is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return false;
  }
  return true;
}

/** The layer that a parameter belongs to: `dense1` of `dense1.weight`. */
function ownerOf(network: Network, parameter: string): string {
  const layer = network.layers.find(({ weight, bias }) => weight === parameter || bias === parameter);
  return layer?.name ?? parameter.replace(/\.[^.]*$/, '');
}
