import { OutsetError } from '../../messages/error.ts';
import type { ModelContainer } from '../../models/container.ts';
import { GraphBuilder } from '../../onnx/builder.ts';
import type { Graph } from '../../onnx/graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Subject } from '../subject.ts';
import { readFloat32, rewriteOf } from './container-weights.ts';
import { graphSubject } from './graph/graph-subject.ts';
import { emitLayer, type Signal } from './keras/emit-layer.ts';
import { type KerasLayer, kerasLayers } from './keras/layer-list.ts';
import { staticSubject } from './static-subject.ts';

/** Length of axes that the model leaves open, the batch aside. */
const openLength = 16;

/**
 * The subject of a model of Keras (`.keras`, `.h5`) or TensorFlow.js: its graph is built from the configuration, with the
 * weights in the file as parameters. A layer that has no nodes here leaves the weights alone to examine.
 */
export async function subjectFromKeras(container: ModelContainer, where: string): Promise<Subject> {
  const rewrite = rewriteOf(container);
  const model = kerasLayers(container.configuration);
  try {
    if (model === undefined) {
      throw new OutsetError('doctor.keras_layer', { where, layer: 'model', className: 'Model' });
    }
    const weights = new Map<string, Tensor<'float32'>>();
    const names = new Map<string, string>();
    for (const { name, parameters } of container.architecture.layers) {
      for (const one of parameters) {
        const value = await readFloat32(container, one);
        if (value === undefined) continue;
        weights.set(one.name, value);
        // The layer's own name is the last part of its path that the configuration knows.
        for (const part of name.split('/')) names.set(`${part}\0${one.variable}`, one.name);
      }
    }
    const graphFor = (batch: number): Graph => buildGraph(model, batch, where, weights, names);
    return graphSubject({
      title: where,
      origin: container.format === 'tfjs' ? 'tfjs' : container.format === 'keras' ? 'keras' : 'hdf5',
      graphFor,
      weights,
      nameOf: (weight) => weight.split('/').slice(0, -1).join('/'),
      storedAs: new Map(
        container.architecture.layers.flatMap(({ parameters }) =>
          parameters.map(({ name, type }) => [name, type as 'float32'] as const),
        ),
      ),
      rewrite,
    });
  } catch (error) {
    if (!(error instanceof OutsetError)) throw error;
    const reason = { en: error.text('en'), ko: error.text('ko') };
    return staticSubject(container, { title: where, reason, rewrite });
  }
}

function buildGraph(
  { layers, output }: NonNullable<ReturnType<typeof kerasLayers>>,
  batch: number,
  where: string,
  weights: ReadonlyMap<string, Tensor<'float32'>>,
  names: ReadonlyMap<string, string>,
): Graph {
  const builder = new GraphBuilder(where);
  const weight = (layer: string, variable: string): string | undefined => {
    const name = names.get(`${layer}\0${variable}`);
    const value = name === undefined ? undefined : weights.get(name);
    if (name === undefined || value === undefined) return undefined;
    return builder.has(name) ? name : builder.input(name, 'float32', value.dims);
  };
  const signals = new Map<string, Signal>();
  for (const layer of layers) {
    if (layer.className === 'InputLayer') {
      signals.set(layer.name, { value: inputOf(layer, layers, batch, where, builder), first: false });
      continue;
    }
    const inputs = layer.inputs.map((name) => signals.get(name)).filter((one) => one !== undefined);
    signals.set(layer.name, emitLayer(layer, inputs, { builder, where, weight }));
  }
  const result = signals.get(output);
  if (result === undefined) throw new OutsetError('doctor.no_output', { where });
  builder.output(result.value);
  return builder.build();
}

function inputOf(
  { name, config }: KerasLayer,
  layers: readonly KerasLayer[],
  batch: number,
  where: string,
  builder: GraphBuilder,
): string {
  const shape = config.batch_shape ?? config.batch_input_shape;
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 8) {
    throw new OutsetError('doctor.keras_layer', { where, layer: name, className: 'InputLayer' });
  }
  const dims = shape.slice(1).map((length) => (typeof length === 'number' ? length : openLength));
  const selects = layers.some((one) => one.className === 'Embedding' && one.inputs.includes(name));
  const whole = selects || config.dtype === 'int32' || config.dtype === 'int64';
  return builder.input(name, whole ? 'int32' : 'float32', [batch, ...dims]);
}
