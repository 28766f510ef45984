/** Examinations as the page sees them: the newest wish is the one that counts. */
import { type RunningTask, startTask, TaskFailure } from '../../worker/client.ts';
import type { DoctorFrame, DoctorStage } from './examine.ts';
import type { DoctorOrder } from './order.ts';

export class DoctorView {
  /** What is shown; null before the first examination, and after one that failed. */
  frame = $state.raw<DoctorFrame | null>(null);
  /** What is being done; null when nothing is. */
  stage = $state.raw<DoctorStage | null>(null);
  /** What the examination that failed last said; null when all is well. */
  failure = $state.raw<TaskFailure['issue'] | null>(null);
  #asked: string;
  #next: DoctorOrder | undefined;
  #running: RunningTask<'doctor.examine'> | undefined;

  /**
   * @param frame what the page was built with
   * @param key   of the order that it answers
   */
  constructor(frame: DoctorFrame | null, key: string) {
    this.frame = frame;
    this.#asked = frame === null ? '' : key;
  }

  /** Examines, unless that is what is shown or being worked on. */
  ask(order: DoctorOrder, key: string): void {
    if (key === this.#asked) return;
    this.#asked = key;
    this.#next = order;
    this.stage ??= 'opening';
    if (this.#running === undefined) void this.#work();
    else this.#running.cancel();
  }

  async #work(): Promise<void> {
    while (this.#next !== undefined) {
      const order = this.#next;
      this.#next = undefined;
      this.#running = startTask('doctor.examine', order, ({ stage, frame }) => {
        this.stage = stage;
        if (frame !== null && this.#next === undefined) [this.frame, this.failure] = [frame, null];
      });
      try {
        const frame = await this.#running.result;
        if (frame !== undefined) [this.frame, this.failure] = [frame, null];
      } catch (error) {
        // An answer that nobody waits for any more is none, and neither is its failure.
        if (this.#next === undefined) [this.frame, this.failure] = [null, issueOf(error)];
      }
    }
    this.#running = undefined;
    this.stage = null;
  }
}

function issueOf(error: unknown): TaskFailure['issue'] {
  if (error instanceof TaskFailure) return error.issue;
  const reason = String(error);
  return { code: 'lab.worker', details: { reason }, text: { en: reason, ko: reason } };
}
