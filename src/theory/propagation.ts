/**
 * A graph walked forward with moments instead of numbers, and back with mean squares of gradients.
 *
 * Nodes that treat every number alike are not evaluated one by one: a value is a function of one number, applied to a
 * base (an input, or the result of a node that mixes numbers). Moments are taken when something mixes it again, of all
 * functions on the way at once. So GELU is GELU, whether it is one node or six.
 */
import type { Graph, GraphNode, ValueType } from '../onnx/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { MomentTables } from './moments.ts';
import { identityFunction, type ScalarFunction } from './scalar-function.ts';
import {
  average,
  clipped,
  correlationOf,
  type Gradient,
  type Signal,
  spatialCorrelationOf,
  zip,
} from './signal.ts';

/** A value whose moments are known, and the gradient that has reached it. */
export class Base {
  readonly name: string;
  readonly signal: Signal;
  /** Set for a softmax: its rows have this length, and the sum of squares of a row. */
  readonly softmax?: { readonly length: number; readonly rowSquare: number };
  /** Set where the value is x W + b: x, fanIn E[w²] and E[b²]. */
  source?: {
    readonly base: Base;
    readonly f: ScalarFunction;
    readonly weightVariance: number;
    readonly biasVariance: number;
  };
  #gradient: Float64Array | undefined;
  #deviation = 0;
  #sensitivity = 0;
  #weight = 0;

  constructor(name: string, signal: Signal, softmax?: { length: number; rowSquare: number }) {
    this.name = name;
    this.signal = signal;
    this.softmax = softmax;
  }

  /** Adds what one reader sends back; readers count as uncorrelated. */
  receive({ square, logVariance, sensitivity }: Gradient): void {
    const weight = average(square);
    if (!(weight > 0) || !Number.isFinite(weight)) {
      if (this.#gradient === undefined && weight === 0) this.#gradient = square;
      return;
    }
    this.#gradient = this.#gradient === undefined ? square : zip([this.#gradient, square], ([a, b]) => a + b);
    this.#deviation += weight * Math.sqrt(logVariance);
    this.#sensitivity += weight * sensitivity;
    this.#weight += weight;
  }

  get gradient(): Gradient | undefined {
    if (this.#gradient === undefined) return undefined;
    const weight = this.#weight || 1;
    return {
      square: this.#gradient,
      logVariance: (this.#deviation / weight) ** 2,
      sensitivity: this.#sensitivity / weight,
    };
  }
}

/** A function of a base. */
export interface Mapped {
  readonly kind: 'mapped';
  readonly base: Base;
  readonly f: ScalarFunction;
}

/** The mean of a mapped value over some axes: almost a number where many are averaged. */
export interface Averaged {
  readonly kind: 'averaged';
  readonly of: Mapped;
  /** What is averaged over. */
  readonly over: { readonly batch: boolean; readonly units: boolean; readonly places: boolean };
  /** The mean as a signal, for whoever reads it as one. */
  readonly mapped: Mapped;
  readonly number: number;
}

/** A number, the same for every draw; `of` where it measures the scale of a base. */
export interface Settled {
  readonly kind: 'settled';
  readonly number: number;
  readonly of?: Base;
}

export type Value = Mapped | Averaged | Settled;

/** Where the walk is; what the rules of the operators read and write. */
export class Propagation {
  readonly types: ReadonlyMap<string, ValueType>;
  /** Examples in the batch. */
  readonly examples: number;
  readonly tables = new MomentTables();
  readonly constants: Map<string, Tensor>;
  readonly values = new Map<string, Value>();
  /** Values that begin a new base even if a function would do: what will be reported. */
  readonly #reported: ReadonlySet<string>;
  readonly #steps: { readonly base: Base; readonly back: (gradient: Gradient) => void }[] = [];
  readonly #read = new Map<Base, Map<string, Signal>>();

  constructor(graph: Graph, constants: Map<string, Tensor>, reported: ReadonlySet<string>, examples: number) {
    this.types = graph.types;
    this.constants = constants;
    this.#reported = reported;
    this.examples = examples;
  }

  dims(value: string): readonly number[] {
    return this.types.get(value)?.dims ?? [];
  }

  /** A new base. */
  define(
    name: string,
    signal: Signal,
    back?: (gradient: Gradient) => void,
    softmax?: { length: number; rowSquare: number },
  ): Base {
    const base = new Base(name, signal, softmax);
    this.values.set(name, { kind: 'mapped', base, f: identityFunction });
    if (back !== undefined) this.#steps.push({ base, back });
    return base;
  }

  /** A value that is a function of a base; a new base where it will be reported on. */
  map(name: string, base: Base, f: ScalarFunction): void {
    const value: Mapped = { kind: 'mapped', base, f };
    if (!this.#reported.has(name) || f === identityFunction) {
      this.values.set(name, value);
      return;
    }
    this.define(name, this.signal(value), (gradient) => this.send(value, gradient));
  }

  /** The value as a function of a base, if theory knows it. */
  mapped(name: string): Mapped | undefined {
    const value = this.values.get(name);
    if (value === undefined || value.kind === 'mapped') return value;
    if (value.kind === 'averaged') return value.mapped;
    return undefined;
  }

  /** A mean over so much that it is the same number for every draw; undefined where it is a signal. */
  settle({ mapped, number, of }: Averaged): Settled | undefined {
    const square = average(this.signal(mapped).square);
    // A mean of squares is a variance, even where bright and dark places make it look uneven.
    const isScale = number > 0 && of.f.value(2) === 4 * of.f.value(1) && of.f.value(-1) === of.f.value(1);
    if (number === 0 || (!isScale && square - number * number > 0.3 * number * number)) return undefined;
    return { kind: 'settled', number, of: of.base };
  }

  /** Moments of a mapped value. */
  signal({ base, f }: Mapped): Signal {
    if (f.key === 'x') return base.signal;
    let known = this.#read.get(base);
    if (known === undefined) {
      known = new Map();
      this.#read.set(base, known);
    }
    let signal = known.get(f.key);
    if (signal === undefined) {
      signal = this.#apply(base.signal, f);
      known.set(f.key, signal);
    }
    return signal;
  }

  /** Sends the gradient with respect to a mapped value back to its base. */
  send({ base, f }: Mapped, gradient: Gradient): void {
    const { signal } = base;
    const center = centerOf(signal);
    const table = this.tables.around(f, center);
    const factor = signal.square.map((q) => table.at(q - center * center).slope);
    const q = average(signal.square) - center * center;
    const moments = table.at(q);
    const { slopeKurtosis, kurtosis } = moments;
    const squareChange = wholeChange(moments.squareChange, moments.squareTilt, center, q);
    const slopeChange = wholeChange(moments.slopeChange, moments.slopeTilt, center, q);
    const square = zip([gradient.square, factor], ([g, s]) => g * s);
    const share = shareOf(signal, this.examples);
    base.receive({
      square,
      logVariance:
        gradient.logVariance +
        3 * (slopeKurtosis - 1) * share +
        ownVariance(kurtosis, squareChange) * share * gradient.sensitivity ** 2,
      sensitivity: slopeChange + squareChange * gradient.sensitivity,
    });
  }

  /** Walks back over all bases in reverse order. */
  back(): void {
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const { base, back } = this.#steps[i];
      const { gradient } = base;
      if (gradient !== undefined) back(gradient);
    }
  }

  #apply(signal: Signal, f: ScalarFunction): Signal {
    const center = centerOf(signal);
    const table = this.tables.around(f, center);
    const squared = center * center;
    const square = signal.square.map((q) => table.at(q - squared).square);
    const joint = (products: Float64Array): Float64Array =>
      zip([signal.square, products], ([q, p]) => {
        const spread = q - squared;
        return spread > 0 ? table.product(spread, clipped((p - squared) / spread)) : table.at(0).square;
      });
    const q = average(signal.square);
    const changeAt = (factor: number): number => {
      const { squareChange, squareTilt } = table.at((q - squared) * factor);
      return wholeChange(squareChange, squareTilt, center, (q - squared) * factor);
    };
    const { mean, kurtosis } = table.at(q - squared);
    const change = changeAt(1);
    // A half-stable point lets go of what lies on one side of it, and finite width puts some of the draws there.
    const deviation = Math.exp(Math.sqrt(signal.logVariance));
    const steepest = Number.isFinite(deviation)
      ? Math.max(...[1, deviation, 1 / deviation].map((factor) => Math.abs(changeAt(factor))))
      : Math.abs(change);
    return {
      ...signal,
      square,
      product: joint(signal.product),
      spatial: signal.places > 1 ? joint(signal.spatial) : square,
      mean,
      logVariance:
        change ** 2 * signal.logVariance + ownVariance(kurtosis, change) * shareOf(signal, this.examples),
      growth: Math.max(1, signal.growth * steepest),
    };
  }
}

/**
 * d ln E g / d ln E x² where x deviates as a whole, its mean with its spread: weights that came out large make both large.
 * So a rectifier passes every deviation on unchanged, whatever its mean.
 */
function wholeChange(change: number, tilt: number, center: number, spread: number): number {
  return spread > 0 ? change + (tilt * center) / (2 * Math.sqrt(spread)) : change;
}

/** Relative variance of E f² beyond what the mean square of its argument, of kurtosis 3, explains; times units. */
function ownVariance(kurtosis: number, change: number): number {
  return Math.max(0, kurtosis - 1 - 2 * change * change);
}

/** The mean around which a base is spread; 0 where it hardly counts. */
function centerOf({ mean, square }: Signal): number {
  const q = average(square);
  return mean * mean > 1e-6 * q && mean * mean < q ? mean : 0;
}

/**
 * The relative variance of a mean of squares over units, places and examples, for each unit of kurtosis: 1 / units, less
 * where places or examples differ.
 */
export function shareOf(signal: Signal, examples: number): number {
  const places = spatialCorrelationOf(signal) ** 2;
  const across = correlationOf(signal) ** 2;
  return (
    (1 / signal.units) *
    (places + (1 - places) / signal.places) *
    (across + (1 - across) / Math.max(1, examples))
  );
}

/** What a rule is: it reads the inputs of the node and defines its outputs; false where it does not know how. */
export type PropagationRule = (propagation: Propagation, node: GraphNode) => boolean;
