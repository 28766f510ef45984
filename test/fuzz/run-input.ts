import { OutsetError } from '../../src/messages/index.ts';
import type { FuzzedReader } from './readers.ts';

/** How long one input may take; the files have a few kilobytes. */
const mostMilliseconds = 2000;

/**
 * Feeds one input to a reader.
 * @returns what it came to: `read`, or the issue with the words of its details, without numbers and names
 * @throws what is not an issue, or an error if it took too long
 */
export async function runInput(reader: FuzzedReader, bytes: Uint8Array): Promise<string> {
  const begin = performance.now();
  let outcome = 'read';
  try {
    await reader.read(bytes);
  } catch (error) {
    if (!(error instanceof OutsetError)) throw error;
    for (const language of ['en', 'ko'] as const) {
      if (/undefined|\[object|NaN/.test(error.text(language).replaceAll(/"[^"]*"|\{.*\}/g, ''))) {
        throw new Error(`${error.code}: ${error.text(language)}`, { cause: error });
      }
    }
    const { part, problem, feature, expected } = error.details as Record<string, unknown>;
    const words = [part, problem, feature, expected].filter(
      (word) => typeof word === 'string' && /^[a-z_-]{1,20}$/.test(word),
    );
    outcome = [error.code, ...words].join(' ');
  }
  const took = performance.now() - begin;
  if (took > mostMilliseconds) throw new Error(`${outcome} after ${took.toFixed(0)} ms`);
  return outcome;
}
