import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { TensorBoardWriter } from '../../formats/tensorboard.ts';
import { layerValues } from '../../report/doctor/layer-values.ts';
import type { Distribution } from '../../training/trace.ts';

/**
 * A diagnosis as TensorBoard events: curves over depth (the step is the number of the layer), measured beside predicted,
 * and histograms of every layer at step 0.
 */
export function* diagnosisEvents(diagnosis: Diagnosis, writer: TensorBoardWriter): Generator<Uint8Array> {
  yield writer.header();
  for (const { name, depth, forward, backward, measured } of layerValues(diagnosis)) {
    const scalars: Readonly<Record<string, number | null | undefined>> = {
      'depth/forward measured': forward.measured,
      'depth/forward predicted': forward.predicted.middle,
      'depth/backward measured': backward.measured,
      'depth/backward predicted': backward.predicted.middle,
      'depth/std of weights': measured?.weights.std,
      'depth/correlation': measured?.correlation?.mean,
      'depth/dead units': measured?.deadUnits,
      'depth/update ratio': measured?.updateRatio,
    };
    for (const [tag, value] of Object.entries(scalars)) {
      if (value != null) yield writer.scalar(tag, depth, value);
    }
    const parts: Readonly<Record<string, Distribution | null | undefined>> = {
      weights: measured?.weights,
      'pre-activations': measured?.preActivations,
      activations: measured?.activations,
      'gradient of pre-activations': measured?.gradients?.preActivations,
    };
    for (const [part, one] of Object.entries(parts)) {
      if (one != null && one.histogram.counts.length > 0) {
        yield writer.histogram(`${name}/${part}`, 0, one.histogram);
      }
    }
  }
  yield writer.scalar('verdict/probability', 0, diagnosis.verdict.probability);
}
