import { parentPort, workerData } from 'node:worker_threads';
import { toPlainError } from './issue-across-threads.ts';
import type { TaskMessage } from './protocol.ts';

/** What a task may use while it runs. */
export interface TaskContext<News> {
  /** Aborted when the person pressed Ctrl-C. */
  readonly signal: AbortSignal;
  readonly say: (news: News) => void;
}

/** In a thread started by `runTask`: does the task and sends its result or its error back. */
export function serveTask<Task, News, Result>(
  work: (task: Task, context: TaskContext<News>) => Promise<Result>,
): void {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  const stop = new AbortController();
  port.on('message', () => stop.abort());
  const send = (message: TaskMessage<News, Result>) => port.postMessage(message);
  work(workerData as Task, { signal: stop.signal, say: (news) => send({ type: 'news', news }) })
    .then((result) => send({ type: 'result', result }))
    .catch((error: unknown) => send({ type: 'error', error: toPlainError(error) }));
}
