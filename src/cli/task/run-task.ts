import { Worker } from 'node:worker_threads';
import { exitInterrupted } from '../exit-codes.ts';
import { issueFromThread } from './issue-across-threads.ts';
import type { StopTask, TaskMessage } from './protocol.ts';

export interface TaskRun<News> {
  /** Script of the thread, which calls `serveTask`. */
  readonly script: URL;
  /** What is to be done; arrays in shared memory are not copied. */
  readonly task: object;
  readonly onNews: (news: News) => void;
  /** The first Ctrl-C (or SIGTERM): the thread has been asked to stop. The second ends the process at once. */
  readonly onStopping: () => void;
}

/**
 * Runs one long task in a thread of its own, so that the terminal stays alive, and turns Ctrl-C into a request to stop.
 * @throws the issue that the task threw
 */
export async function runTask<News, Result>(run: TaskRun<News>): Promise<Result> {
  const worker = new Worker(run.script, { workerData: run.task });
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(exitInterrupted);
    stopping = true;
    run.onStopping();
    worker.postMessage({ type: 'stop' } satisfies StopTask);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: TaskMessage<News, Result>) => {
        if (message.type === 'news') run.onNews(message.news);
        else if (message.type === 'result') resolve(message.result);
        else reject(issueFromThread(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the worker thread ended with code ${code}`)));
    });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await worker.terminate();
  }
}
