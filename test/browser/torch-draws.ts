/** Draws of every kind from the dialects of PyTorch, as hexadecimal text: the same in Node and in the browser. */

import { torchInit } from '../../src/initializers/index.ts';
import { torchDefaults } from '../../src/initializers/torch/defaults.ts';
import { type TorchDialect, TorchStream } from '../../src/random/index.ts';

export function torchNumbers(dialect: TorchDialect): string[] {
  const stream = new TorchStream(42, { dialect });
  const arrays: ArrayBufferView[] = [
    stream.normal(new Float32Array(3000), 0.1, 0.7),
    stream.normal(new Float32Array(5000)),
    stream.normal(new Float32Array(5)),
    stream.normal(new Float64Array(3), 1, 2),
    stream.normal(new Float64Array(2000), 0.1, 0.7),
    stream.uniform(new Float32Array(3000), -0.3, 0.5),
    stream.uniform(new Float64Array(300), -0.3, 0.5),
    stream.permutation(1000),
    stream.bernoulli(new Uint8Array(100), 0.3),
    torchInit.truncatedNormal(stream, [40, 50]).data,
    torchInit.truncatedNormal(stream, [40, 50], { a: 1, b: 3 }).data,
    torchInit.truncatedNormal(new TorchStream(1, { dialect, release: '1.13' }), [40, 50]).data,
    torchInit.orthogonal(stream, [30, 20]).data,
    ...[...torchDefaults([{ type: 'LSTM', inputSize: 20, hiddenSize: 30 }], stream).values()].map(
      ({ data }) => data,
    ),
  ];
  return arrays.map(({ buffer, byteOffset, byteLength }) =>
    [...new Uint8Array(buffer, byteOffset, byteLength)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  );
}
