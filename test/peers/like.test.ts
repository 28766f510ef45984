/**
 * `outset init --like`: first weights that PyTorch, Flax and Keras drew with a seed, drawn again from the description of
 * their files alone. No bit may differ.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  applyArchitectureMap,
  drawLike,
  parseArchitectureMap,
  weightDialect,
} from '../../src/models/index.ts';
import { openModel } from '../../src/models/node/index.ts';
import { findPeer, type Interpreter } from './python.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-like-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const frameworks: readonly {
  framework: string;
  interpreter: Interpreter;
  module: string;
  /** What the script needs besides. */
  needs?: string;
}[] = [
  { framework: 'torch', interpreter: 'OUTSET_PYTHON', module: 'torch', needs: 'safetensors' },
  { framework: 'jax', interpreter: 'OUTSET_PYTHON_JAX', module: 'flax' },
  { framework: 'keras', interpreter: 'OUTSET_PYTHON_JAX', module: 'keras' },
  { framework: 'keras-jax', interpreter: 'OUTSET_PYTHON_JAX', module: 'keras' },
];

describe.each(frameworks)('$framework', ({ framework, interpreter, module, needs }) => {
  const others = needs === undefined || findPeer(interpreter, needs) !== undefined;
  const peer = others ? findPeer(interpreter, module) : undefined;
  test.skipIf(peer === undefined).each([0, 42])(
    `${module} ${peer?.version}, seed %i: no differing bit`,
    { timeout: 180_000 },
    async (seed) => {
      const script = path.resolve(import.meta.dirname, 'seeded_models.py');
      const [library, backend = 'tensorflow'] = framework.split('-');
      const text = execFileSync(peer!.python, [script, library, folder, String(seed)], {
        encoding: 'utf8',
        env: { ...process.env, KERAS_BACKEND: backend },
      });
      const models = JSON.parse(text) as { file: string; map: object }[];
      const dialect = await weightDialect(framework);
      for (const { file, map } of models) {
        const model = await openModel(file);
        const architecture = applyArchitectureMap(model.architecture, parseArchitectureMap(map));
        expect(architecture.unknown).toEqual([]);
        let compared = 0;
        for (const [name, bytes] of drawLike(dialect, architecture, seed)) {
          const theirs = await model.read(name);
          expect(Buffer.compare(bytes, theirs), `${path.basename(file)}: ${name}`).toBe(0);
          compared++;
        }
        expect(compared).toBe(architecture.layers.flatMap(({ parameters }) => parameters).length);
        await model.close();
      }
    },
  );
});
