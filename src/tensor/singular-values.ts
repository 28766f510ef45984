/**
 * Singular values of a dense matrix, in double precision.
 *
 * Householder reflections from both sides make the matrix bidiagonal (Golub & Kahan 1965). Its singular values are the
 * positive eigenvalues of a symmetric tridiagonal matrix with a zero diagonal, whose off-diagonal is d1, e1, d2, e2, ...;
 * these are counted by Sturm sequences and closed in on by bisection, which cannot fail to converge. Made of + - * /
 * and square roots alone, so that the same input gives the same bits on every engine.
 *
 * @see Golub, Van Loan, "Matrix Computations", 4th ed., algorithm 5.4.2 and section 8.6.1; 8.4.1 for bisection
 */
import { OutsetError } from '../messages/error.ts';

/**
 * @param values  the rows x columns matrix, row-major; finite; not changed
 * @returns min(rows, columns) numbers, largest first; error within a few units of rounding of the largest
 * @throws tensor.bad_values when the numbers do not fit or are not finite
 */
export function singularValues(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const whole = Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0;
  if (!whole || values.length !== rows * columns) {
    throw new OutsetError('tensor.bad_values', { rows, columns, got: `${values.length} numbers` });
  }
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (!(size < Number.POSITIVE_INFINITY)) {
      throw new OutsetError('tensor.bad_values', { rows, columns, got: String(values[i]) });
    }
    if (size > largest) largest = size;
  }
  const tall = rows >= columns;
  const [m, n] = tall ? [rows, columns] : [columns, rows];
  if (largest === 0) return new Float64Array(n);
  // By columns, tall, and divided by its largest number: no square overflows.
  const a = new Float64Array(m * n);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) a[tall ? j * m + i : i * m + j] = values[i * columns + j] / largest;
  }
  const result = bidiagonalValues(bidiagonal(a, m, n), n);
  for (let i = 0; i < n; i++) result[i] *= largest;
  return result;
}

/** d1, e1, d2, e2, ..., dn of a bidiagonal matrix with the singular values of `a`, which is overwritten. */
function bidiagonal(a: Float64Array, m: number, n: number): Float64Array {
  const result = new Float64Array(Math.max(0, 2 * n - 1));
  const v = new Float64Array(n);
  const products = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    const start = j * m;
    const left = reflector(a, start + j, 1, m - j);
    result[2 * j] = left.reflected;
    for (let k = j + 1; left.scale > 0 && k < n; k++) {
      let dot = 0;
      for (let i = j; i < m; i++) dot += a[start + i] * a[k * m + i];
      dot *= left.scale;
      for (let i = j; i < m; i++) a[k * m + i] -= dot * a[start + i];
    }
    if (j + 1 >= n) break;
    const right = reflector(a, start + m + j, m, n - j - 1);
    result[2 * j + 1] = right.reflected;
    if (right.scale === 0) continue;
    for (let k = j + 1; k < n; k++) v[k] = a[k * m + j];
    products.fill(0);
    for (let k = j + 1; k < n; k++) {
      for (let i = j + 1; i < m; i++) products[i] += v[k] * a[k * m + i];
    }
    for (let k = j + 1; k < n; k++) {
      const factor = right.scale * v[k];
      for (let i = j + 1; i < m; i++) a[k * m + i] -= factor * products[i];
    }
  }
  return result;
}

/**
 * Turns the vector of `length` numbers from `at`, `step` apart, into v of the reflection I - scale v vᵀ that maps it to
 * (reflected, 0, ..., 0); scale 0 where there is nothing to reflect.
 */
function reflector(
  a: Float64Array,
  at: number,
  step: number,
  length: number,
): { scale: number; reflected: number } {
  let squares = 0;
  for (let i = 1; i < length; i++) squares += a[at + i * step] * a[at + i * step];
  const head = a[at];
  // The largest number of the matrix was 1: what is this small is nothing beside it, and its products underflow.
  if (squares < 1e-200) return { scale: 0, reflected: head };
  const norm = Math.sqrt(head * head + squares);
  // The sign that does not cancel.
  const reflected = head < 0 ? norm : -norm;
  a[at] = head - reflected;
  return { scale: 1 / (norm * (norm + Math.abs(head))), reflected };
}

/** Singular values of the bidiagonal matrix d1, e1, d2, ..., largest first. */
function bidiagonalValues(entries: Float64Array, n: number): Float64Array {
  let bound = 0;
  for (let i = 0; i < entries.length; i++) {
    bound = Math.max(bound, Math.abs(entries[i]) + (i > 0 ? Math.abs(entries[i - 1]) : 0));
  }
  const squares = entries.map((one) => one * one);
  const result = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let low = 0;
    let high = k === 0 ? bound : result[k - 1];
    for (let round = 0; round < 100; round++) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) break;
      // At least n - k of the values lie below: the k-th largest is among them.
      if (countBelow(squares, middle) >= n - k) high = middle;
      else low = middle;
    }
    result[k] = high;
  }
  return result;
}

/** How many singular values are smaller than x > 0: the negative pivots, without the n negative eigenvalues. */
function countBelow(squares: Float64Array, x: number): number {
  let pivot = -x;
  let negative = 1;
  for (let i = 0; i < squares.length; i++) {
    if (pivot === 0) pivot = 1e-300;
    pivot = -x - squares[i] / pivot;
    if (pivot < 0) negative += 1;
  }
  return negative - (squares.length + 1) / 2;
}
