/**
 * 200 calls with random function, shape, seed and arguments, made at run time by the installed library and by us: no word
 * may differ. PyTorch's are in torch-numbers.test.ts. Which calls is drawn from the clock; OUTSET_TRIPLES, printed with a failure, draws the same ones again.
 */

import { describe, expect, test } from 'vitest';
import { NumpyGenerator } from '../../src/random/numpy-generator.ts';
import { callPeer, findPeer } from './python.ts';
import { jaxTriples } from './triples/jax.ts';
import { elementCount, type Plain, real, type TripleLibrary, whole } from './triples/library.ts';
import { numpyTriples } from './triples/numpy.ts';
import { tensorflowTriples } from './triples/tensorflow.ts';

const libraries: readonly TripleLibrary[] = [numpyTriples, jaxTriples, tensorflowTriples];

type Triple = readonly [name: string, seed: Plain, dims: readonly number[], args: readonly Plain[]];
const drawnFrom = Number(process.env.OUTSET_TRIPLES ?? Date.now());

describe.each(libraries)('random triples: $module', (library) => {
  const names = Object.keys(library.functions);
  const peer = names.length > 0 ? findPeer(library.interpreter, library.module) : undefined;

  test.skipIf(peer === undefined)(
    `200 calls of ${library.module} ${peer?.version}, no differing word (OUTSET_TRIPLES=${drawnFrom})`,
    () => {
      const draw = new NumpyGenerator(drawnFrom);
      const shapes = Array.from({ length: library.shapes ?? 200 }, () =>
        drawShape(draw, library.shapes !== undefined),
      );
      const triples = Array.from({ length: 200 }, (_, i) =>
        drawTriple(
          library,
          names[i % names.length],
          shapes[Math.floor(i / names.length) % shapes.length],
          draw,
        ),
      );
      const theirs = callPeer(peer!, `triples/${library.module}_triples.py`, triples) as string[];
      const different: unknown[] = [];
      let words = 0;
      for (const [i, [name, seed, dims, args]] of triples.entries()) {
        const ours = library.functions[name].ours(seed, dims, ...args);
        const bytes = Buffer.from(ours.buffer, ours.byteOffset, ours.byteLength);
        words += bytes.length / 4;
        if (!bytes.equals(Buffer.from(theirs[i], 'base64'))) different.push([name, seed, dims, args]);
      }
      expect(different).toEqual([]);
      expect(words).toBeGreaterThan(1000);
    },
    600_000,
  );
});

/** Up to three axes; nothing, one or a handful of elements too, but at least 100 where only a few shapes are drawn. */
function drawShape(draw: NumpyGenerator, few: boolean): number[] {
  for (;;) {
    const dims = Array.from({ length: whole(draw, 1, 3) }, () =>
      Math.floor(real(draw, 0.9, 4) ** real(draw, 0, 3.2)),
    );
    if (!few || elementCount(dims) >= 100) return dims;
  }
}

function drawTriple(
  library: TripleLibrary,
  name: string,
  dims: readonly number[],
  draw: NumpyGenerator,
): Triple {
  const { seed, arguments: args } = library.functions[name];
  return [name, seed?.(draw) ?? whole(draw, 0, 2 ** 32 - 1), dims, args?.(draw) ?? []];
}
