import { Worker } from 'node:worker_threads';
import { exitInterrupted } from '../exit-codes.ts';
import { issueFromThread } from './issue-across-threads.ts';
import type { StopTask, TaskMessage } from './protocol.ts';

export interface TaskRun<News, Result> {
  /** Script of the thread, which calls `serveTask`. */
  readonly script: URL;
  /** What is to be done; arrays in shared memory are not copied. */
  readonly task: object;
  readonly onNews: (news: News) => void;
  /** The first Ctrl-C (or SIGTERM): the thread has been asked to stop. The second ends the process at once. */
  readonly onStopping: () => void;
  /**
   * For tasks that keep nothing when they are stopped: a thread that has not stopped by itself after so many seconds is
   * ended, and `result` is what came of it.
   */
  readonly patience?: { readonly seconds: number; readonly result: Result };
}

/**
 * Runs one long task in a thread of its own, so that the terminal stays alive, and turns Ctrl-C into a request to stop.
 * @throws the issue that the task threw
 */
export async function runTask<News, Result>(run: TaskRun<News, Result>): Promise<Result> {
  const worker = new Worker(run.script, { workerData: run.task });
  let stopping = false;
  let giveUp = () => {};
  let timer: NodeJS.Timeout | undefined;
  const onSignal = () => {
    if (stopping) process.exit(exitInterrupted);
    stopping = true;
    run.onStopping();
    worker.postMessage({ type: 'stop' } satisfies StopTask);
    if (run.patience !== undefined) timer = setTimeout(() => giveUp(), 1000 * run.patience.seconds);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await new Promise<Result>((resolve, reject) => {
      const { patience } = run;
      if (patience !== undefined) giveUp = () => resolve(patience.result);
      worker.on('message', (message: TaskMessage<News, Result>) => {
        if (message.type === 'news') run.onNews(message.news);
        else if (message.type === 'result') resolve(message.result);
        else reject(issueFromThread(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the worker thread ended with code ${code}`)));
    });
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await worker.terminate();
  }
}
