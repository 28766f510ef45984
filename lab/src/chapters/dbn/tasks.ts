/** Chapter 5 in the worker. */

import { openDigits } from '../../digits/digits-data.ts';
import { kernelThreads } from '../../digits/kernel-threads.ts';
import type { TaskContext } from '../../worker/context.ts';
import type { Tasks } from '../../worker/protocol.ts';
import { type CompareEnd, type CompareInput, compare } from './compare.ts';
import { type DreamInput, type Dreams, dream } from './dream.ts';
import type { StackOrder } from './orders.ts';
import { type StackEnd, trainStack } from './train-stack.ts';

/** Not on the graphics processor: there a last bit may differ, and one draw that turns out otherwise changes a stack. */
const engine = 'wasm-threads';

export async function stackTask(
  order: StackOrder,
  context: TaskContext<Tasks['dbn.stack']>,
): Promise<StackEnd> {
  const dataset = await openDigits(context, ({ loaded, total }) =>
    context.progress({ kind: 'data', loaded, total }),
  );
  const { runtime } = await context.engine(engine);
  return trainStack({
    order,
    dataset,
    runtime,
    ...kernelThreads(),
    signal: context.signal,
    report: context.progress,
    onControl: context.onControl,
  });
}

export async function dreamTask(
  input: DreamInput,
  context: TaskContext<Tasks['dbn.dream']>,
): Promise<Dreams> {
  const { runtime, threads } = await context.engine(engine);
  return dream({ ...input, runtime, threads, signal: context.signal, report: context.progress });
}

export async function compareTask(
  input: CompareInput,
  context: TaskContext<Tasks['dbn.compare']>,
): Promise<CompareEnd> {
  const dataset = await openDigits(context, ({ loaded, total }) =>
    context.progress({ kind: 'data', loaded, total }),
  );
  const { runtime, threads } = await context.engine(engine);
  return compare({
    ...input,
    dataset,
    runtime,
    threads,
    signal: context.signal,
    report: context.progress,
    onControl: context.onControl,
  });
}
