/** The page's side of the protocol. One worker a page, started when the first task is. */
import { siteRoot } from '../page/site-root.ts';
import type { EngineName } from './engine.ts';
import type { PageMessage, TaskIssue, TaskName, Tasks, WorkerMessage } from './protocol.ts';

/** A task that ended in an issue; `issue.text` has the sentence in both languages. */
export class TaskFailure extends Error {
  readonly issue: TaskIssue;
  constructor(issue: TaskIssue) {
    super(issue.text.en);
    this.name = 'TaskFailure';
    this.issue = issue;
  }
}

/** A running task. `result` rejects with {@link TaskFailure}; after `cancel` it resolves to undefined. */
export interface RunningTask<Name extends TaskName> {
  readonly result: Promise<Tasks[Name]['output'] | undefined>;
  cancel(): void;
  control(control: Tasks[Name]['control']): void;
}

interface Waiting {
  progress(progress: never): void;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();
const engineListeners = new Set<(engine: EngineName, threads: number) => void>();

/** Starts a task. */
export function startTask<Name extends TaskName>(
  task: Name,
  input: Tasks[Name]['input'],
  onProgress: (progress: Tasks[Name]['progress']) => void = () => {},
): RunningTask<Name> {
  const id = ++lastId;
  const result = new Promise<Tasks[Name]['output'] | undefined>((resolve, reject) => {
    waiting.set(id, { progress: onProgress, resolve: resolve as Waiting['resolve'], reject });
  });
  post({ type: 'start', id, task, input } as PageMessage);
  return {
    result,
    cancel: () => post({ type: 'cancel', id }),
    control: (control) => post({ type: 'control', id, control }),
  };
}

/** Calls back when an engine has been opened. Returns what ends that. */
export function onEngine(listener: (engine: EngineName, threads: number) => void): () => void {
  engineListeners.add(listener);
  return () => engineListeners.delete(listener);
}

function post(message: PageMessage): void {
  worker ??= openWorker();
  worker.postMessage(message);
}

function openWorker(): Worker {
  const opened = new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'lab' });
  opened.postMessage({ type: 'open', root: siteRoot() } satisfies PageMessage);
  opened.onmessage = ({ data }: MessageEvent<WorkerMessage>) => receive(data);
  opened.onerror = (event) => {
    const reason = event.message;
    const issue = { code: 'lab.worker', details: { reason }, text: { en: reason, ko: reason } };
    for (const { reject } of waiting.values()) reject(new TaskFailure(issue));
    waiting.clear();
  };
  return opened;
}

function receive(message: WorkerMessage): void {
  if (message.type === 'engine') {
    for (const listener of engineListeners) listener(message.engine, message.threads);
    return;
  }
  const entry = waiting.get(message.id);
  if (entry === undefined) return;
  if (message.type === 'progress') {
    entry.progress(message.progress as never);
    return;
  }
  waiting.delete(message.id);
  if (message.type === 'failed') entry.reject(new TaskFailure(message.issue));
  else entry.resolve(message.type === 'done' ? message.output : undefined);
}
