import { logarithm } from '../../random/elementary.ts';
import type { BoundRbm } from '../bound-rbm.ts';

/**
 * log Z of Gaussian visible with Gaussian hidden units: one normal distribution of all of them with joint precision
 * J = [[A, -W], [-Wᵀ, B]] and linear term u = (visible bias, hidden bias),
 *
 *   log Z = ((m + n) log 2 π - log det J + uᵀ J⁻¹ u) / 2
 *
 * by Cholesky, J = L Lᵀ. The model must have been checked: J positive definite.
 */
export function gaussianLogPartition({ visible, hidden, weights }: BoundRbm): number {
  const [m, n] = [visible.width, hidden.width];
  const size = m + n;
  const lower = new Float64Array(size * size);
  for (let i = 0; i < m; i++) lower[i * size + i] = visible.values.precision![i];
  for (let j = 0; j < n; j++) {
    lower[(m + j) * size + m + j] = hidden.values.precision![j];
    for (let i = 0; i < m; i++) lower[(m + j) * size + i] = -weights[i * n + j];
  }
  let logDeterminant = 0;
  let square = 0;
  // z solves L z = u, so that zᵀ z = uᵀ J⁻¹ u.
  const z = Float64Array.of(...visible.values.bias, ...hidden.values.bias);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i * size + j];
      for (let k = 0; k < j; k++) sum -= lower[i * size + k] * lower[j * size + k];
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j];
    }
    for (let k = 0; k < i; k++) z[i] -= lower[i * size + k] * z[k];
    z[i] /= lower[i * size + i];
    logDeterminant += 2 * logarithm(lower[i * size + i]);
    square += z[i] * z[i];
  }
  return (size * logarithm(2 * Math.PI) - logDeterminant + square) / 2;
}
