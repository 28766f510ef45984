import type { Engine, EngineWish } from './engine.ts';

/** What a task is given besides its input. */
export interface TaskContext<Shape extends { progress: unknown; control: unknown }> {
  /** Aborted when the page cancels the task; a task that runs long has to look. */
  readonly signal: AbortSignal;
  /** Sends progress to the page. */
  progress(progress: Shape['progress']): void;
  /** Calls back for every word of the page to this task. */
  onControl(listener: (control: Shape['control']) => void): void;
  /** The engine that trains, opened when first asked for. */
  engine(wish?: EngineWish): Promise<Engine>;
  /** Address of a file of the site: `data/mnist-10000.bin`. */
  address(path: string): string;
}
