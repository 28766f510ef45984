/** A call of an exported function. */
export interface ExportCall {
  readonly name: string;
  readonly args: readonly number[];
}

/**
 * Starts threads that work on a shared WebAssembly memory: `nodeThreads` in `outset/runtime/node`, `webThreads` in
 * `outset/runtime/web`.
 */
export interface ThreadHost {
  /** Processors that the machine offers. */
  readonly processors: number;
  /**
   * Instantiates the module on the memory in a new thread, makes the calls of `prepare` there, and resolves; then the
   * thread makes the call `serve` and ends when that returns.
   */
  start(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    prepare: readonly ExportCall[],
    serve: ExportCall,
  ): Promise<void>;
}

/** What a thread is given. */
export interface ThreadTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly prepare: readonly ExportCall[];
  readonly serve: ExportCall;
}

/** The body of a thread as source text, so that no bundler has to find a file: `task` in, `ready` called back. */
export const threadBody = `
  WebAssembly.instantiate(task.module, { env: { memory: task.memory } }).then((instance) => {
    for (const { name, args } of task.prepare) instance.exports[name](...args);
    ready();
    instance.exports[task.serve.name](...task.serve.args);
  });
`;
