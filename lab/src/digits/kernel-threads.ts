import type { ThreadHost } from '../../../src/runtime/threads.ts';
import { webThreads } from '../../../src/runtime/web-threads.ts';

/** Beyond four threads the small batches of the lab get slower, not faster. */
const mostThreads = 4;

/** Threads of the kernels in this browser: one where memory cannot be shared. */
export function kernelThreads(): { readonly threads: number; readonly host?: ThreadHost } {
  const threads = Math.max(1, Math.min(mostThreads, webThreads.processors));
  return { threads, ...(threads > 1 && { host: webThreads }) };
}
