/** The answer of a task that follows the state of a page. */
import type { LabPage } from '../page/lab-page.svelte.ts';
import type { Schema } from '../state/address.ts';
import { latestOf } from './latest.ts';
import type { TaskName, Tasks } from './protocol.ts';

/** The newest answer, and whether a newer one is on its way. */
export interface LiveTask<Output> {
  readonly current: Output;
  readonly busy: boolean;
}

/**
 * Asks again whenever the input changes; not for the input that the page was built with, whose answer is `first`.
 * Call it while a component is being made.
 */
export function liveTask<Name extends TaskName, Fields extends Schema>(
  task: Name,
  page: LabPage<Fields>,
  first: Tasks[Name]['output'],
  input: () => Tasks[Name]['input'],
): LiveTask<Tasks[Name]['output']> {
  let current = $state.raw(first);
  let busy = $state(false);
  let shown = JSON.stringify(input());
  const ask = latestOf(
    task,
    (output, settled) => {
      current = output;
      busy = !settled;
      page.report(null);
    },
    (error) => {
      busy = false;
      page.report(error);
    },
  );
  $effect(() => {
    const wanted = input();
    const text = JSON.stringify(wanted);
    if (!page.ready || text === shown) return;
    shown = text;
    busy = true;
    ask(JSON.parse(text) as Tasks[Name]['input']);
  });
  return {
    get current() {
      return current;
    },
    get busy() {
      return busy;
    },
  };
}
