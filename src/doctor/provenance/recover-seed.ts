/**
 * Finds the seed that weights were drawn with, by drawing again. Compared are ratios: weights are their stream's numbers times
 * one factor, whatever the rule, so the rule need not be known. The first 16 numbers of the first weight decide; two
 * sequences agree in them by chance with a probability below 1e-70, over all seeds and dialects below 1e-65. What is found is
 * confirmed on all numbers of every weight.
 */
import type { ParameterShape } from '../../initializers/initializer.ts';
import type { Stream } from '../../random/index.ts';
import { strides, type Tensor } from '../../tensor/tensor.ts';
import type { ParameterProvenance } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { ruleOfVariance } from './candidate-rules.ts';
import { commonSeeds, type DrawSource, drawSources } from './draw-sources.ts';
import { cutVariance } from './known-rules.ts';

type Family = 'uniform' | 'normal' | 'truncated-normal';
type Exact = NonNullable<ParameterProvenance['exact']>;

/** A parameter that was drawn at random, in the order of the model. */
interface Drawn {
  readonly shape: ParameterShape;
  /** Place among the parameters of its layer. */
  readonly index: number;
  readonly data: Float32Array;
  /** Those that it may be of: one for a large weight, all for a small one. */
  readonly families: readonly Family[];
}

/** Numbers that decide, and those that are drawn for them: vectorized generators shuffle within blocks of 16. */
const decisive = 16;
const drawnFor = 32;
/** Largest first weight that is drawn as a whole where a prefix is not one. */
const mostWhole = 8192;
/** Difference of a weight from its number times the factor, in units of the factor: single precision, last bits aside. */
const tolerance = 4e-6;

const families: readonly Family[] = ['uniform', 'normal', 'truncated-normal'];

/** Variance of each family's numbers as they are drawn. */
const variances = { uniform: 1 / 3, normal: 1, 'truncated-normal': cutVariance } as const;

/** @returns by name of parameter; empty where no common seed gives these weights */
export function recoverSeed(
  subject: Subject,
  provenance: readonly ParameterProvenance[],
): Map<string, Exact> {
  const drawn = drawnParameters(subject, provenance);
  const first = drawn.find(({ shape }) => shape.role === 'weight');
  if (first === undefined || first.data.length < decisive || drawn[0] !== first) return new Map();
  for (const source of drawSources) {
    for (const family of first.families) {
      for (const seed of source.seeds ?? commonSeeds) {
        if (!beginsWith(first, source, seed, family)) continue;
        const found = confirm(drawn, source, seed, family);
        if (found.size > 0) return found;
      }
    }
  }
  return new Map();
}

/** Layer by layer as the file has them, weights before biases, as layers are made. */
function drawnParameters(subject: Subject, provenance: readonly ParameterProvenance[]): Drawn[] {
  const known = new Map(provenance.map(({ parameter, distribution }) => [parameter, distribution]));
  const layers = new Map<string, ParameterShape[]>();
  for (const shape of subject.parameterShapes) {
    const layer = shape.name.replace(/[./][^./]*$/, '');
    layers.set(layer, [...(layers.get(layer) ?? []), shape]);
  }
  const ordered = [...layers.values()].map((shapes) => [
    ...shapes.filter(({ role }) => role === 'weight'),
    ...shapes.filter(({ role }) => role !== 'weight'),
  ]);
  return ordered.flatMap((shapes) =>
    shapes.flatMap((shape, index): Drawn[] => {
      const data = subject.parameters.get(shape.name)?.data;
      if (data === undefined || data.length === 0 || data.every((value) => value === data[0])) return [];
      const family = known.get(shape.name);
      const isSure = data.length > 4000 && families.includes(family as Family);
      return [{ shape, index, data, families: isSure ? [family as Family] : families }];
    }),
  );
}

function draw(stream: Stream, family: Family, count: number): Float32Array | Float64Array {
  const out = stream.precision === 'float64' ? new Float64Array(count) : new Float32Array(count);
  if (family === 'uniform') return stream.uniform(out, -1, 1);
  return family === 'normal' ? stream.normal(out) : stream.truncatedNormal(out);
}

function beginsWith(
  { shape, index, data }: Drawn,
  source: DrawSource,
  seed: number,
  family: Family,
): boolean {
  const whole = source.dialect === 'jax-original' || data.length < 2 * drawnFor;
  if (whole && data.length > mostWhole) return false;
  const numbers = draw(source.open(seed)(shape, index), family, whole ? data.length : drawnFor);
  return orders(shape).some(
    (order) => factorOf(data, numbers, positions(shape.dims, order, decisive)) !== undefined,
  );
}

/**
 * Draws everything again; a sequence ends at the first parameter that differs.
 * @param first family of the first weight, which others are taken to be of where theirs is not sure
 */
function confirm(
  drawn: readonly Drawn[],
  source: DrawSource,
  seed: number,
  first: Family,
): Map<string, Exact> {
  const found = new Map<string, Exact>();
  const open = source.open(seed);
  for (const { shape, data, families: possible, index } of drawn) {
    const isBias = shape.role !== 'weight';
    if (isBias && !source.sequential) continue;
    const family = isBias ? 'uniform' : possible.length === 1 ? possible[0] : first;
    const numbers = draw(open(shape, index), family, data.length);
    const factor = orders(shape)
      .map((order) => factorOf(data, numbers, positions(shape.dims, order, data.length)))
      .find((one) => one !== undefined);
    if (factor === undefined && source.sequential) break;
    if (factor === undefined || isBias) continue;
    const rule = ruleOfVariance(shape, family, factor ** 2 * variances[family]);
    found.set(shape.name, { rule, dialect: source.dialect, seed });
  }
  return found;
}

/** The factor between numbers and weights; undefined where there is none. */
function factorOf(
  data: Float32Array,
  numbers: Float32Array | Float64Array,
  places: Uint32Array,
): number | undefined {
  let largest = 0;
  for (let i = 1; i < places.length; i++) {
    if (Math.abs(numbers[i]) > Math.abs(numbers[largest])) largest = i;
  }
  const factor = data[places[largest]] / numbers[largest];
  if (!(factor > 0) || !Number.isFinite(factor)) return undefined;
  for (let i = 0; i < places.length; i++) {
    if (!(Math.abs(data[places[i]] - factor * numbers[i]) <= tolerance * factor)) return undefined;
  }
  return factor;
}

/** In which order frameworks draw the axes: as the file has them, [out, in, ...kernel], or [...kernel, in, out]. */
function orders({ dims, layout }: ParameterShape): number[][] {
  const file = dims.map((_, axis) => axis);
  if (layout === undefined) return [file];
  const { inAxis, outAxis, kernelAxes } = layout;
  const all = [file, [outAxis, inAxis, ...kernelAxes], [inAxis, outAxis, ...kernelAxes]];
  all.push([...kernelAxes, inAxis, outAxis], [...kernelAxes, outAxis, inAxis]);
  return [...new Map(all.map((order) => [order.join(), order])).values()];
}

/** Where in the file the first `count` elements lie that are drawn with the axes in `order`. */
function positions(dims: Tensor['dims'], order: readonly number[], count: number): Uint32Array {
  const steps = strides(dims);
  const index = new Array<number>(order.length).fill(0);
  const found = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    found[i] = at;
    for (let k = order.length - 1; k >= 0; k--) {
      const axis = order[k];
      at += steps[axis];
      if (++index[k] < dims[axis]) break;
      at -= steps[axis] * dims[axis];
      index[k] = 0;
    }
  }
  return found;
}
