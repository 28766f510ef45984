import { fetchImages, imageSetFile } from '../../data/fetch-dataset.ts';
import type { TaskContext } from '../../worker/context.ts';
import type { Tasks } from '../../worker/protocol.ts';
import { type DoctorFrame, examine } from './examine.ts';
import type { DoctorOrder } from './order.ts';

/** The doctor in the worker: files are read here, and nowhere else. */
export async function examineTask(
  order: DoctorOrder,
  context: TaskContext<Tasks['doctor.examine']>,
): Promise<DoctorFrame> {
  // Not on a graphics processor: an examination is many small graphs that each run once.
  const { runtime, threads } = await context.engine('wasm');
  const { data } = order;
  return examine(order, {
    runtime,
    threads,
    signal: context.signal,
    report: context.progress,
    openData: async () =>
      data === 'noise'
        ? null
        : fetchImages(data, context.address(imageSetFile(data, '10000')), () => {}, context.signal),
  });
}
