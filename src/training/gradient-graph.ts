import { appendGradient } from '../autodiff/index.ts';
import type { MaskShape, Network, NetworkGraph } from '../network/network.ts';
import { outputDeclarer } from '../onnx/declare-output.ts';
import type { Graph, ValueInfo } from '../onnx/graph.ts';
import { appendLoss } from './loss.ts';
import type { TrainingSpec } from './spec.ts';

/** What a loss is measured against; see {@link appendLoss}. */
export type AnswerKind = 'labels' | 'targets';

/** What of a training decides its loss. */
export type TrainingLoss = Pick<TrainingSpec, 'loss' | 'labelSmoothing'>;

/** A graph that computes the loss of a batch and its derivative with respect to every parameter. */
export interface GradientGraph {
  readonly graph: Graph;
  readonly features: ValueInfo;
  readonly answers: ValueInfo;
  readonly masks: readonly MaskShape[];
  /** Output [] that holds the mean loss. */
  readonly loss: string;
  /** Parameter name -> output that holds its gradient. */
  readonly gradients: ReadonlyMap<string, string>;
  /** Buffer name -> output that holds its updated state. */
  readonly updatedBuffers: ReadonlyMap<string, string>;
}

/**
 * The training graph of a network for one batch size. Outputs: loss, gradients, updated buffers and `probes`, each
 * under a name of its own.
 * @param probes further values of the network's graph to declare as outputs, returned under the same names
 */
export function buildGradientGraph(
  network: Network,
  batch: number,
  { loss, labelSmoothing }: TrainingLoss,
  against: AnswerKind,
  probes: readonly string[] = [],
): GradientGraph & { readonly probes: ReadonlyMap<string, string> } {
  const built: NetworkGraph = network.build(batch, 'training');
  const { builder } = built;
  const appended = appendLoss(builder, loss, built.logits, {
    against,
    ...(labelSmoothing !== undefined && { labelSmoothing }),
  });
  const names = network.parameters.map(({ name }) => name);
  const gradientValues = appendGradient(builder, appended.loss, names);
  const declare = outputDeclarer(builder);
  const output = declare(appended.loss);
  const gradients = new Map(names.map((name) => [name, declare(gradientValues.get(name)!)]));
  const updatedBuffers = new Map([...built.updatedBuffers].map(([name, value]) => [name, declare(value)]));
  const probeOutputs = new Map([...new Set(probes)].map((value) => [value, declare(value)]));
  return {
    graph: builder.build(),
    features: { name: built.features, ...builder.type(built.features) },
    answers: appended.answer,
    masks: built.masks,
    loss: output,
    gradients,
    updatedBuffers,
    probes: probeOutputs,
  };
}
