/**
 * Model files that Outset wrote, loaded by the libraries that they are for: torch, safetensors, onnx with its checker,
 * numpy, Keras, TensorFlow.js. Every tensor must be there, to the bit. A library that is not installed is skipped loudly.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { drawByRules, planByRules, type TfjsLike, tfjsInitializer } from '../../src/models/index.ts';
import { openModel, writeModel } from '../../src/models/node/index.ts';
import { threefry } from '../../src/random/index.ts';
import { fixture } from '../models/fixtures.ts';
import { callPeer, findPeer, type Interpreter } from './python.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'outset-peers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Described = Record<string, { dims: number[]; sha256: string }>;

/** Writes a fixture with new weights; returns the file and what must be found in it. */
async function written(name: string, ending: string): Promise<{ file: string; expected: Described }> {
  const model = await openModel(fixture(name));
  const plan = planByRules(model.architecture, [
    { rule: 'glorot-uniform' },
    { pattern: '*b*', rule: 'normal(std=0.1)' },
  ]);
  const file = path.join(folder, `${name.replaceAll('.', '-')}${ending}`);
  await writeModel(model, drawByRules(plan, threefry(11)), file);
  const drawn = new Map(drawByRules(plan, threefry(11)));
  const { layers, kept } = model.architecture;
  const expected: Described = {};
  for (const { name: one, dims } of [...layers.flatMap(({ parameters }) => parameters), ...kept]) {
    const bytes = drawn.get(one) ?? (await model.read(one));
    expected[one] = { dims: [...dims], sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  await model.close();
  return { file, expected };
}

const kinds: readonly {
  kind: string;
  interpreter: Interpreter;
  module: string;
  files: readonly (readonly [name: string, ending: string])[];
}[] = [
  {
    kind: 'torch',
    interpreter: 'OUTSET_PYTHON',
    module: 'safetensors',
    files: [
      ['convolutions.safetensors', '.safetensors'],
      ['sequences.onnx', '.safetensors'],
      ['float16.safetensors', '.safetensors'],
      ['bfloat16.safetensors', '.safetensors'],
      ['images.keras', '.safetensors'],
    ],
  },
  {
    kind: 'onnx',
    interpreter: 'OUTSET_PYTHON',
    module: 'onnx',
    files: [
      ['convolutions.onnx', '.onnx'],
      ['sequences.onnx', '.onnx'],
      ['recurrent.onnx', '.onnx'],
      ['external.onnx', '.onnx'],
    ],
  },
  {
    kind: 'npz',
    interpreter: 'OUTSET_PYTHON',
    module: 'numpy',
    files: [
      ['sequential.npz', '.npz'],
      ['convolutions.safetensors', '.npz'],
      ['float16.safetensors', '.npz'],
    ],
  },
  {
    kind: 'keras',
    interpreter: 'OUTSET_PYTHON_JAX',
    module: 'keras',
    files: [
      ['images.keras', '.keras'],
      ['images.h5', '.h5'],
      ['texts.keras', '.keras'],
    ],
  },
];

describe.each(kinds)('$kind', ({ kind, interpreter, module, files }) => {
  const torch = kind !== 'torch' || findPeer(interpreter, 'torch') !== undefined;
  const peer = torch ? findPeer(interpreter, module) : undefined;
  test.skipIf(peer === undefined)(
    `${module} ${peer?.version} loads every tensor to the bit`,
    { timeout: 180_000 },
    async () => {
      const all = await Promise.all(files.map(([name, ending]) => written(name, ending)));
      const found = callPeer(peer!, 'load_models.py', { [kind]: all.map(({ file }) => file) }) as Record<
        string,
        Described
      >;
      for (const { file, expected } of all) {
        // Keras names the variables of a cell in its own way; there the values are compared without their names.
        if (kind !== 'keras') expect(found[file], file).toEqual(expected);
        else expect(hashesOf(found[file]), file).toEqual(hashesOf(expected));
      }
    },
  );
});

const keras = findPeer('OUTSET_PYTHON_JAX', 'keras');

test.skipIf(keras === undefined)('Keras loads weights alone', { timeout: 180_000 }, async () => {
  const models = ['images.keras', 'texts.keras'];
  const all = await Promise.all(models.map((name) => written(name, '.weights.h5')));
  const weights = all.map(({ file }, i) => [fixture(models[i]), file]);
  const found = callPeer(keras!, 'load_models.py', { weights }) as Record<string, Described>;
  for (const { file, expected } of all) expect(hashesOf(found[file]), file).toEqual(hashesOf(expected));
});

function hashesOf(described: Described): string[] {
  return Object.values(described)
    .map(({ dims, sha256 }) => `[${dims.join(', ')}] ${sha256}`)
    .sort();
}

const tfjsFolder = path.resolve(import.meta.dirname, 'tfjs/node_modules/@tensorflow');
const hasTfjs = existsSync(tfjsFolder);
if (!hasTfjs) {
  process.stderr.write(
    '\n*** NOT COMPARED with TensorFlow.js: npm install --prefix test/peers/tfjs --ignore-scripts ***\n',
  );
}

describe.skipIf(!hasTfjs)('TensorFlow.js', () => {
  test('loads a model that it saved and Outset drew anew', { timeout: 60_000 }, async () => {
    const { loadTfjs, saveModel, loadModel } = await import('./tfjs/peer.ts');
    const tf = await loadTfjs();
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [8, 8, 3],
          filters: 4,
          kernelSize: 3,
          activation: 'relu',
          name: 'first',
        }),
        tf.layers.batchNormalization({}),
        tf.layers.depthwiseConv2d({ kernelSize: 3 }),
        tf.layers.flatten({}),
        tf.layers.dense({ units: 3 }),
      ],
    });
    const source = path.join(folder, 'tfjs-source');
    await saveModel(model, source);
    const opened = await openModel(path.join(source, 'model.json'));
    const plan = planByRules(opened.architecture, [{ rule: 'he-normal' }]);
    expect(plan.map(({ parameter }) => [parameter.name.split('/').at(-1), parameter.shape.fanIn])).toEqual([
      ['kernel', 27],
      ['bias', 27],
      ['gamma', 0],
      ['beta', 0],
      ['moving_mean', 0],
      ['moving_variance', 0],
      ['depthwise_kernel', 9],
      ['bias', 9],
      ['kernel', 64],
      ['bias', 64],
    ]);
    const target = path.join(folder, 'tfjs-target');
    await saveModel(model, target);
    await writeModel(opened, drawByRules(plan, threefry(2)), path.join(target, 'model.json'));
    const again = await loadModel(target);
    const drawn = new Map(drawByRules(plan, threefry(2)));
    expect(again.weights).toHaveLength(plan.length);
    for (const weight of again.weights) {
      const { name } = plan.find(({ parameter }) => parameter.name === weight.originalName)!.parameter;
      const bytes = drawn.get(name)!;
      expect(weight.read().dataSync(), name).toEqual(new Float32Array(bytes.slice().buffer));
    }
    expect(
      JSON.parse(readFileSync(path.join(target, 'model.json'), 'utf8')).weightsManifest[0].paths,
    ).toHaveLength(1);
  });

  test('takes rules as initializers, with the fans of its layers', { timeout: 60_000 }, async () => {
    const { loadTfjs } = await import('./tfjs/peer.ts');
    const tf = await loadTfjs();
    const make = (layer?: 'depthwise') =>
      tfjsInitializer(tf as unknown as TfjsLike, 'he-normal', { seed: 0, name: layer ?? 'kernel', layer });
    const kernelInitializer = make();
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [16, 16, 8], filters: 64, kernelSize: 3, kernelInitializer }),
        tf.layers.depthwiseConv2d({ kernelSize: 5, depthwiseInitializer: make('depthwise') }),
        tf.layers.flatten({}),
        tf.layers.dense({ units: 4, kernelInitializer }),
      ],
    });
    const fans = [8 * 9, 25, 10 * 10 * 64];
    const weights = model.getWeights().filter(({ shape }) => shape.length > 1);
    for (const [i, weight] of weights.entries()) {
      const values = weight.dataSync();
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      // The mean square of n normals has a relative standard error of sqrt(2 / n); five of them.
      expect(Math.abs((variance * fans[i]) / 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    }
    expect(weights).toHaveLength(3);
  });
});
