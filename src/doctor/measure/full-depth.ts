/** The parts of a full measurement, the cheapest first, each by itself: one that cannot be taken does not stop the next. */
import { OutsetError } from '../../messages/error.ts';
import type { LayerMeasurement, Measurement, SkippedQuantity } from '../measurement.ts';
import { type Examination, Skipped } from './examination.ts';
import { endToEnd, layerJacobians } from './jacobians.ts';
import { sharpness } from './sharpness.ts';
import { tangentKernel } from './tangent-kernel.ts';
import { weightSpectrum } from './weight-spectrum.ts';

type FullDepth = Pick<Measurement, 'layers' | 'jacobian' | 'tangentKernel' | 'sharpness'> & {
  readonly skipped?: readonly SkippedQuantity[];
};

export async function fullDepth(
  examination: Examination,
  measured: readonly LayerMeasurement[],
): Promise<FullDepth> {
  const { subject, late } = examination;
  const skipped: SkippedQuantity[] = [];
  const part = async <Result>(
    quantity: SkippedQuantity['quantity'],
    take: (examination: Examination) => Promise<Result> | Result,
  ): Promise<Result | null> => {
    try {
      if (late()) throw new Skipped('time');
      return await take(examination);
    } catch (error) {
      const because = reason(error);
      if (because === undefined) throw error;
      skipped.push({ quantity, because });
      return null;
    }
  };
  const spectra = measured.map((): LayerMeasurement['spectrum'] => null);
  await part('spectrum', () => {
    for (const [i, { weight }] of subject.layers.entries()) {
      if (late()) throw new Skipped('time');
      spectra[i] = weightSpectrum(weight, subject.parameters.get(weight.name)?.data ?? new Float32Array(0));
    }
  });
  const runs = subject.build !== undefined && subject.layers.length > 0;
  const jacobian = runs ? await part('jacobian', endToEnd) : null;
  const between = runs ? await part('layer-jacobians', layerJacobians) : null;
  const kernel = runs ? await part('tangent-kernel', tangentKernel) : null;
  const largest = runs ? await part('sharpness', sharpness) : null;
  return {
    layers: measured.map((layer, i) => {
      const own = between?.get(subject.layers[i]);
      return { ...layer, spectrum: spectra[i], ...(own === undefined ? {} : { jacobian: own }) };
    }),
    jacobian,
    tangentKernel: kernel,
    sharpness: largest,
    ...(skipped.length === 0 ? {} : { skipped }),
  };
}

/** Why a part could not be taken; undefined for what is not foreseen. */
function reason(error: unknown): SkippedQuantity['because'] | undefined {
  if (error instanceof Skipped) return error.because;
  if (error instanceof OutsetError && error.code.startsWith('autodiff.')) return 'operator';
  return undefined;
}
