import { webThreads } from '../../src/runtime/web.ts';
import { learn } from './boltzmann-task.ts';

/** A worker of the page: here the threads of the kernels may be waited for. */
self.onmessage = async ({ data: threads }: MessageEvent<number>) => {
  self.postMessage(await learn(threads, webThreads));
};
