/** Spread of a logarithm to base 10 where theory does not name one: half a factor of two. */
const usualSpread = 0.15;

/**
 * How sure it is that a bound is really crossed and not by the luck of one draw: the normal probability of the distance
 * between measured value and bound on the logarithmic scale, in units of its spread.
 *
 * @param log10Std spread of log10(measured) over draws of the weights
 * @returns 0.5 at the bound, near 1 far beyond; values that are 0 or infinite are sure
 */
export function crossingConfidence(measured: number, threshold: number, log10Std = usualSpread): number {
  const distance = Math.abs(Math.log10(Math.abs(measured)) - Math.log10(Math.abs(threshold)));
  if (!Number.isFinite(distance)) return 1;
  return Math.min(0.999, 0.5 + 0.5 * errorFunction(distance / Math.max(log10Std, 0.02) / Math.SQRT2));
}

/** Abramowitz and Stegun 7.1.26, absolute error below 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
