import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Contestant } from '../../race/contestants.ts';
import type { ContestantProgress } from '../../race/run-contestant.ts';
import { issueFromThread } from '../task/issue-across-threads.ts';
import type { ContestantOutcome, ContestantTask, StopMessage, WorkerMessage } from './protocol.ts';

/** A contestant's task without the parts that the pool adds. */
export type PooledTask = Omit<ContestantTask, 'port'>;

/**
 * Runs contestants on a pool of worker threads, one contestant a thread at a time. Which thread runs which does not
 * change a bit of any result.
 */
export class ContestantPool {
  readonly #pool: Piscina<ContestantTask, ContestantOutcome>;
  readonly #running = new Set<MessagePort>();
  #stopping = false;

  constructor(workers: number) {
    this.#pool = new Piscina<ContestantTask, ContestantOutcome>({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: 1,
    });
  }

  /** Runs one contestant as soon as a thread is free; undefined if the pool was stopped before it began. */
  async run(
    task: PooledTask,
    onProgress: (contestant: Contestant, progress: ContestantProgress) => void,
  ): Promise<ContestantOutcome | undefined> {
    if (this.#stopping) return undefined;
    const { port1, port2 } = new MessageChannel();
    const port = port1 as unknown as MessagePort;
    this.#running.add(port);
    port1.on('message', (message: WorkerMessage) => onProgress(task.contestant, message.progress));
    try {
      return await this.#pool.run(
        { ...task, port: port2 as unknown as MessagePort },
        { transferList: [port2] },
      );
    } catch (error) {
      throw issueFromThread(error);
    } finally {
      this.#running.delete(port);
      port1.close();
    }
  }

  /** Asks every running contestant to stop after its step and write a checkpoint; waiting ones do not begin. */
  stop(): void {
    this.#stopping = true;
    const message: StopMessage = { type: 'stop' };
    for (const port of this.#running) port.postMessage(message);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
