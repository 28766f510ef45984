/** How the size of the signal changes from layer to layer, forward and backward, and who changes it. */
import {
  type Examination,
  type ExaminedLayer,
  examinedLayers,
  median,
  rootMeanSquare,
  weightGain,
} from './examination.ts';

/** One layer on the way of a signal. */
export interface SignalStep {
  readonly layer: ExaminedLayer;
  /** Root mean square here. */
  readonly size: number;
  /** Size here over size at the step before on the signal's way. */
  readonly factor: number;
  /** Size here over the size where the signal was last of known size (the input, a normalization, the output). */
  readonly total: number;
}

/**
 * Pre-activations from the input on. Behind a normalization the signal has size 1 again, whatever came before, and a
 * normalized layer's own pre-activations matter to nobody, so it is no step.
 */
export function forwardSteps(examination: Examination): SignalStep[] {
  const input = examination.measurement.inputs[0]?.distribution;
  const steps: SignalStep[] = [];
  const given = examination.subject.inputs[0]?.categories === undefined ? rootMeanSquare(input) : null;
  let before: number | null = given !== null && given > 0 ? given : null;
  let origin = before;
  for (const layer of examinedLayers(examination)) {
    if (layer.facts.normalized) {
      before = 1;
      origin = 1;
      continue;
    }
    const size = rootMeanSquare(layer.measured.preActivations);
    if (size === null) continue;
    before ??= size;
    origin ??= size;
    steps.push({ layer, size, factor: ratio(size, before), total: ratio(size, origin) });
    before = size;
  }
  return steps;
}

/**
 * Gradients with respect to pre-activations, from the output back; sizes are norms, so that layers of different width are
 * comparable. The output's own is the first.
 */
export function backwardSteps(examination: Examination): SignalStep[] {
  const steps: SignalStep[] = [];
  let before: number | null = null;
  let origin: number | null = null;
  for (const layer of examinedLayers(examination).reverse()) {
    const gradient = layer.measured.gradients?.preActivations;
    if (gradient == null || gradient.norm === null || gradient.notFinite > 0) continue;
    const size: number = gradient.norm;
    before ??= size;
    origin ??= size;
    steps.push({ layer, size, factor: ratio(size, before), total: ratio(size, origin) });
    before = size;
  }
  return steps;
}

function ratio(a: number, b: number): number {
  return a === b ? 1 : a / b;
}

/** A layer whose weights are out of line with those of the other layers, and by how much. */
export interface OddLayer {
  readonly layer: ExaminedLayer;
  /** Its gain over the gain of the others. */
  readonly factor: number;
}

/**
 * Layers whose gain differs from the median of the hidden layers with the same activation by more than a factor of 3, the
 * worst first; none where fewer than 4 layers are alike, or more than a fifth of them are odd.
 */
export function oddLayers(examination: Examination): OddLayer[] {
  const odd: OddLayer[] = [];
  const hidden = examinedLayers(examination).filter(({ facts }) => !facts.last && facts.type !== 'embedding');
  const activations = new Set(hidden.map(({ facts }) => facts.activation));
  for (const activation of activations) {
    const alike = hidden.filter(({ facts }) => facts.activation === activation);
    const gains = alike.map((layer) => weightGain(layer) ?? Number.NaN);
    const usual = median(gains.filter((gain) => gain > 0));
    if (alike.length < 4 || !(usual > 0)) continue;
    const found = alike.flatMap((layer, i) => {
      const factor = gains[i] / usual;
      return Math.abs(Math.log(factor)) > Math.log(3) ? [{ layer, factor }] : [];
    });
    if (found.length <= Math.max(1, alike.length / 5)) odd.push(...found);
  }
  return odd.sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)));
}
