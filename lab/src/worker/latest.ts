import { startTask } from './client.ts';
import type { TaskName, Tasks } from './protocol.ts';

/**
 * A task whose newest answer is the only one of interest, as under a slider: while one runs, only the newest of the
 * inputs that came meanwhile is kept, so that a worker never falls behind.
 *
 * @param show takes each answer; `settled` is false if a newer one is on its way
 */
export function latestOf<Name extends TaskName>(
  task: Name,
  show: (output: Tasks[Name]['output'], settled: boolean) => void,
  fail: (error: unknown) => void,
): (input: Tasks[Name]['input']) => void {
  let busy = false;
  let next: { input: Tasks[Name]['input'] } | undefined;
  const ask = async (first: Tasks[Name]['input']): Promise<void> => {
    busy = true;
    for (let input = first; ; input = next.input, next = undefined) {
      try {
        const output = await startTask(task, input).result;
        if (output !== undefined) show(output, next === undefined);
      } catch (error) {
        if (next === undefined) fail(error);
      }
      if (next === undefined) break;
    }
    busy = false;
  };
  return (input) => {
    if (busy) next = { input };
    else void ask(input);
  };
}
