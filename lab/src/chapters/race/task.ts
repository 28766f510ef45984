import { type RaceEnd, runRace } from '../../race/run-race.ts';
import type { TaskContext } from '../../worker/context.ts';
import type { Tasks } from '../../worker/protocol.ts';
import { openData } from './open-data.ts';
import { type RaceOrder, raceSpec } from './order.ts';

/** The race in the worker: data, engine, then rounds until the end. */
export async function raceTask(order: RaceOrder, context: TaskContext<Tasks['race.run']>): Promise<RaceEnd> {
  const dataset = await openData(order, {
    address: context.address,
    signal: context.signal,
    progress: ({ loaded, total }) => context.progress({ kind: 'data', loaded, total }),
  });
  const { runtime, threads } = await context.engine(order.engine);
  return runRace({
    spec: raceSpec(order, dataset),
    dataset,
    runtime,
    threads,
    signal: context.signal,
    report: context.progress,
    onControl: context.onControl,
  });
}
