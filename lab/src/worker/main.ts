/** The worker of every page: takes the protocol's messages and runs tasks, several at a time if asked. */
import { OutsetError } from '../../../src/messages/error.ts';
import type { TaskContext } from './context.ts';
import { type Engine, type EngineWish, openEngine } from './engine.ts';
import type { PageMessage, TaskIssue, TaskName, Tasks, WorkerMessage } from './protocol.ts';
import { type Task, tasks } from './tasks.ts';

interface Running {
  readonly abort: AbortController;
  readonly listeners: ((control: never) => void)[];
}

let root = '';
const running = new Map<number, Running>();
const engines = new Map<EngineWish, Promise<Engine>>();

const send = (message: WorkerMessage) => self.postMessage(message);

self.onmessage = ({ data: message }: MessageEvent<PageMessage>) => {
  switch (message.type) {
    case 'open':
      root = message.root;
      break;
    case 'start':
      void run(message.id, message.task, message.input);
      break;
    case 'control':
      for (const listener of running.get(message.id)?.listeners ?? []) listener(message.control as never);
      break;
    case 'cancel':
      running.get(message.id)?.abort.abort();
      break;
  }
};

async function run<Name extends TaskName>(
  id: number,
  name: Name,
  input: Tasks[Name]['input'],
): Promise<void> {
  const entry: Running = { abort: new AbortController(), listeners: [] };
  running.set(id, entry);
  const { signal } = entry.abort;
  try {
    const task = (await tasks[name]()) as unknown as Task<Name>;
    const context: TaskContext<Tasks[Name]> = {
      signal,
      progress: (progress) => send({ type: 'progress', id, progress }),
      onControl: (listener) => entry.listeners.push(listener as (control: never) => void),
      engine,
      address: (path) => new URL(path, root).href,
    };
    const output = await task(input, context);
    send(signal.aborted ? { type: 'canceled', id } : { type: 'done', id, output });
  } catch (error) {
    send(signal.aborted ? { type: 'canceled', id } : { type: 'failed', id, issue: issueOf(error) });
  } finally {
    running.delete(id);
  }
}

/** Opened once for each wish; an engine that could not be opened may be asked for again. */
function engine(wish: EngineWish = 'auto'): Promise<Engine> {
  const known = engines.get(wish);
  if (known !== undefined) return known;
  const opened = openEngine(new URL('engine/', root).href, wish);
  engines.set(wish, opened);
  opened.then(
    ({ name, threads }) => send({ type: 'engine', engine: name, threads }),
    () => engines.delete(wish),
  );
  return opened;
}

function issueOf(error: unknown): TaskIssue {
  const issue =
    error instanceof OutsetError
      ? error
      : new OutsetError('cli.unexpected', { reason: error instanceof Error ? error.message : String(error) });
  return {
    code: issue.code,
    details: issue.details,
    text: { en: issue.text('en'), ko: issue.text('ko') },
  };
}
