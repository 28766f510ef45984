/**
 * The plane of weight and bias variance for one activation: chi, the factor of a squared gradient in one layer, at every
 * point of a grid.
 *
 * Both maps are lines in the variances, q' = Cw A(q) + Cb and chi = Cw B(q), so that one table of A and B serves the whole
 * plane: a map of a thousand points costs as many quadratures as a few fixed points.
 */
import type { ActivationFunctionName } from '../initializers/activation-functions.ts';
import { gradientFactor, varianceMap } from './maps.ts';

/** Variances between which the signal may settle; beyond them it counts as dead or exploded. */
const [least, most] = [1e-8, 1e8];
const points = 321;

/**
 * chi where the variance settles, row by row: a row for each bias variance, a column for each weight variance. Where the
 * signal dies or explodes, chi at the end of the scale that it goes to.
 *
 * The settling variance is interpolated in a table; chi is within 0.2 % of its exact value.
 * @throws theory.bad_number, initializers.unknown_activation
 * @see Poole et al. 2016, section 2; Schoenholz et al. 2017, figure 1
 */
export function phasePlane(
  activation: ActivationFunctionName,
  weightVariances: readonly number[],
  biasVariances: readonly number[],
): number[][] {
  const layer = { activation, weightVariance: 1, biasVariance: 0 };
  const step = Math.log(most / least) / (points - 1);
  const table = Array.from({ length: points }, (_, i) => {
    const q = least * Math.exp(i * step);
    return { q, square: varianceMap(layer, q), slope: gradientFactor(layer, q) };
  });
  return biasVariances.map((bias) =>
    weightVariances.map((weight) => {
      const growth = table.map(({ q, square }) => Math.log((weight * square + bias) / q));
      const last = growth.length - 1;
      // From above: the highest variance to which a larger one falls.
      for (let i = last; i > 0; i--) {
        if (!(growth[i] < 0 && growth[i - 1] >= 0)) continue;
        const share = growth[i - 1] / (growth[i - 1] - growth[i]);
        return weight * table[i - 1].slope ** (1 - share) * table[i].slope ** share;
      }
      return weight * table[growth[last] > 0 ? last : 0].slope;
    }),
  );
}
