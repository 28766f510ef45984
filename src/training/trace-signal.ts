import { appendGradient } from '../autodiff/index.ts';
import type { ParameterShape } from '../initializers/initializer.ts';
import { OutsetError } from '../messages/error.ts';
import { featuresInput } from '../network/create-network.ts';
import type { LayerInfo, MaskShape, Network, ParameterValues } from '../network/network.ts';
import type { Runtime, Values } from '../runtime/runtime.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import { distribution } from './distribution.ts';
import { equalOutgoing, equalUnits } from './equal-units.ts';
import { type AppendedLoss, appendLoss } from './loss.ts';
import { saturationBounds } from './saturation.ts';
import type { LossName } from './spec.ts';
import type { LayerTrace, SignalTrace } from './trace.ts';

/** The examples that are sent through the network: features [batch, ...input] with classes or wanted outputs. */
export interface TraceBatch {
  readonly features: Tensor<'float32'>;
  /** Class of each example, [batch]. Exactly one of `labels` and `targets` is given. */
  readonly labels?: Tensor<'int32'>;
  /** Wanted outputs, [batch, outputs]. */
  readonly targets?: Tensor<'float32'>;
}

export interface TraceOptions {
  readonly loss: LossName;
  readonly runtime: Runtime;
  /** Updates done so far, to be noted in the trace; default 0. */
  readonly step?: number;
}

/**
 * Sends one batch forward and back and summarizes, layer by layer, weights, biases, pre-activations and activations,
 * and the derivatives of the loss with respect to each. Statistics are taken in float64.
 *
 * Batch normalization uses the batch, as in training; dropout keeps everything, so that two traces of the same weights
 * are equal. The loss is the mean over the batch: each derivative carries its factor 1 / batch.
 *
 * @param parameters every parameter of the network; running statistics too, if at hand
 * @throws trace.batch, trace.parameter where shapes do not fit
 */
export async function traceSignal(
  network: Network,
  parameters: ParameterValues,
  batch: TraceBatch,
  options: TraceOptions,
): Promise<SignalTrace> {
  const size = checkBatch(network, batch);
  const graph = network.build(size, 'training');
  const { builder } = graph;
  const against = batch.labels === undefined ? 'targets' : 'labels';
  const appended = appendLoss(builder, options.loss, graph.logits, { against });
  const probes = probedValues(network.layers);
  const gradients = appendGradient(builder, appended.loss, probes);
  const signals = network.layers.flatMap(({ preActivation, output }) => [preActivation, output]);
  for (const value of new Set([appended.loss, ...signals, ...gradients.values()])) builder.output(value);

  const program = await options.runtime.compile(builder.build());
  let results: Values;
  try {
    results = await program.run(feeds(network, parameters, batch, size, graph.masks, appended));
  } finally {
    await program.dispose();
  }

  const read = (value: string): Float32Array => results[value].data as Float32Array;
  const gradientOf = (value: string): Float32Array => {
    const gradient = gradients.get(value);
    return gradient === undefined ? new Float32Array(elementCount(builder.dims(value))) : read(gradient);
  };
  const loss = read(appended.loss)[0];
  return {
    step: options.step ?? 0,
    batchSize: size,
    loss: Number.isFinite(loss) ? loss : null,
    layers: network.layers.map((layer) => traceLayer(network, parameters, layer, read, gradientOf)),
  };
}

/** What the loss is differentiated by; each once. */
function probedValues(layers: readonly LayerInfo[]): string[] {
  const values = layers.flatMap(({ weight, bias, preActivation, output }) => [
    weight,
    ...(bias === undefined ? [] : [bias]),
    preActivation,
    output,
  ]);
  return [...new Set(values)];
}

function traceLayer(
  network: Network,
  parameters: ParameterValues,
  layer: LayerInfo,
  read: (value: string) => Float32Array,
  gradientOf: (value: string) => Float32Array,
): LayerTrace {
  const shape = network.parameters.find(({ name }) => name === layer.weight);
  const weight = parameters.get(layer.weight);
  if (shape === undefined || weight === undefined) {
    throw new OutsetError('trace.parameter', { name: layer.weight, expected: shape?.dims ?? [], got: null });
  }
  const bias = layer.bias === undefined ? undefined : parameters.get(layer.bias);
  const outgoing = outgoingEquality(network, parameters, layer, shape);
  return {
    name: layer.name,
    type: layer.type,
    depth: layer.depth,
    activation: layer.activation,
    fanIn: shape.fanIn,
    fanOut: shape.fanOut,
    weights: distribution(weight.data),
    biases: bias === undefined ? null : distribution(bias.data),
    preActivations: distribution(read(layer.preActivation)),
    activations: distribution(read(layer.output), saturationBounds(layer.activation)),
    gradients: {
      weights: distribution(gradientOf(layer.weight)),
      biases: layer.bias === undefined ? null : distribution(gradientOf(layer.bias)),
      preActivations: distribution(gradientOf(layer.preActivation)),
      activations: distribution(gradientOf(layer.output)),
    },
    equalUnits: equalUnits(shape, weight, bias),
    ...(outgoing === undefined ? {} : { equalOutgoing: outgoing }),
  };
}

/** Whether the next layer with weights tells the units of this one apart. */
function outgoingEquality(
  network: Network,
  parameters: ParameterValues,
  layer: LayerInfo,
  shape: ParameterShape,
): boolean | undefined {
  const next = network.layers[layer.depth];
  const nextShape = network.parameters.find(({ name }) => name === next?.weight);
  const weight = nextShape && parameters.get(nextShape.name);
  if (nextShape === undefined || weight === undefined) return undefined;
  return equalOutgoing(nextShape, weight, shape.dims[shape.layout?.outAxis ?? shape.dims.length - 1]);
}

/** The number of examples, after checking that features and answers belong together. */
function checkBatch(network: Network, { features, labels, targets }: TraceBatch): number {
  const size = features.dims[0] ?? 0;
  const values = elementCount(network.spec.input);
  if (size < 1 || features.data.length !== size * values) {
    throw new OutsetError('trace.batch', {
      what: 'features',
      expected: `[batch, ${network.spec.input.join(', ')}]`,
      got: `[${features.dims.join(', ')}]`,
    });
  }
  const answers = labels ?? targets;
  if (answers === undefined || (labels !== undefined && targets !== undefined)) {
    throw new OutsetError('trace.batch', {
      what: 'labels / targets',
      expected: '1',
      got: answers === undefined ? '0' : '2',
    });
  }
  const expected = labels === undefined ? size * elementCount(network.outputDims) : size;
  if (answers.data.length !== expected || answers.dims[0] !== size) {
    throw new OutsetError('trace.batch', {
      what: labels === undefined ? 'targets' : 'labels',
      expected: labels === undefined ? `[${size}, ${network.outputDims.join(', ')}]` : `[${size}]`,
      got: `[${answers.dims.join(', ')}]`,
    });
  }
  return size;
}

function feeds(
  network: Network,
  parameters: ParameterValues,
  batch: TraceBatch,
  size: number,
  masks: readonly MaskShape[],
  loss: AppendedLoss,
): Values {
  const values: Record<string, Tensor> = {
    [featuresInput]: tensor('float32', [size, ...network.spec.input], batch.features.data),
  };
  for (const { name, dims } of network.parameters) {
    const value = parameters.get(name);
    if (value === undefined || value.data.length !== elementCount(dims)) {
      throw new OutsetError('trace.parameter', {
        name,
        expected: [...dims],
        got: value === undefined ? null : [...value.dims],
      });
    }
    values[name] = tensor('float32', dims, value.data);
  }
  for (const { name, dims, initial } of network.buffers) {
    values[name] =
      parameters.get(name) ?? tensor('float32', dims, new Float32Array(elementCount(dims)).fill(initial));
  }
  for (const { name, dims } of masks) {
    values[name] = tensor('float32', dims, new Float32Array(elementCount(dims)).fill(1));
  }
  values[loss.answer.name] =
    batch.labels === undefined
      ? tensor('float32', loss.answer.dims, (batch.targets as Tensor<'float32'>).data)
      : tensor('int32', loss.answer.dims, batch.labels.data);
  return values;
}
