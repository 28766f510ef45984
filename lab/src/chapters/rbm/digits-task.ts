import type { Rbm } from '../../../../src/boltzmann/index.ts';
import { firstExamples, openDigits } from '../../digits/digits-data.ts';
import { kernelThreads } from '../../digits/kernel-threads.ts';
import type { TaskContext } from '../../worker/context.ts';
import type { Tasks } from '../../worker/protocol.ts';
import type { DigitsOrder } from './commands.ts';
import { type Glimpse, lookAt } from './digit-pictures.ts';
import { type Digit, type DigitsEnd, trainDigits } from './train-digits.ts';

/** Trains in the worker, on threads where memory can be shared. */
export async function digitsTask(
  { order, digit }: { order: DigitsOrder; digit: Digit },
  context: TaskContext<Tasks['rbm.digits']>,
): Promise<DigitsEnd> {
  const all = await openDigits(context, ({ loaded, total }) =>
    context.progress({ kind: 'data', loaded, total }),
  );
  return trainDigits({
    order,
    digit,
    dataset: firstExamples(all, Number(order.examples)),
    ...kernelThreads(),
    signal: context.signal,
    report: context.progress,
    onControl: context.onControl,
  });
}

/** What a trained machine makes of a digit. */
export async function lookTask(
  { rbm, digit }: { rbm: Rbm; digit: Digit },
  context: TaskContext<Tasks['rbm.look']>,
): Promise<Glimpse> {
  return lookAt(rbm, digit, await openDigits(context, () => {}));
}
