/** The model files of test/fixtures/models, which PyTorch, ONNX, numpy and Keras wrote (test/peers/model_files*.py). */
import path from 'node:path';
import type { Architecture } from '../../src/models/index.ts';

/** Path of a fixture. */
export function fixture(name: string): string {
  return path.resolve(import.meta.dirname, '../fixtures/models', name);
}

/** Every model of the fixtures. */
export const fixtureNames = [
  'convolutions.onnx',
  'sequences.onnx',
  'recurrent.onnx',
  'external.onnx',
  'convolutions.safetensors',
  'sequences.safetensors',
  'gpt2.safetensors',
  'float16.safetensors',
  'bfloat16.safetensors',
  'sequential.npz',
  'images.keras',
  'images.h5',
  'images.weights.h5',
  'texts.keras',
  'texts.h5',
  'texts.weights.h5',
] as const;

/** One line a weight: `name role fanIn fanOut`, with groups and fixed starts where there are some. */
export function described({ layers }: Architecture): string[] {
  return layers.flatMap(({ kind, parameters }) =>
    parameters.map(({ name, shape, fixed }) => {
      const { role, fanIn, fanOut, layout } = shape;
      const groups = layout !== undefined && layout.groups > 1 ? ` /${layout.groups}` : '';
      const fans = role === 'weight' || role === 'bias' ? ` ${fanIn} ${fanOut}` : '';
      return `${kind}: ${name} ${role}${fans}${groups}${fixed === undefined ? '' : ` = ${fixed}`}`;
    }),
  );
}
