/** A subject of weights alone: what can be said of a model that cannot be run. */
import { decodeStored, storedFloatTypes } from '../../formats/stored-tensor.ts';
import type { ModelContainer } from '../../models/container.ts';
import type { ModelLayer } from '../../models/model.ts';
import { type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Subject, SubjectLayer } from '../subject.ts';

export interface StaticSubjectOptions {
  readonly title: string;
  /** Why the model cannot be run. */
  readonly reason: { readonly en: string; readonly ko: string };
  readonly rewrite?: Subject['rewrite'];
}

const types: Readonly<Partial<Record<ModelLayer['kind'], SubjectLayer['type']>>> = {
  dense: 'dense',
  conv: 'conv',
  'conv-transpose': 'conv-transpose',
  recurrent: 'recurrent',
  attention: 'attention',
  embedding: 'embedding',
};

/** Weights with their layouts, in the order of the file, without a graph. */
export async function staticSubject(
  container: ModelContainer,
  { title, reason, rewrite }: StaticSubjectOptions,
): Promise<Subject> {
  const { layers } = container.architecture;
  const all = layers.flatMap(({ parameters }) => parameters).filter(({ fixed }) => fixed === undefined);
  const parameters = new Map<string, Tensor<'float32'>>();
  for (const { name, type, dims } of all) {
    if (!storedFloatTypes.includes(type)) continue;
    const bytes = await container.read(name);
    const values = decodeStored({ type, dims }, bytes).data;
    parameters.set(
      name,
      tensor(
        'float32',
        dims,
        values instanceof Float32Array ? values : Float32Array.from(values as Float64Array),
      ),
    );
  }
  const kept = all.filter(({ name }) => parameters.has(name));
  const storedAs = new Map(kept.map(({ name, type }) => [name, type as 'float32']));
  const subjectLayers: SubjectLayer[] = [];
  for (const { name, kind, activation, parameters: own } of layers) {
    const type = types[kind];
    const weights = own.filter((one) => one.shape.role === 'weight' && parameters.has(one.name));
    const bias = own.find((one) => one.shape.role === 'bias' && parameters.has(one.name))?.shape;
    if (type === undefined) continue;
    for (const weight of weights) {
      subjectLayers.push({
        name: weights.length > 1 ? `${name}.${weight.variable}` : name,
        depth: subjectLayers.length + 1,
        type,
        weight: weight.shape,
        ...(bias === undefined ? {} : { bias }),
        output: '',
        activation: activation ?? 'linear',
        unitAxis: kind.startsWith('conv') ? 1 : -1,
        normalized: false,
        last: false,
      });
    }
  }
  return {
    title,
    origin: container.format,
    inputs: [],
    layers: subjectLayers,
    blocks: [],
    outputDims: [],
    endsInSoftmax: false,
    endsInSigmoid: false,
    parameters,
    parameterShapes: kept.map(({ shape }) => shape),
    storedAs,
    notRunnable: reason,
    withoutGradient: [],
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}
