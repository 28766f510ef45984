import { OutsetError } from '../../messages/error.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ExaminationBatch } from '../measure/batch.ts';
import { compileSubject } from '../measure/compiled-subject.ts';
import type { Subject, SubjectLayer } from '../subject.ts';

/** Relative deviation of the variance that is good enough, and measurements per layer at most. */
const tolerance = 0.05;
const attempts = 4;

/**
 * Layer-sequential unit variance on any graph: layer by layer, weights are rescaled in place until the pre-activations of
 * the batch have the variance wanted. Layers whose output is normalized, or hidden by an operator, are left as they are.
 *
 * @param targetOf variance of a layer's pre-activations
 * @returns false where a layer passes nothing, so that no factor helps
 * @see Mishkin and Matas 2016, algorithm 1
 */
export async function scaleForward(
  subject: Subject,
  values: Map<string, Tensor<'float32'>>,
  batch: ExaminationBatch,
  runtime: Runtime,
  targetOf: (layer: SubjectLayer) => number,
): Promise<boolean> {
  const examples = Object.values(batch.inputs)[0]?.dims[0];
  if (subject.build === undefined || examples === undefined) {
    throw new OutsetError('starts.needs_data', { start: 'lsuv' });
  }
  const graph = subject.build(subject.fixedBatch ?? examples);
  const wanted = subject.layers.filter(
    ({ preActivation, normalized }) =>
      preActivation !== undefined && !normalized && graph.builder.has(preActivation),
  );
  const signals = wanted.map(({ preActivation }) => preActivation as string);
  const compiled = await compileSubject(subject, graph, batch, signals, { runtime });
  try {
    for (const layer of wanted) {
      const weight = values.get(layer.weight.name);
      if (weight === undefined) continue;
      const target = targetOf(layer);
      for (let attempt = 0; attempt < attempts; attempt++) {
        const results = await compiled.run(Object.fromEntries(values), [layer.preActivation as string]);
        const variance = meanSquare(results[layer.preActivation as string].data as Float32Array);
        if (!(variance > 1e-30 && Number.isFinite(variance))) return false;
        if (Math.abs(variance / target - 1) < tolerance) break;
        const factor = Math.sqrt(target / variance);
        for (let i = 0; i < weight.data.length; i++) weight.data[i] *= factor;
      }
    }
    return true;
  } finally {
    await compiled.dispose();
  }
}

function meanSquare(data: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  return squares / data.length;
}
