import type { Runtime } from '../runtime/runtime.ts';
import type { Diagnosis, TrainingPlan } from './diagnosis.ts';
import { findProblems } from './findings/find.ts';
import type { ExaminationBatch } from './measure/batch.ts';
import { measure } from './measure/measure.ts';
import { predictSubject } from './predict-subject.ts';
import type { Subject } from './subject.ts';
import { judge } from './verdict/judge.ts';
import { rehearse } from './verdict/rehearse.ts';

export interface DiagnoseOptions {
  readonly subject: Subject;
  /** Examples, better 256 than fewer, with labels if there are any. */
  readonly batch: ExaminationBatch;
  /** Training that the verdict is about; default Adam, rate 0.001, 3,000 steps. */
  readonly plan?: TrainingPlan;
  readonly runtime: Runtime;
  /** Engine threads; default 1. */
  readonly threads?: number;
  /** `full` measures what takes seconds too: Jacobians, tangent kernel, sharpness. Default `quick`. */
  readonly depth?: 'quick' | 'full';
}

/** What is trained with unless something else is said. */
export const usualPlan: TrainingPlan = { optimizer: { name: 'adam' }, learningRate: 1e-3, steps: 3000 };

/**
 * Examines a network before its first step: one pass forward and back is measured and held against what theory expects.
 * The verdict comes from a rehearsal: some updates of the plan on a copy; the subject's weights never change. Where the graph cannot be run, weights alone are looked at and the verdict is `unknown`.
 *
 * @throws trace.batch where the batch does not fit the subject
 * @throws training.unknown_name, training.bad_value for a plan that cannot be
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { subject, batch, runtime, plan = usualPlan, threads = 1, depth = 'quick' } = options;
  const { optimizer, learningRate, loss } = plan;
  const measurement = await measure(subject, batch, {
    runtime,
    optimizer,
    learningRate,
    loss,
    threads,
    depth,
  });
  const broken = measurement.firstNotFinite !== null;
  const prediction = broken ? null : predictSubject(subject, batch, measurement.batchSize);
  const findings = findProblems({ subject, measurement, prediction, plan });
  const rehearsal = broken ? null : await rehearse(subject, batch, plan, runtime);
  return {
    subject: {
      title: subject.title,
      origin: subject.origin,
      parameters: [...subject.parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
      blocks: subject.blocks.map(({ name, layers }) => ({ name, layers })),
      layers: subject.layers.map(({ name, type, activation, weight }) => ({
        name,
        type,
        activation,
        fanIn: weight.fanIn,
        fanOut: weight.fanOut,
        weightDims: weight.dims,
      })),
    },
    measurement,
    prediction,
    findings,
    rehearsal,
    verdict: judge({ subject, measurement, prediction, plan }, findings, rehearsal),
  };
}
