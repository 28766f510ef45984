/**
 * Moments of functions of a normal variable, for every variance: computed at points of a grid when they are first
 * needed, interpolated between them, so that a network of a thousand layers costs a few dozen quadratures.
 */
import { type GaussianRule, gaussianRule } from '../initializers/gaussian-quadrature.ts';
import { compose, line, type ScalarFunction } from './scalar-function.ts';

/** Of f(x), x normal with mean 0 and variance q. */
export interface Moments {
  /** E f. */
  readonly mean: number;
  /** E f². */
  readonly square: number;
  /** E f'². */
  readonly slope: number;
  /** E f⁴ / (E f²)². */
  readonly kurtosis: number;
  /** E f'⁴ / (E f'²)². */
  readonly slopeKurtosis: number;
  /** d ln E f² / d ln q. */
  readonly squareChange: number;
  /** d ln E f'² / d ln q. */
  readonly slopeChange: number;
  /** d ln E f² / d (mean of x / sqrt(q)), by parts E[z f²] / E f². */
  readonly squareTilt: number;
  /** The same of E f'². */
  readonly slopeTilt: number;
}

interface GridPoint extends Moments {
  /** Squares of the Hermite coefficients of f: E[f(u1) f(u2)] = sum of hermite[k] c^k. */
  readonly hermite: Float64Array;
}

/** Grid step in ln q. */
const step = 0.25;
/** Hermite terms; what is left is put behind the last, which matters for kinked functions near c = 1 only. */
const terms = 40;

/** Moments of one function. */
export class MomentTable {
  readonly #f: ScalarFunction;
  readonly #points = new Map<number, GridPoint>();
  #last: { readonly q: number; readonly moments: Moments } | undefined;

  constructor(f: ScalarFunction) {
    this.#f = f;
  }

  at(q: number): Moments {
    if (this.#last?.q === q) return this.#last.moments;
    const moments = this.#f.line === undefined ? this.#interpolated(q) : momentsOfLine(this.#f.line, q);
    this.#last = { q, moments };
    return moments;
  }

  /** E[f(u1) f(u2)] for u1, u2 of variance q and correlation c. */
  product(q: number, c: number): number {
    if (this.#f.line !== undefined) return this.#f.line.scale ** 2 * q * c + this.#f.line.offset ** 2;
    if (c >= 1) return this.at(q).square;
    if (!(q > smallest)) return this.at(q).mean ** 2;
    return this.#weighted(q, ({ hermite }) => series(hermite, c));
  }

  /** d E[f(u1) f(u2)] / dc. */
  productSlope(q: number, c: number): number {
    if (this.#f.line !== undefined) return this.#f.line.scale ** 2 * q;
    if (c >= 1) return q * this.at(q).slope;
    return this.#weighted(q, ({ hermite }) => seriesSlope(hermite, c));
  }

  #interpolated(q: number): Moments {
    if (!(q > smallest)) return momentsAt(this.#f, smallest);
    if (q > largest) return momentsAt(this.#f, q);
    const pick = (key: keyof Moments): number => this.#weighted(q, (point) => point[key]);
    return {
      mean: pick('mean'),
      square: pick('square'),
      slope: pick('slope'),
      kurtosis: pick('kurtosis'),
      slopeKurtosis: pick('slopeKurtosis'),
      squareChange: pick('squareChange'),
      slopeChange: pick('slopeChange'),
      squareTilt: pick('squareTilt'),
      slopeTilt: pick('slopeTilt'),
    };
  }

  /** Cubic Lagrange interpolation in ln q, of the logarithm where all four values are above 0. */
  #weighted(q: number, value: (point: GridPoint) => number): number {
    const position = Math.log(q) / step;
    const first = Math.floor(position) - 1;
    const t = position - first;
    const values = [0, 1, 2, 3].map((i) => value(this.#point(first + i)));
    const positive = values.every((v) => v > 1e-280);
    const [a, b, c, d] = positive ? values.map(Math.log) : values;
    const result =
      (-a * (t - 1) * (t - 2) * (t - 3)) / 6 +
      (b * t * (t - 2) * (t - 3)) / 2 -
      (c * t * (t - 1) * (t - 3)) / 2 +
      (d * t * (t - 1) * (t - 2)) / 6;
    return positive ? Math.exp(result) : result;
  }

  #point(i: number): GridPoint {
    let point = this.#points.get(i);
    if (point === undefined) {
      point = momentsAt(this.#f, Math.exp(i * step));
      this.#points.set(i, point);
    }
    return point;
  }
}

const smallest = 1e-200;
const largest = 1e60;

/** Tables by the key of the function, for one prediction. */
export class MomentTables {
  readonly #tables = new Map<string, MomentTable>();

  of(f: ScalarFunction): MomentTable {
    let table = this.#tables.get(f.key);
    if (table === undefined) {
      table = new MomentTable(f);
      this.#tables.set(f.key, table);
    }
    return table;
  }

  /** Of f(mean + x). */
  around(f: ScalarFunction, mean: number): MomentTable {
    return this.of(mean === 0 ? f : compose(f, line(1, mean)));
  }
}

function momentsOfLine({ scale, offset }: { scale: number; offset: number }, q: number): Moments {
  const spread = scale * scale * q;
  const square = spread + offset * offset;
  return {
    mean: offset,
    square,
    slope: scale * scale,
    kurtosis: square === 0 ? 1 : (3 * spread ** 2 + 6 * spread * offset ** 2 + offset ** 4) / square ** 2,
    slopeKurtosis: 1,
    squareChange: square === 0 ? 1 : spread / square,
    slopeChange: 0,
    squareTilt: square === 0 ? 0 : (2 * Math.sqrt(spread) * Math.sign(scale) * offset) / square,
    slopeTilt: 0,
  };
}

function momentsAt(f: ScalarFunction, q: number): GridPoint {
  const root = Math.sqrt(q);
  const kinks = f.kinks.filter((kink) => kink !== 0).map((kink) => kink / root);
  const inside = kinks.filter((kink) => Math.abs(kink) < 8);
  const { points, weights } = inside.length === 0 ? plainRule() : gaussianRule(inside);
  const coefficients = new Float64Array(terms);
  let [square, fourth, slope, slopeFourth] = [0, 0, 0, 0];
  let [squareCurve, slopeCurve, squareTilt, slopeTilt] = [0, 0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    const z = points[i];
    const w = weights[i];
    const value = f.value(root * z);
    const derivative = f.derivative(root * z);
    const value2 = w * value * value;
    const slope2 = w * derivative * derivative;
    square += value2;
    fourth += value2 * value * value;
    slope += slope2;
    slopeFourth += slope2 * derivative * derivative;
    squareCurve += value2 * (z * z - 1);
    slopeCurve += slope2 * (z * z - 1);
    squareTilt += value2 * z;
    slopeTilt += slope2 * z;
    // Normalized Hermite polynomials by their recurrence.
    let [before, here] = [0, w * value];
    for (let k = 0; k < terms; k++) {
      coefficients[k] += here;
      [before, here] = [here, (z * here - rootOf[k] * before) / rootOf[k + 1]];
    }
  }
  const hermite = new Float64Array(terms + 1);
  let sum = 0;
  for (let k = 0; k < terms; k++) {
    hermite[k] = coefficients[k] ** 2;
    sum += hermite[k];
  }
  hermite[terms] = Math.max(0, square - sum);
  return {
    mean: coefficients[0],
    square,
    slope,
    kurtosis: square === 0 ? 1 : fourth / square / square,
    slopeKurtosis: slope === 0 ? 1 : slopeFourth / slope / slope,
    // By parts: d E g(sqrt(q) z) / d ln q = E[(z² - 1) g] / 2.
    squareChange: square === 0 ? 1 : squareCurve / square / 2,
    slopeChange: slope === 0 ? 0 : slopeCurve / slope / 2,
    squareTilt: square === 0 ? 0 : squareTilt / square,
    slopeTilt: slope === 0 ? 0 : slopeTilt / slope,
    hermite,
  };
}

const rootOf = Float64Array.from({ length: terms + 2 }, (_, k) => Math.sqrt(k));

let shared: GaussianRule | undefined;
function plainRule(): GaussianRule {
  shared ??= gaussianRule();
  return shared;
}

function series(hermite: Float64Array, c: number): number {
  // What the kept terms leave over lies behind them; as if all of it stood at c^(2 terms).
  let sum = hermite[terms] * c ** terms;
  for (let k = terms - 1; k >= 0; k--) sum = sum * c + hermite[k];
  return sum;
}

function seriesSlope(hermite: Float64Array, c: number): number {
  let sum = 2 * terms * hermite[terms] * c ** (2 * terms - 1);
  let power = 1;
  for (let k = 1; k < terms; k++) {
    sum += k * hermite[k] * power;
    power *= c;
  }
  return sum;
}
