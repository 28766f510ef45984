/**
 * When does Z = ∫∫ exp(-E) exist? Bounded layers (Bernoulli, spin, Potts) never trouble it: for each of their finitely
 * many states the other layer is integrable on its own. Two unbounded layers grow as the quadratic form
 *
 *   ½ (vᵀ A v + hᵀ B h) - vᵀ W h,   A = diag(γ_visible), B = diag(γ_hidden)   (γ = 1 for stepped sigmoid units)
 *
 * which must be positive on every direction that the layers can take:
 *
 * - Gaussian with Gaussian: on the whole space, so the joint precision [[A, -W], [-Wᵀ, B]] must be positive definite.
 *   This is exact. By its Schur complement that is B - Wᵀ A⁻¹ W (or A - W B⁻¹ Wᵀ, whichever is smaller), decided by
 *   Cholesky's factorization.
 * - Rectified with rectified: only where v >= 0 and h >= 0 (strict copositivity, which is NP-hard to decide). There
 *   negative weights only help, so it is enough that the joint precision with W⁺ = max(W, 0) is positive definite;
 *   where no weight is negative that is also necessary. As an alternative the joint precision itself may be.
 * - Rectified with Gaussian: the Gaussian side is integrated out exactly, which leaves A - W B⁻¹ Wᵀ on v >= 0. Its
 *   positive off-diagonal entries only help: enough that it is positive definite with or without them.
 *
 * What passes is certainly normalizable. A rectified model that fails the sufficient conditions is refused although it
 * may exist, because nothing cheap could show that it does.
 */
import type { Units } from './units/units.ts';

export type Normalizability = 'yes' | 'no' | 'not-shown';

/** @param weights [visible.width, hidden.width] */
export function normalizability(visible: Units, hidden: Units, weights: Float32Array): Normalizability {
  const a = visible.tail;
  const b = hidden.tail;
  if (a === null || b === null) return 'yes';
  const [rows, columns] = [visible.width, hidden.width];
  const rowsFirst = (x: number, y: number) => weights[x * columns + y];
  const columnsFirst = (x: number, y: number) => weights[y * columns + x];
  const asIs = (x: number) => x;
  /** Cholesky of the complement on the visible (kept rows) or the hidden side. */
  const definite = (keepVisible: boolean, weight: (w: number) => number, entry: (c: number) => number) =>
    keepVisible
      ? complementIsDefinite(
          a.precision,
          b.precision,
          rows,
          columns,
          (x, y) => weight(rowsFirst(x, y)),
          entry,
        )
      : complementIsDefinite(
          b.precision,
          a.precision,
          columns,
          rows,
          (x, y) => weight(columnsFirst(x, y)),
          entry,
        );

  const smaller = rows <= columns;
  if (definite(smaller, asIs, asIs)) return 'yes';
  if (!a.nonNegative && !b.nonNegative) return 'no';
  if (a.nonNegative && b.nonNegative)
    return definite(smaller, (w) => Math.max(w, 0), asIs) ? 'yes' : 'not-shown';
  return definite(a.nonNegative, asIs, (c) => Math.min(c, 0)) ? 'yes' : 'not-shown';
}

/** Is diag(kept) - W diag(gone)⁻¹ Wᵀ positive definite, after `entry` has acted on its off-diagonal entries? */
function complementIsDefinite(
  kept: Float64Array,
  gone: Float64Array,
  n: number,
  m: number,
  weight: (kept: number, gone: number) => number,
  entry: (offDiagonal: number) => number,
): boolean {
  const scaled = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < m; k++) scaled[i * m + k] = weight(i, k) / Math.sqrt(gone[k]);
  }
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += scaled[i * m + k] * scaled[j * m + k];
      matrix[i * n + j] = i === j ? kept[i] - sum : entry(-sum);
    }
  }
  return factorizes(matrix, n, kept);
}

/** Cholesky in place on the lower triangle; false at a pivot that is not clearly positive beside `scale`. */
function factorizes(matrix: Float64Array, n: number, scale: Float64Array): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      if (i === j) {
        if (!(sum > 1e-12 * scale[j])) return false;
        matrix[j * n + j] = Math.sqrt(sum);
      } else {
        matrix[i * n + j] = sum / matrix[j * n + j];
      }
    }
  }
  return true;
}
