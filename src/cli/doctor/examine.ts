import { totalmem } from 'node:os';
import path from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/node/open.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { fix } from '../../doctor/fix.ts';
import { openSubject as openFile } from '../../doctor/node/open-subject.ts';
import { batchFor } from '../../doctor/subject/batch.ts';
import { subjectFromStart } from '../../doctor/subject/from-start.ts';
import type { Subject } from '../../doctor/subject.ts';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { OutsetError } from '../../messages/index.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { TaskContext } from '../task/serve-task.ts';
import type { DoctorPlan } from './options.ts';
import { type DoctorNews, type DoctorOutcome, type DoctorTask, stopped } from './protocol.ts';
import { isShorthand, networkSpecOf } from './spec-model.ts';
import { Stopped, stoppable } from './stoppable-runtime.ts';

/** Half of the memory of the machine: the rest is for the model itself and for others. */
const mostBytes = totalmem() / 2;

/** Opens the model and a batch, examines, and mends where it was asked for. */
export async function examine(task: DoctorTask, context: TaskContext<DoctorNews>): Promise<DoctorOutcome> {
  try {
    return await examineAll(task, context);
  } catch (error) {
    if (error instanceof Stopped) return stopped;
    throw error;
  }
}

async function examineAll(
  { plan, language }: DoctorTask,
  { signal, say }: TaskContext<DoctorNews>,
): Promise<DoctorOutcome> {
  const runtime = stoppable(await nodeRuntime(), signal);
  const data = plan.data === null ? undefined : await openDataset(plan.data, { seed: plan.seed, language });
  const subject = await openSubject(plan, data, runtime);
  if (plan.output !== null) checkOutput(plan, subject, plan.output);
  const where = data === undefined ? 'noise' : `${data.name}: ${data.description}`;
  let found: DoctorOutcome = {
    diagnosis: null,
    data: where,
    fix: null,
    unchanged: null,
    fewer: null,
    notRunnable: plan.onlyWeights ? null : (subject.notRunnable ?? null),
  };
  if (signal.aborted) return found;
  say({ stage: 'examining' });
  const batch = batchFor(subject, {
    ...(data === undefined ? {} : { data }),
    seed: plan.seed,
    size: subject.fixedBatch ?? plan.batch,
    mostBytes,
  });
  const wanted = Math.min(plan.batch, data?.train.count ?? plan.batch);
  if (subject.fixedBatch === undefined && batch.size < wanted) {
    found = { ...found, fewer: { size: batch.size, wanted } };
  }
  const options = { batch, plan: plan.training, runtime };
  const depth = plan.full ? 'full' : 'quick';
  const diagnosis = await diagnose({ ...options, subject, depth });
  if (signal.aborted) return found;
  if (!plan.fix) return { ...found, diagnosis };
  say({ stage: 'mending' });
  const mended = await fix({ subject, diagnosis, batch, runtime, seed: plan.seed });
  if (signal.aborted) return found;
  const { prescriptions, after, reason, changed } = mended;
  if (prescriptions.length === 0) return { ...found, diagnosis, unchanged: reason };
  const writes = plan.output !== null && changed.length > 0;
  if (writes) await write(subject, mended.values, plan.output as string);
  return { ...found, diagnosis, fix: { prescriptions, after, file: writes ? plan.output : null } };
}

async function write(
  { rewrite }: Subject,
  values: ReadonlyMap<string, Tensor<'float32'>>,
  output: string,
): Promise<void> {
  for (const { name, content } of (await rewrite?.(values)) ?? []) {
    await writeFileAtomic(name === '' ? output : path.join(path.dirname(output), name), content);
  }
}

async function openSubject(
  { model, network, start, seed, onlyWeights }: DoctorPlan,
  data: Dataset | undefined,
  runtime: Runtime,
): Promise<Subject> {
  const spec = isShorthand(model);
  if (spec && network !== null) throw new OutsetError('doctor.network_for_spec', { model });
  if (!spec && start !== null) throw new OutsetError('doctor.start_for_file', { file: model });
  const subject = spec
    ? await subjectFromStart(networkSpecOf(model, data), { start, seed, data, runtime })
    : await openFile(model, {
        mostBytes,
        ...(network === null ? {} : { network: networkSpecOf(network, data) }),
      });
  if (!onlyWeights) return subject;
  const { build: _build, ...still } = subject;
  return still;
}

/** Before the work: whether its result can be written. */
function checkOutput({ model }: DoctorPlan, subject: Subject, output: string): void {
  if (subject.rewrite === undefined) throw new OutsetError('doctor.cannot_rewrite', { model });
  const expected = subject.origin === 'network' ? '.safetensors' : path.extname(model).toLowerCase();
  if (path.extname(output).toLowerCase() !== expected) {
    throw new OutsetError('doctor.cannot_write', { file: output, expected });
  }
}
