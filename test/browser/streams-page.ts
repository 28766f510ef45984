/** Runs in the browser: hashes of draws, for streams.test.ts to compare with Node's. */
import { streamHashes } from './streams-draws.ts';

(globalThis as unknown as { streamHashes: typeof streamHashes }).streamHashes = streamHashes;
