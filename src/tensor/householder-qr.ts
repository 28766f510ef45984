/**
 * QR decomposition by Householder reflections, in double precision.
 *
 * A (m x n, m >= n) = Q R with Q (m x n) of orthonormal columns and R upper triangular. Made of + - * / and square
 * roots alone, so that the same input gives the same bits on every engine.
 *
 * @see Golub, Van Loan, "Matrix Computations", 4th ed., algorithms 5.1.1 and 5.2.1
 */

import { OutsetError } from '../messages/error.ts';

export interface HouseholderQR {
  /** Q by columns: element (i, j) at j * m + i. */
  readonly q: Float64Array;
  /** The diagonal of R, n numbers of either sign. */
  readonly diagonal: Float64Array;
}

/**
 * @param columns  the m x n matrix by columns: element (i, j) at j * m + i; not changed
 * @param m  number of rows, at least n
 * @param n  number of columns
 * @throws tensor.bad_matrix when the numbers do not fit
 */
export function householderQR(columns: Float64Array, m: number, n: number): HouseholderQR {
  if (!Number.isInteger(m) || !Number.isInteger(n) || n < 0 || m < n || columns.length !== m * n) {
    throw new OutsetError('tensor.bad_matrix', { rows: m, columns: n, got: columns.length });
  }
  const a = columns.slice();
  const diagonal = new Float64Array(n);
  const scale = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const start = j * m;
    // Divided by its largest entry: a reflection does not depend on the length of v, and no square underflows.
    let largest = 0;
    for (let i = j; i < m; i++) largest = Math.max(largest, Math.abs(a[start + i]));
    if (largest === 0) continue;
    let squares = 0;
    for (let i = j; i < m; i++) {
      a[start + i] /= largest;
      squares += a[start + i] * a[start + i];
    }
    const norm = Math.sqrt(squares);
    // The sign that does not cancel: v = x + sign(x_1) |x| e_1, R_jj = -sign(x_1) |x|.
    const head = a[start + j];
    const reflected = head < 0 ? norm : -norm;
    diagonal[j] = reflected * largest;
    a[start + j] = head - reflected;
    // H = I - scale v v^T with scale = 2 / (v^T v).
    scale[j] = 1 / (norm * (norm + Math.abs(head)));
    for (let other = j + 1; other < n; other++) reflect(a, start, scale[j], a, other * m, j, m);
  }
  // Q = H_0 H_1 ... H_(n-1) times the first n unit columns, from the last reflection backwards.
  const q = new Float64Array(m * n);
  for (let j = 0; j < n; j++) q[j * m + j] = 1;
  for (let j = n - 1; j >= 0; j--) {
    for (let other = j; other < n; other++) reflect(a, j * m, scale[j], q, other * m, j, m);
  }
  return { q, diagonal };
}

/** target := target - scale v (v . target), over rows first ... m-1 of one column of each matrix. */
function reflect(
  v: Float64Array,
  vStart: number,
  scale: number,
  target: Float64Array,
  targetStart: number,
  first: number,
  m: number,
): void {
  let dot = 0;
  for (let i = first; i < m; i++) dot += v[vStart + i] * target[targetStart + i];
  const factor = scale * dot;
  for (let i = first; i < m; i++) target[targetStart + i] -= factor * v[vStart + i];
}
