import type { Runtime } from '../../runtime/runtime.ts';

/** Thrown where the next run of an engine would begin after Ctrl-C. */
export class Stopped extends Error {}

/** An engine that begins nothing more once the signal is given. */
export function stoppable(runtime: Runtime, signal: AbortSignal): Runtime {
  const check = async () => {
    // The signal comes with a message to this thread, which is read between events only.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new Stopped();
  };
  return {
    name: runtime.name,
    compile: async (graph, options) => {
      await check();
      const program = await runtime.compile(graph, options);
      return {
        ...program,
        run: async (feeds, fetches) => {
          await check();
          return program.run(feeds, fetches);
        },
      };
    },
  };
}
