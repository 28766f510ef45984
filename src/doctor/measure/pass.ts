/** One pass forward and back with probes on every layer: one graph, compiled once. */
import { appendGradient } from '../../autodiff/index.ts';
import type { Values } from '../../runtime/runtime.ts';
import { elementCount } from '../../tensor/tensor.ts';
import type { Subject, SubjectLayer } from '../subject.ts';
import { type Answer, appendAnswer } from './answer.ts';
import { batchSize, type ExaminationBatch } from './batch.ts';
import { compileSubject } from './compiled-subject.ts';
import { differentiableTo } from './differentiable.ts';
import type { MeasureOptions } from './examination.ts';

/** Bytes of probed values that are held at once; a pass over more is repeated for the next layers. */
const mostBytes = 5e8;

/** The probed values of some layers. */
export interface PassValues {
  readonly has: (value: string | undefined) => boolean;
  readonly dims: (value: string) => readonly number[];
  readonly read: (value: string) => Float32Array;
  /** Gradient of a value; undefined where it was not taken. */
  readonly gradient: (value: string) => Float32Array | undefined;
}

export interface Pass {
  readonly size: number;
  readonly kind: Answer['kind'];
  readonly loss: number;
  readonly logits: Float32Array;
  /** Names of the above in the graph. */
  readonly names: { readonly loss: string; readonly logits: string };
  /** Operators without gradient rule between the loss and some value. */
  readonly missing: readonly string[];
}

/**
 * @param visit called with each layer in order, while its values are in memory
 * @throws trace.batch
 */
export async function passThrough(
  subject: Subject,
  batch: ExaminationBatch,
  options: MeasureOptions,
  visit: (layer: SubjectLayer, values: PassValues, examples: number) => void,
): Promise<Pass> {
  const size = batchSize(subject, batch);
  const graph = (subject.build as NonNullable<Subject['build']>)(size);
  const { builder, outputs } = graph;
  const answer = appendAnswer(builder, outputs[0], batch, options.loss);
  const differentiable = differentiableTo(builder, answer.loss, subject.parameters.keys());
  const inGraph = (values: readonly (string | undefined)[]) =>
    values.filter((value): value is string => value !== undefined && builder.has(value));
  const signalsOf = (layer: SubjectLayer) => inGraph([layer.preActivation, layer.output]);
  const probesOf = (layer: SubjectLayer) =>
    inGraph([layer.weight.name, layer.bias?.name, layer.preActivation]).filter(
      (value) => differentiable.has(value) && builder.type(value).dtype === 'float32',
    );
  const gradients = appendGradient(builder, answer.loss, [...new Set(subject.layers.flatMap(probesOf))]);
  const fetchesOf = (layer: SubjectLayer) => [
    ...signalsOf(layer),
    ...probesOf(layer).map((value) => gradients.get(value) as string),
  ];
  const ends = [answer.loss, outputs[0]];
  const compiled = await compileSubject(
    subject,
    graph,
    batch,
    [...ends, ...subject.layers.flatMap(fetchesOf)],
    options,
  );
  const bytes = (layer: SubjectLayer) =>
    fetchesOf(layer).reduce((sum, value) => sum + 4 * elementCount(builder.dims(value)), 0);
  try {
    let results: Values = {};
    for (const layers of groups(subject.layers, bytes)) {
      results = await compiled.run(answer.feeds, [...new Set([...ends, ...layers.flatMap(fetchesOf)])]);
      for (const layer of layers) visit(layer, view(results, gradients), size);
    }
    return {
      size,
      kind: answer.kind,
      loss: (results[answer.loss].data as Float32Array)[0],
      logits: results[outputs[0]].data as Float32Array,
      names: { loss: answer.loss, logits: outputs[0] },
      missing: differentiable.missing,
    };
  } finally {
    await compiled.dispose();
  }
}

function view(results: Values, gradients: ReadonlyMap<string, string>): PassValues {
  const read = (value: string): Float32Array => results[value].data as Float32Array;
  return {
    has: (value) => value !== undefined && results[value] !== undefined,
    dims: (value) => results[value].dims,
    read,
    gradient: (value) => {
      const name = gradients.get(value);
      return name === undefined || results[name] === undefined ? undefined : read(name);
    },
  };
}

/** Layers in runs whose values fit into memory together; at least one run. */
function groups(layers: readonly SubjectLayer[], bytes: (layer: SubjectLayer) => number): SubjectLayer[][] {
  const found: SubjectLayer[][] = [[]];
  let held = 0;
  for (const layer of layers) {
    const more = bytes(layer);
    if (held > 0 && held + more > mostBytes) {
      found.push([]);
      held = 0;
    }
    found[found.length - 1].push(layer);
    held += more;
  }
  return found;
}
