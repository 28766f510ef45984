/**
 * Rectified units: a normal variable cut off below 0, drawn exactly (but for rounding) by inversion of its tail. The same
 * formulas as `units/normal-tail.ts`, branches as selections; here x = std d with d the excess of a standard normal above
 * cut = -(bias + I) std.
 */
import type { UnitSpec } from '../units/unit-spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { fineUniform } from './fine-noise.ts';
import type { LayerGraph, LayerValuesInGraph } from './layer-graph.ts';

/**
 * exp(z²) erfc(z) = t exp(P(t)), t = 1 / (1 + z / 2), z >= 0: Chebyshev fit with relative error below 1.2e-7 (Press et al.,
 * Numerical Recipes in C, 2nd edition, section 6.2). Lowest power first.
 */
const tailFit = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];
const hazardScale = 0.7978845608028654; // sqrt(2 / pi)

/** Cuts above this take the asymptotic series of the moments. */
const farCut = 9;

export function reluGraph(
  a: Arithmetic,
  spec: UnitSpec,
  width: number,
  { bias, logPrecision }: LayerValuesInGraph,
): LayerGraph {
  const std = a.unary('Exp', a.mul(logPrecision!, -0.5));
  const cutOf = (inputs: string) => a.unary('Neg', a.mul(a.add(inputs, bias), std));
  return {
    spec,
    width,
    noiseWidth: 2 * width,
    mean: (inputs) => a.mul(excessMoments(a, cutOf(inputs)).mean, std),
    meanSquare: (inputs) => a.mul(excessMoments(a, cutOf(inputs)).meanSquare, a.square(std)),
    sample: (inputs, noise) => a.mul(excess(a, cutOf(inputs), fineUniform(a, noise)), std),
  };
}

/** log of exp(x² / 2) erfc(x / sqrt(2)), x >= 0. */
function logScaledTail(a: Arithmetic, x: string): string {
  const t = a.div(1, a.add(a.mul(x, Math.SQRT1_2 / 2), 1));
  return a.add(a.unary('Log', t), a.polynomial(t, tailFit));
}

/** P(z > |cut|) and exp(-cut² / 2). */
function tailAbove(a: Arithmetic, size: string): { tail: string; density: string } {
  const density = a.unary('Exp', a.mul(a.square(size), -0.5));
  return { tail: a.mul(a.mul(density, a.unary('Exp', logScaledTail(a, size))), 0.5), density };
}

function excessMoments(a: Arithmetic, cut: string): { mean: string; meanSquare: string } {
  const size = a.unary('Abs', cut);
  const { tail, density } = tailAbove(a, size);
  const above = a.mul(a.unary('Exp', a.unary('Neg', logScaledTail(a, size))), hazardScale);
  const below = a.div(a.mul(density, hazardScale / 2), a.sub(1, tail));
  const mean = a.sub(a.where(a.less(cut, 0), below, above), cut);
  // Far out 1 - cut mean would cancel: r (2 - r (10 - r (74 - 706 r))) with r = 1 / cut².
  const distant = a.max(cut, farCut);
  const r = a.div(1, a.square(distant));
  const small = a.polynomial(r, [0, 2, -10, 74, -706]);
  const far = a.less(farCut, cut);
  return {
    mean: a.where(far, a.div(a.sub(1, small), distant), mean),
    meanSquare: a.where(far, small, a.sub(1, a.mul(cut, mean))),
  };
}

/** The d with P(z > cut + d) = u P(z > cut). */
function excess(a: Arithmetic, cut: string, u: string): string {
  const size = a.unary('Abs', cut);
  const negative = a.less(cut, 0);
  // Below 0 the tail is folded at 0: p is the probability above the draw, and the smaller side is solved for.
  const p = a.mul(u, a.sub(1, tailAbove(a, size).tail));
  const folded = a.mul(a.min(p, a.sub(1, p)), 2);
  const from = a.unary('Relu', cut);
  const d = solve(a, from, a.min(a.where(negative, folded, u), 1 - 2 ** -24));
  const unfolded = a.add(a.where(a.less(p, 0.5), d, a.unary('Neg', d)), size);
  return a.unary('Relu', a.where(negative, unfolded, d));
}

/** The same for cut >= 0: Newton's method on log P(z > cut + d), from above, see `excessAboveCut`. */
function solve(a: Arithmetic, cut: string, u: string): string {
  const logU = a.unary('Log', u);
  const atCut = logScaledTail(a, cut);
  const root = a.unary('Sqrt', a.sub(a.square(cut), a.mul(logU, 2)));
  let d = a.div(a.mul(logU, -2), a.add(cut, root));
  for (let round = 0; round < 4; round++) {
    const log = logScaledTail(a, a.add(cut, d));
    const squares = a.mul(d, a.add(cut, a.mul(d, 0.5)));
    const error = a.sub(a.sub(a.sub(log, atCut), squares), logU);
    // The slope of log P is minus the hazard, sqrt(2 / pi) / exp(log).
    d = a.unary('Relu', a.add(d, a.mul(a.mul(error, a.unary('Exp', log)), 1 / hazardScale)));
  }
  return d;
}
