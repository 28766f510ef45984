import { learn } from './boltzmann-task.ts';

/** What the test calls in the page. */
const api = {
  onMainThread: () => learn(1),
  inWorker: (threads: number) =>
    new Promise<string>((resolve, reject) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(threads);
    }),
};

Object.assign(globalThis, { outsetTest: api });

export type BoltzmannPage = typeof api;
