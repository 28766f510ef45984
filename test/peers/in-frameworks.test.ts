import { describe, expect, test } from 'vitest';
import { inFrameworks } from '../../src/initializers/in-frameworks.ts';
import type { FrameworkName } from '../../src/initializers/in-frameworks-names.ts';
import { callPeer, findPeer, type Interpreter } from './python.ts';

/** The code that Outset shows, run as it is shown: every word is the one that Outset shows beside it. */
const libraries: Readonly<Partial<Record<FrameworkName, readonly [Interpreter, module: string]>>> = {
  numpy: ['OUTSET_PYTHON', 'numpy'],
  tensorflow: ['OUTSET_PYTHON_JAX', 'tensorflow'],
  torch: ['OUTSET_PYTHON', 'torch'],
  keras: ['OUTSET_PYTHON_JAX', 'keras'],
  jax: ['OUTSET_PYTHON_JAX', 'jax'],
};

const cases = (['xavier', 'he'] as const).flatMap((rule) =>
  (
    [
      [400, 100, 7],
      [3, 5, 0],
      [64, 64, 123_456],
    ] as const
  ).map(([fanIn, fanOut, seed]) => inFrameworks(rule, fanIn, fanOut, seed)),
);

describe.each(Object.entries(libraries))('code for %s', (framework, [interpreter, module]) => {
  const peer = findPeer(interpreter, module);
  test.skipIf(peer === undefined)(
    `draws the words that are shown (${module} ${peer?.version})`,
    () => {
      const draws = cases.flatMap((one) => one.filter((draw) => draw.framework === framework));
      const theirs = callPeer(
        peer!,
        'code_words.py',
        draws.map(({ code }) => code),
      ) as string[][];
      for (const [i, { weights }] of draws.entries()) {
        const words = Array.from(
          new Uint32Array(weights.buffer, weights.byteOffset, weights.length),
          (word) => word.toString(16).padStart(8, '0'),
        );
        expect(words).toEqual(theirs[i]);
      }
    },
    120_000,
  );
});
