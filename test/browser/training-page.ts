import { webRuntime } from '../../src/runtime/web.ts';
import { type TaskName, trainTask } from './training-task.ts';

/** What the test calls in the page. */
const api = {
  isolated: () => globalThis.crossOriginIsolated,
  train: async (task: TaskName, provider: 'wasm' | 'webgpu', threads: number) =>
    trainTask(task, await webRuntime({ provider, threads, wasmFolder: '/engine/' })),
};

Object.assign(globalThis, { outsetTest: api });

export type TrainingPage = typeof api;
