import { distribution } from '../../training/distribution.ts';
import type { LayerMeasurement, Measurement } from '../measurement.ts';
import { subjectProvenance } from '../provenance/subject-provenance.ts';
import { trainedOrFresh } from '../provenance/trained.ts';
import type { Subject, SubjectLayer } from '../subject.ts';
import type { ExaminationBatch } from './batch.ts';
import type { MeasureOptions } from './examination.ts';
import { fullDepth } from './full-depth.ts';
import { brokenValue, isBroken, measureLayer } from './measure-layer.ts';
import { type Pass, type PassValues, passThrough } from './pass.ts';

export type { MeasureOptions } from './examination.ts';

/**
 * Sends one batch forward and back and measures every layer on the way. Weights alone are measured where the graph cannot be
 * run; the way back stops where an operator has no gradient rule.
 *
 * @throws trace.batch where the batch does not fit
 */
export async function measure(
  subject: Subject,
  batch: ExaminationBatch,
  options: MeasureOptions,
): Promise<Measurement> {
  const began = performance.now();
  const layers: LayerMeasurement[] = [];
  let broken: Measurement['firstNotFinite'] = null;
  const visit = (layer: SubjectLayer, values: PassValues | undefined, examples: number) => {
    layers.push(measureLayer(subject, layer, values, examples, options));
    const value = broken === null ? brokenValue(subject, layer, values) : undefined;
    if (value !== undefined) broken = { value, layer: layer.name };
  };
  const pass = subject.build === undefined ? undefined : await passThrough(subject, batch, options, visit);
  if (pass === undefined) for (const layer of subject.layers) visit(layer, undefined, 0);
  const provenance = subjectProvenance(subject);
  const late = () => (performance.now() - began) / 1000 > (options.seconds ?? 60);
  const deep =
    options.depth === 'full'
      ? await fullDepth({ subject, batch, size: pass?.size ?? 0, options, late }, layers)
      : { layers, jacobian: null, tangentKernel: null, sharpness: null };
  return {
    batchSize: pass?.size ?? 0,
    data: batch.data,
    loss: { kind: pass?.kind ?? 'random-cotangent', value: pass === undefined ? null : finite(pass.loss) },
    inputs: Object.entries(batch.inputs).map(([name, { data }]) => ({
      name,
      distribution: distribution(
        data instanceof Float32Array ? data : Float32Array.from(data as never, Number),
      ),
    })),
    outputs: pass === undefined ? null : distribution(pass.logits),
    firstNotFinite: broken ?? (pass === undefined ? null : brokenEnd(pass)),
    ...deep,
    provenance,
    trained: trainedOrFresh(subject, provenance),
    backwardMissing: pass === undefined || pass.missing.length === 0 ? null : { operators: pass.missing },
    seconds: (performance.now() - began) / 1000,
  };
}

/** The outputs, or the loss, where every layer was finite. */
function brokenEnd({ logits, loss, names }: Pass): Measurement['firstNotFinite'] {
  if (isBroken(logits)) return { value: names.logits, layer: null };
  return Number.isFinite(loss) ? null : { value: names.loss, layer: null };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
