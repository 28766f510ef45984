import { appendGradient } from '../../autodiff/index.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { appendAnswer } from './answer.ts';
import { appendInnerProduct } from './append-gram.ts';
import { compileSubject } from './compiled-subject.ts';
import { type Examination, Skipped } from './examination.ts';
import { Lanczos } from './lanczos.ts';
import { randomSigns } from './random-signs.ts';

const mostSteps = 30;
/** Relative change from step to step at which the eigenvalue counts as found. */
const tolerance = 1e-4;
/** Parameters times steps that are kept. */
const mostNumbers = 1e8;

/**
 * Largest eigenvalue of the Hessian of the loss on the batch, in all parameters: gradient descent with a rate above 2 / λ
 * leaves a quadratic valley. Products H v are the gradient of ⟨gradient, v⟩; Lanczos steps from random signs.
 *
 * @see Pearlmutter 1994, "Fast exact multiplication by the Hessian"; Cohen et al. 2021, "Gradient descent on neural networks
 *   typically occurs at the edge of stability"
 */
export async function sharpness({
  subject,
  batch,
  size,
  options,
  late,
}: Examination): Promise<number | null> {
  if (batch.labels === undefined && batch.targets === undefined) throw new Skipped('no-loss');
  const graph = (subject.build as NonNullable<typeof subject.build>)(size);
  const { builder } = graph;
  const answer = appendAnswer(builder, graph.outputs[0], batch, options.loss);
  if (answer.kind === 'random-cotangent') throw new Skipped('no-loss');
  const names = [...subject.parameters.keys()].filter((name) => builder.has(name));
  const counts = names.map((name) => elementCount(builder.dims(name)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const steps = Math.min(mostSteps, Math.floor(mostNumbers / total));
  if (steps < 8) throw new Skipped('size');
  const gradients = appendGradient(builder, answer.loss, names);
  const vectors = names.map((name, i) => builder.input(`outset.vector${i}`, 'float32', builder.dims(name)));
  const along = appendInnerProduct(
    builder,
    names.map((name) => gradients.get(name) as string),
    vectors,
  );
  const products = appendGradient(builder, along, names);
  const fetches = names.map((name) => products.get(name) as string);
  const compiled = await compileSubject(subject, graph, batch, fetches, options);
  const lanczos = new Lanczos(randomSigns('sharpness', total), 1);
  let found = Number.NaN;
  try {
    for (let k = 0; k < steps && !lanczos.done; k++) {
      if (late() && k < 8) throw new Skipped('time');
      if (late()) break;
      const feeds: Record<string, Tensor> = { ...answer.feeds };
      let at = 0;
      for (const [i, vector] of vectors.entries()) {
        const data = lanczos.vector.slice(at, at + counts[i]);
        feeds[vector] = tensor('float32', builder.dims(vector), data);
        at += counts[i];
      }
      const results = await compiled.run(feeds, fetches);
      const product = new Float32Array(total);
      at = 0;
      for (const [i, name] of fetches.entries()) {
        product.set(results[name].data as Float32Array, at);
        at += counts[i];
      }
      lanczos.accept(product);
      const [largest = Number.NaN] = lanczos.eigenvalues(0);
      if (!Number.isFinite(largest)) throw new Skipped('not-finite');
      if (k >= 4 && Math.abs(largest - found) <= tolerance * Math.abs(largest)) return largest;
      found = largest;
    }
  } finally {
    await compiled.dispose();
  }
  return Number.isFinite(found) ? found : null;
}
