import { dot } from '../../src/tensor/dot.ts';
import { type Digits, pixels } from './digits.ts';

/**
 * Squared error an image of the test set when it is projected on the leading principal components of the training set.
 * The components come from subspace iteration on the covariance matrix, in double precision.
 */
export function principalComponentError({ train, test }: Digits, components: number): number {
  const mean = new Float64Array(pixels);
  for (let i = 0; i < train.features.length; i++) mean[i % pixels] += train.features[i] / train.count;
  const covariance = covarianceOf(train.features, train.count, mean);
  const basis = leadingSubspace(covariance, components);
  let total = 0;
  const centred = new Float64Array(pixels);
  for (let row = 0; row < test.count; row++) {
    let rest = 0;
    for (let i = 0; i < pixels; i++) {
      centred[i] = test.features[row * pixels + i] - mean[i];
      rest += centred[i] ** 2;
    }
    for (const direction of basis) rest -= dot(direction, centred) ** 2;
    total += rest;
  }
  return total / test.count;
}

function covarianceOf(features: Float32Array, count: number, mean: Float64Array): Float64Array {
  const sums = new Float64Array(pixels * pixels);
  const on = new Int32Array(pixels);
  for (let row = 0; row < count; row++) {
    const at = row * pixels;
    let length = 0;
    for (let i = 0; i < pixels; i++) if (features[at + i] !== 0) on[length++] = i;
    for (let a = 0; a < length; a++) {
      const value = features[at + on[a]];
      const line = on[a] * pixels;
      for (let b = 0; b < length; b++) sums[line + on[b]] += value * features[at + on[b]];
    }
  }
  for (let i = 0; i < pixels; i++) {
    for (let j = 0; j < pixels; j++) sums[i * pixels + j] = sums[i * pixels + j] / count - mean[i] * mean[j];
  }
  return sums;
}

/** Orthonormal vectors that span the leading eigenvectors; a few more are carried along so that it converges fast. */
function leadingSubspace(matrix: Float64Array, wanted: number): Float64Array[] {
  let vectors: Float64Array[] = Array.from({ length: wanted + 20 }, (_, k) =>
    Float64Array.from({ length: pixels }, (_, i) => Math.sin(1 + (i + 1) * (k + 1) * 0.7)),
  );
  for (let round = 0; round < 60; round++) {
    vectors = orthonormal(
      vectors.map((vector) =>
        Float64Array.from({ length: pixels }, (_, i) =>
          dot(matrix.subarray(i * pixels, (i + 1) * pixels), vector),
        ),
      ),
    );
  }
  // Rotate within the subspace: the first `wanted` of the carried vectors need not be the leading ones by themselves.
  return ritzVectors(matrix, vectors).slice(0, wanted);
}

function ritzVectors(matrix: Float64Array, vectors: readonly Float64Array[]): Float64Array[] {
  const size = vectors.length;
  const images = vectors.map((vector) =>
    Float64Array.from({ length: pixels }, (_, i) =>
      dot(matrix.subarray(i * pixels, (i + 1) * pixels), vector),
    ),
  );
  const small = vectors.map((a) => Float64Array.from(images, (b) => dot(a, b)));
  const rotation = vectors.map((_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(small, rotation, p, q);
  }
  const order = vectors.map((_, i) => i).sort((a, b) => small[b][b] - small[a][a]);
  return order.map((k) =>
    Float64Array.from({ length: pixels }, (_, i) =>
      vectors.reduce((sum, vector, j) => sum + rotation[j][k] * vector[i], 0),
    ),
  );
}

/** One Jacobi rotation that makes element (p, q) zero. */
function rotate(a: Float64Array[], rotation: Float64Array[], p: number, q: number): void {
  if (Math.abs(a[p][q]) < 1e-300) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++)
    [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
  for (let k = 0; k < a.length; k++)
    [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
  for (const row of rotation) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
}

function orthonormal(vectors: Float64Array[]): Float64Array[] {
  for (const [k, vector] of vectors.entries()) {
    // Twice, because once is not enough in floating point.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const share = dot(vectors[j], vector);
        for (let i = 0; i < vector.length; i++) vector[i] -= share * vectors[j][i];
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i] /= length;
  }
  return vectors;
}
