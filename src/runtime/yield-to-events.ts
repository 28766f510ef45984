/**
 * Lets pending messages, timers and signals of this thread be handled: engines run synchronously, so a loop over
 * runs would otherwise never let them through. Takes microseconds where the host has `setImmediate` (Node), and a
 * message to oneself elsewhere (a browser's timer would wait 4 ms).
 */
export function yieldToEvents(): Promise<void> {
  const { setImmediate: immediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (immediate !== undefined) return new Promise((resolve) => immediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
