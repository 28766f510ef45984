/**
 * The upper tail of the standard normal, Q(x) = P(z > x), in forms that neither underflow nor cancel: what truncated
 * normal variables need however far out they are cut.
 */
import { exponential, logarithm } from '../../random/elementary.ts';
import { errorFunction, inverseErrorFunction } from '../../random/error-function.ts';

const inverseSqrtPi = 0.5641895835477563;

/**
 * exp(x²) erfc(x) for x >= 0: the definition below 2, Laplace's continued fraction above. Relative error below 1e-13.
 */
export function scaledComplement(x: number): number {
  if (x < 2) return exponential(x * x) * (1 - errorFunction(x));
  let fraction = x;
  for (let n = x < 4 ? 120 : x < 8 ? 40 : 16; n >= 1; n--) fraction = x + n / 2 / fraction;
  return inverseSqrtPi / fraction;
}

/** log Q(x). */
export function logUpperTail(x: number): number {
  if (x >= 0) return logarithm(scaledComplement(x * Math.SQRT1_2) / 2) - (x * x) / 2;
  const rest = upperTail(-x);
  return rest > 1e-9 ? logarithm(1 - rest) : -rest;
}

/** Q(x). */
export function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  return (exponential((-x * x) / 2) * scaledComplement(x * Math.SQRT1_2)) / 2;
}

/** The hazard φ(x) / Q(x), x >= 0. */
function hazard(x: number): number {
  return 0.7978845608028654 / scaledComplement(x * Math.SQRT1_2);
}

/**
 * How far above `cut` a standard normal variable lies that is known to lie above it: the d with Q(cut + d) = u Q(cut),
 * so exactly truncated normal for uniform u in (0, 1). Good from cut = -40 (all of the normal) to 40 and beyond.
 *
 * Far out it is Newton's method on log Q, which is concave: from the bound d <= (sqrt(cut² - 2 log u) - cut) it comes
 * down to the root without overshooting.
 */
export function excessAboveCut(u: number, cut: number): number {
  if (cut < 1) {
    const p = u * upperTail(cut);
    const x = Math.SQRT2 * inverseErrorFunction(1 - 2 * p, 2 * Math.min(p, 1 - p));
    return Math.max(0, x - cut);
  }
  const logU = logarithm(u);
  const scaledAtCut = scaledComplement(cut * Math.SQRT1_2);
  let d = (-2 * logU) / (cut + Math.sqrt(cut * cut - 2 * logU));
  for (let round = 0; round < 8; round++) {
    const x = cut + d;
    const scaled = scaledComplement(x * Math.SQRT1_2);
    // log Q(x) - log Q(cut) - log u with the squares already subtracted
    const error = logarithm(scaled / scaledAtCut) - d * (cut + d / 2) - logU;
    const change = error / hazard(x);
    d += change;
    if (Math.abs(change) <= 1e-14 * d) break;
  }
  return Math.max(0, d);
}

/** Mean and mean square of {@link excessAboveCut} over u: of d = z - cut given z > cut. */
export function excessMoments(cut: number): { mean: number; meanSquare: number } {
  if (cut > 50) {
    // Asymptotic series of the hazard: h(c) - c = 1/c - 2/c³ + 10/c⁵ - 74/c⁷ ...; the difference would cancel.
    const r = 1 / (cut * cut);
    const mean = (1 - r * (2 - r * (10 - 74 * r))) / cut;
    return { mean, meanSquare: r * (2 - r * (10 - 74 * r)) };
  }
  const h = cut >= 0 ? hazard(cut) : (exponential((-cut * cut) / 2) * 0.3989422804014327) / upperTail(cut);
  const mean = h - cut;
  return { mean, meanSquare: 1 - cut * mean };
}
