/**
 * A few thousand damaged files for every reader, always the same ones: read or refused with an issue, nothing else.
 * `npm run fuzz` feeds a million.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { damaged, mutations } from './mutations.ts';
import { fuzzedReaders, startOf } from './readers.ts';
import { runInput } from './run-input.ts';

const perShare = 60;

describe.each(fuzzedReaders)('$name', (reader) => {
  test('valid files are read', async () => {
    for (const seed of reader.seeds) {
      // Some is described and not read: compressed data, quantized weights, half precision in a graph.
      expect(await runInput(reader, seed)).toMatch(
        /^(?:read|formats\.hdf5_unsupported chunks|formats\.tfjs dtype|onnx\.unsupported_element_type)$/,
      );
    }
  });

  test('the corpus gives issues', async () => {
    for (const bytes of reader.corpus) await runInput(reader, bytes);
  });

  test('damaged files give issues', async () => {
    const lists = fc.sample(mutations, { seed: 20_261_125, numRuns: perShare * reader.share });
    const outcomes = new Set<string>();
    for (const [i, list] of lists.entries())
      outcomes.add(await runInput(reader, damaged(startOf(reader, i), list)));
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
