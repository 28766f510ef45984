import type { Finding } from '../diagnosis.ts';
import { crossingConfidence } from './confidence.ts';
import { type Examination, type ExaminedLayer, examinedLayers, rootMeanSquare } from './examination.ts';

/** Loss beyond that of a fair guess, in nats, from which the first updates only undo the start. */
const excess = { warning: 1, error: 10 } as const;
/** Size of the outputs where no loss was taken. */
const sizes = { warning: 3, error: 30 } as const;
/** What the last layer may multiply its input by. */
const outputGain = 3;

/** Outputs that are sure of themselves before anything was learned, and whether the last layer alone is to blame. */
export function outputFindings(examination: Examination): Finding[] {
  const { measurement, subject } = examination;
  const layers = examinedLayers(examination);
  const last = layers.findLast(({ facts }) => facts.last);
  const size = rootMeanSquare(measurement.outputs);
  const classes = subject.outputDims.at(-1) ?? 1;
  const isClassifier = measurement.loss.kind === 'softmax-cross-entropy' && classes > 1;
  const { value } = measurement.loss;
  const measured = isClassifier ? (value === null ? null : value - Math.log(classes)) : size;
  const bounds = isClassifier ? excess : sizes;
  if (measured === null || measured <= bounds.warning) return [];
  const severe = measured > bounds.error;
  const threshold = severe ? bounds.error : bounds.warning;
  const alone = last === undefined ? null : lastGain(layers, last);
  const blamesLast = alone !== null && alone > outputGain;
  return [
    {
      code: blamesLast ? 'output-unscaled' : 'logits-too-large',
      layers: last === undefined ? [] : [last.facts.name],
      severity: severe ? 'error' : 'warning',
      confidence: crossingConfidence(measured, threshold),
      evidence: [
        isClassifier
          ? {
              quantity: 'initial-loss',
              measured: value,
              predicted: Math.log(classes),
              threshold: Math.log(classes) + threshold,
            }
          : { quantity: 'output-size', measured: size, threshold },
        ...(isClassifier ? [{ quantity: 'output-size', measured: size }] : []),
        ...(blamesLast && last !== undefined
          ? [{ quantity: 'signal-factor', layer: last.facts.name, measured: alone, threshold: outputGain }]
          : []),
      ],
      prescription:
        last === undefined
          ? null
          : { kind: 'gain', layers: [last.facts.name], factor: 1 / (size ?? measured) },
    },
  ];
}

/** What the last layer makes of the activations before it. */
function lastGain(layers: readonly ExaminedLayer[], last: ExaminedLayer): number | null {
  const before = layers[layers.indexOf(last) - 1];
  const size = rootMeanSquare(last.measured.preActivations);
  const given = rootMeanSquare(before?.measured.activations);
  return size === null || given === null || given === 0 ? null : size / given;
}
