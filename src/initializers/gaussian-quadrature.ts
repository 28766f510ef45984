/**
 * Means under the standard normal distribution, E[f(z)], z ~ N(0, 1): gains, and the maps of signal theory.
 *
 * The integral of f times the density over [-12, 12] (beyond lies a mass of 4e-33) by the 15-point Gauss-Kronrod rule
 * on panels; the panel with the largest error is halved until their sum is small enough, as QUADPACK's QAG does.
 */
import { OutsetError } from '../messages/error.ts';
import { exponential } from '../random/index.ts';

/** Half the width of the interval of integration. */
const reach = 12;
/** Panels are this wide to begin with, so that no feature of an activation falls between the points. */
const panelWidth = 2;
const mostPanels = 2000;
const oneOverSqrtTwoPi = 0.3989422804014327;

// Positive points of the Kronrod rule with their weights, and the weights of the Gauss rule at every second of them
// (QUADPACK, Piessens et al. 1983, routine QK15).
const points = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848, 0,
];
const kronrodWeights = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
];
const gaussWeights = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694];

/** How exactly to integrate, and where the function is not smooth. */
export interface QuadratureOptions {
  /** Where f or its first derivatives jump; panels end there. Without them the panels close in on a kink, slower. */
  readonly kinks?: readonly number[];
  /** Largest error, in units of E|f|; default 1e-12. */
  readonly tolerance?: number;
  /** Who asks, for error messages; default 'gaussianExpectation'. */
  readonly where?: string;
}

interface Panel {
  readonly low: number;
  readonly high: number;
  readonly integral: number;
  /** Integral of |f|: what an error is compared with. */
  readonly size: number;
  readonly error: number;
}

/**
 * E[f(z)] for z ~ N(0, 1). The same double on every engine, if f is.
 *
 * @throws `initializers.not_finite` if f is infinite or NaN at a point in [-12, 12], `initializers.quadrature` if 2000
 *   panels do not reach the tolerance (f is noise)
 * @example
 * gaussianExpectation((z) => z ** 4); // 3
 */
export function gaussianExpectation(f: (z: number) => number, options: QuadratureOptions = {}): number {
  const { kinks = [], tolerance = 1e-12, where = 'gaussianExpectation' } = options;
  const panels = firstPanels(kinks).map(([low, high]) => integrate(f, low, high, where));
  for (;;) {
    let integral = 0;
    let size = 0;
    let error = 0;
    let worst = 0;
    for (let i = 0; i < panels.length; i++) {
      integral += panels[i].integral;
      size += panels[i].size;
      error += panels[i].error;
      if (panels[i].error > panels[worst].error) worst = i;
    }
    if (error <= tolerance * size) return integral;
    if (panels.length >= mostPanels) {
      throw new OutsetError('initializers.quadrature', { where, error: error / size, tolerance });
    }
    const { low, high } = panels[worst];
    const middle = (low + high) / 2;
    panels.splice(worst, 1, integrate(f, low, middle, where), integrate(f, middle, high, where));
  }
}

/** Points and weights for many means under N(0, 1) at once: E[f(z)] is the sum of weights[i] f(points[i]). */
export interface GaussianRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Panels end here, on both sides of 0: narrow ones where a wide activation turns, none beyond a mass of 1e-15. */
const gradedEnds = [1 / 64, 1 / 8, 0.5, 1, 2, 3.5, 5, 8];

/**
 * A fixed rule, about 10 digits for smooth functions: for tables, where adapting to each function costs too much.
 * @param kinks where the function is not smooth; panels end there
 */
export function gaussianRule(kinks: readonly number[] = []): GaussianRule {
  const ends = new Set(kinks.filter((kink) => Math.abs(kink) < 8));
  for (const end of [0, ...gradedEnds]) ends.add(end).add(-end);
  const sorted = [...ends].sort((a, b) => a - b);
  const perPanel = 2 * points.length - 1;
  const places = new Float64Array((sorted.length - 1) * perPanel);
  const weights = new Float64Array(places.length);
  for (let panel = 1, k = 0; panel < sorted.length; panel++) {
    const center = (sorted[panel - 1] + sorted[panel]) / 2;
    const half = (sorted[panel] - sorted[panel - 1]) / 2;
    for (let i = 1 - points.length; i < points.length; i++, k++) {
      const from = points.length - 1 - Math.abs(i);
      const z = center + Math.sign(i) * half * points[from];
      places[k] = z;
      weights[k] = half * kronrodWeights[from] * exponential((-z * z) / 2) * oneOverSqrtTwoPi;
    }
  }
  return { points: places, weights };
}

function firstPanels(kinks: readonly number[]): [number, number][] {
  const ends = new Set(kinks.filter((kink) => Math.abs(kink) < reach));
  for (let end = -reach; end <= reach; end += panelWidth) ends.add(end);
  const sorted = [...ends].sort((a, b) => a - b);
  return sorted.slice(1).map((high, i) => [sorted[i], high]);
}

function integrate(f: (z: number) => number, low: number, high: number, where: string): Panel {
  const center = (low + high) / 2;
  const half = (high - low) / 2;
  let kronrod = 0;
  let gauss = 0;
  let size = 0;
  for (let i = 0; i < points.length; i++) {
    const offset = half * points[i];
    const right = weighted(f, center + offset, where);
    const left = offset === 0 ? 0 : weighted(f, center - offset, where);
    kronrod += kronrodWeights[i] * (left + right);
    size += kronrodWeights[i] * (Math.abs(left) + Math.abs(right));
    if (i % 2 === 1) gauss += gaussWeights[(i - 1) / 2] * (left + right);
  }
  return { low, high, integral: kronrod * half, size: size * half, error: Math.abs(kronrod - gauss) * half };
}

/** f(z) times the density. */
function weighted(f: (z: number) => number, z: number, where: string): number {
  const value = f(z);
  if (!Number.isFinite(value)) throw new OutsetError('initializers.not_finite', { where, z, value });
  return value * exponential((-z * z) / 2) * oneOverSqrtTwoPi;
}
