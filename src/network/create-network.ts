import { OutsetError } from '../messages/error.ts';
import { GraphBuilder } from '../onnx/builder.ts';
import { elementCount } from '../tensor/tensor.ts';
import { planLayers } from './layers/plan-layers.ts';
import type { Network, NetworkGraph } from './network.ts';
import { parseNetworkSpec } from './parse-spec.ts';
import { type EmitContext, NetworkPlan } from './plan.ts';
import { networkTitle } from './shorthand.ts';
import type { NetworkSpec } from './spec.ts';

/** Graph input that takes the batch of examples. */
export const featuresInput = 'features';

/**
 * Checks a spec and settles every shape: which parameters there are, where the signal can be traced, and how to build
 * the graph for a batch size. Pure and cheap; no weights are made here.
 *
 * @throws network.invalid_spec where the spec is not well formed; network.shape and its siblings where a layer does
 * not fit what reaches it
 * @example
 * const network = createNetwork({ input: [784], layers: [{ type: 'dense', units: 10 }] });
 * network.parameterCount; // 7850
 */
export function createNetwork(spec: NetworkSpec): Network {
  const checked = parseNetworkSpec(spec);
  const plan = new NetworkPlan(checked.layers);
  const layers = planLayers(plan, checked.layers, checked.input, ['layers']);
  const outputDims = layers[layers.length - 1].outputDims;
  const title = networkTitle(checked);

  function build(batch: number, mode: 'training' | 'inference'): NetworkGraph {
    if (!Number.isInteger(batch) || batch < 1) throw new OutsetError('network.batch', { batch });
    const builder = new GraphBuilder(title);
    const features = builder.input(featuresInput, 'float32', [batch, ...checked.input]);
    for (const { name, dims } of plan.parameters) builder.input(name, 'float32', dims);
    for (const { name, dims } of plan.buffers) builder.input(name, 'float32', dims);
    const context: EmitContext = {
      builder,
      batch,
      training: mode === 'training',
      masks: [],
      updatedBuffers: new Map(),
    };
    let value = features;
    for (const layer of layers) value = layer.emit(context, value);
    return { builder, features, logits: value, masks: context.masks, updatedBuffers: context.updatedBuffers };
  }

  return {
    spec: checked,
    parameters: plan.parameters,
    buffers: plan.buffers,
    layers: plan.layers,
    blocks: plan.blocks,
    outputDims,
    parameterCount: plan.parameters.reduce((sum, { dims }) => sum + elementCount(dims), 0),
    title,
    build,
  };
}
