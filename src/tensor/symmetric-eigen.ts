/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, in double precision: Householder reflections to a tridiagonal
 * matrix, then QL iterations with implicit shifts.
 *
 * Made of + - * / and square roots alone, so that the same input gives the same bits on every engine.
 *
 * @see Wilkinson, Reinsch 1971, "Handbook for automatic computation" II, contributions II/2 and II/3 (tred2, tql2)
 */
import { OutsetError } from '../messages/error.ts';

export interface SymmetricEigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** Eigenvector k at k * n, of length 1; the entry of largest size is positive. */
  readonly vectors: Float64Array;
}

/** QL iterations that one eigenvalue may take; about 2 is usual. */
const mostIterations = 100;

/**
 * @param matrix n x n, symmetric (only the lower triangle is read); not changed
 * @throws tensor.bad_matrix when the numbers do not fit or are not finite
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (!Number.isInteger(n) || n < 0 || matrix.length !== n * n || !matrix.every(Number.isFinite)) {
    throw new OutsetError('tensor.bad_symmetric', { n, got: matrix.length });
  }
  let largest = 0;
  for (const entry of matrix) largest = Math.max(largest, Math.abs(entry));
  const scale = largest === 0 ? 1 : largest;
  const z = matrix.map((entry) => entry / scale);
  const diagonal = new Float64Array(n);
  const off = new Float64Array(n);
  if (n > 0) {
    tridiagonalize(z, diagonal, off, n);
    transpose(z, n);
    iterate(z, diagonal, off, n);
  }
  return sorted(
    z,
    diagonal.map((value) => value * scale),
    n,
  );
}

function transpose(z: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const swapped = z[i * n + j];
      z[i * n + j] = z[j * n + i];
      z[j * n + i] = swapped;
    }
  }
}

/** Replaces z by the rotation Q with Qᵀ A Q tridiagonal. */
function tridiagonalize(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let i = n - 1; i > 0; i--) {
    let h = 0;
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(z[i * n + k]);
    if (i === 1 || scale === 0) {
      e[i] = z[i * n + i - 1];
      d[i] = 0;
      continue;
    }
    for (let k = 0; k < i; k++) {
      z[i * n + k] /= scale;
      h += z[i * n + k] * z[i * n + k];
    }
    const f = z[i * n + i - 1];
    const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    z[i * n + i - 1] = f - g;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      z[j * n + i] = z[i * n + j] / h;
      let product = 0;
      for (let k = 0; k <= j; k++) product += z[j * n + k] * z[i * n + k];
      for (let k = j + 1; k < i; k++) product += z[k * n + j] * z[i * n + k];
      e[j] = product / h;
      sum += e[j] * z[i * n + j];
    }
    const half = sum / (h + h);
    for (let j = 0; j < i; j++) {
      const fj = z[i * n + j];
      e[j] -= half * fj;
      const gj = e[j];
      for (let k = 0; k <= j; k++) z[j * n + k] -= fj * e[k] + gj * z[i * n + k];
    }
    d[i] = h;
  }
  d[0] = 0;
  e[0] = 0;
  const products = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (d[i] !== 0) {
      products.fill(0, 0, i);
      for (let k = 0; k < i; k++) {
        const left = z[i * n + k];
        for (let j = 0; j < i; j++) products[j] += left * z[k * n + j];
      }
      for (let k = 0; k < i; k++) {
        const right = z[k * n + i];
        for (let j = 0; j < i; j++) z[k * n + j] -= products[j] * right;
      }
    }
    d[i] = z[i * n + i];
    z[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      z[j * n + i] = 0;
      z[i * n + j] = 0;
    }
  }
}

/** Off-diagonal numbers of a matrix of largest entry 1 that no digit of an eigenvalue feels, and whose squares underflow. */
const negligible = 1e-150;

/** QL with implicit shifts; eigenvector k ends in row k of z. */
function iterate(z: Float64Array, d: Float64Array, e: Float64Array, n: number): void {
  for (let i = 1; i < n; i++) e[i - 1] = e[i];
  e[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; ; iteration++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
        if (Math.abs(e[m]) <= Math.max(Number.EPSILON * size, negligible)) break;
      }
      if (m === l) break;
      if (iteration === mostIterations) {
        throw new OutsetError('tensor.bad_symmetric', { n, got: n * n });
      }
      rotate(z, d, e, n, l, m);
    }
  }
}

function rotate(z: Float64Array, d: Float64Array, e: Float64Array, n: number, l: number, m: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = Math.sqrt(g * g + 1);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    for (let k = 0; k < n; k++) {
      const upper = z[(i + 1) * n + k];
      const lower = z[i * n + k];
      z[(i + 1) * n + k] = s * lower + c * upper;
      z[i * n + k] = c * lower - s * upper;
    }
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}

function sorted(z: Float64Array, d: Float64Array, n: number): SymmetricEigen {
  const order = Array.from(d.keys()).sort((a, b) => d[b] - d[a] || a - b);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (const [k, from] of order.entries()) {
    values[k] = d[from];
    let largest = 0;
    const row = z.subarray(from * n, (from + 1) * n);
    for (const entry of row) if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[k * n + i] = sign * row[i];
  }
  return { values, vectors };
}
