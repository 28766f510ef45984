import { type ThreadHost, type ThreadTask, threadBody } from './threads.ts';

const source = `
  self.onmessage = ({ data: task }) => {
    const ready = () => self.postMessage('ready');
    ${threadBody}
  };
`;

/**
 * Threads as web workers. Only in a page that is cross-origin isolated (elsewhere memory cannot be shared), and only from
 * a worker: the main thread of a page may not wait.
 */
export const webThreads: ThreadHost = {
  processors: globalThis.crossOriginIsolated ? (globalThis.navigator?.hardwareConcurrency ?? 1) : 1,
  start(module, memory, prepare, serve) {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    return new Promise((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ module, memory, prepare, serve } satisfies ThreadTask);
    });
  },
};
