import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/node/open.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { batchFor } from '../../doctor/subject/batch.ts';
import type { Subject } from '../../doctor/subject.ts';
import { OutsetError } from '../../messages/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { TaskContext } from '../task/serve-task.ts';
import type { DoctorNews, DoctorOutcome, DoctorTask } from './protocol.ts';
import { isShorthand, specSubject } from './spec-model.ts';

/** Opens the model and a batch, examines, and mends where it was asked for. */
export async function examine(
  { plan, language }: DoctorTask,
  { signal, say }: TaskContext<DoctorNews>,
): Promise<DoctorOutcome> {
  const runtime = await nodeRuntime();
  const data = plan.data === null ? undefined : await openDataset(plan.data, { seed: plan.seed, language });
  const subject = await openModel({ plan, language }, data, runtime);
  const where = data === undefined ? 'noise' : `${data.name}: ${data.description}`;
  const stopped: DoctorOutcome = { diagnosis: null, data: where, fix: null };
  if (signal.aborted) return stopped;
  say({ stage: 'examining' });
  const batch = batchFor(subject, {
    ...(data === undefined ? {} : { data }),
    seed: plan.seed,
    size: subject.fixedBatch ?? plan.batch,
  });
  const options = { batch, plan: plan.training, runtime };
  const diagnosis = await diagnose({ ...options, subject });
  if (signal.aborted) return stopped;
  return { diagnosis, data: where, fix: null };
}

async function openModel(
  { plan }: DoctorTask,
  data: Dataset | undefined,
  runtime: Runtime,
): Promise<Subject> {
  const { model, network, start, seed } = plan;
  const subject = isShorthand(model)
    ? await specSubject(model, { start, seed, data, runtime })
    : await fileSubject();
  if (network !== null && isShorthand(model)) throw new OutsetError('doctor.network_for_spec', { model });
  if (!plan.onlyWeights) return subject;
  const { build: _build, ...still } = subject;
  return still;
}
async function fileSubject(): Promise<Subject> {
  throw new Error('x');
}
