import { threefry } from '../../random/index.ts';
import { symmetricEigen } from '../../tensor/symmetric-eigen.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { Measurement } from '../measurement.ts';
import { appendGram } from './append-gram.ts';
import { compileSubject } from './compiled-subject.ts';
import { type Examination, Skipped } from './examination.ts';
import { fewExamples } from './few-examples.ts';

const examples = 16;

/**
 * Eigenvalues of the empirical neural tangent kernel on the first 16 examples:
 *
 *   Θ(i, j) = ⟨ d f(x_i) / d θ, d f(x_j) / d θ ⟩,   f = u · outputs with one random direction u of length 1
 *
 * over all parameters. A column is one product J Jᵀ eᵢ, so that no gradient of an example leaves the engine. In single
 * precision: a smallest eigenvalue below a millionth of the largest is rounding, and the condition null.
 *
 * @see Jacot, Gabriel, Hongler 2018, "Neural tangent kernel"
 */
export async function tangentKernel(examination: Examination): Promise<Measurement['tangentKernel']> {
  const { subject, batch, size: all, options, late } = examination;
  const { batch: few, size } = fewExamples(subject, batch, all, examples);
  const graph = (subject.build as NonNullable<typeof subject.build>)(size);
  const { builder, outputs } = graph;
  const dims = builder.dims(outputs[0]);
  const parameters = [...subject.parameters.keys()].filter((name) => builder.has(name));
  const share = builder.input('outset.share', 'float32', [size, ...dims.slice(1).map(() => 1)]);
  const cotangent = builder.op('Mul', [share, builder.constant(direction(dims.slice(1)))]);
  const { product } = appendGram(builder, outputs[0], parameters, cotangent, share);
  const compiled = await compileSubject(subject, graph, few, [product], options);
  const kernel = new Float64Array(size * size);
  try {
    for (let i = 0; i < size; i++) {
      if (late()) throw new Skipped('time');
      const one = new Float32Array(size);
      one[i] = 1;
      const results = await compiled.run({ [share]: tensor('float32', builder.dims(share), one) }, [product]);
      for (const [j, value] of (results[product].data as Float32Array).entries()) {
        kernel[i * size + j] += value / 2;
        kernel[j * size + i] += value / 2;
      }
    }
  } finally {
    await compiled.dispose();
  }
  if (!kernel.every(Number.isFinite)) throw new Skipped('not-finite');
  const { values } = symmetricEigen(kernel, size);
  const [largest, smallest] = [values[0], Math.max(0, values[size - 1])];
  return {
    examples: size,
    largest,
    smallest,
    condition: smallest > 1e-6 * largest ? largest / smallest : null,
  };
}

function direction(dims: readonly number[]): Tensor<'float32'> {
  const data = threefry(2010)
    .child('direction')
    .normal(new Float32Array(elementCount(dims)));
  const norm = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
  return tensor(
    'float32',
    [1, ...dims],
    data.map((value) => value / norm),
  );
}
