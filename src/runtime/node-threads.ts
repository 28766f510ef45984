import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type ThreadHost, type ThreadTask, threadBody } from './threads.ts';

const source = `
  const { parentPort, workerData: task } = require('node:worker_threads');
  const ready = () => parentPort.postMessage('ready');
  ${threadBody}
`;

/** Threads as `worker_threads`. They do not keep the process alive. */
export const nodeThreads: ThreadHost = {
  processors: availableParallelism(),
  start(module, memory, prepare, serve) {
    const worker = new Worker(source, {
      eval: true,
      workerData: { module, memory, prepare, serve } satisfies ThreadTask,
    });
    worker.unref();
    return new Promise((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
    });
  },
};
