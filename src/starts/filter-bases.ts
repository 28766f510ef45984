/** Directions for the filters of a layer, from what it sees: principal components, or centers of clusters. */
import type { Stream } from '../random/stream.ts';
import { symmetricEigen } from '../tensor/symmetric-eigen.ts';
import type { Patches } from './layer-patches.ts';

/** Where the filters of a layer point at first. */
export const filterBases = ['gaussian', 'pca', 'k-means'] as const;
export type FilterBasis = (typeof filterBases)[number];

/** Rounds of k-means; the code of Krähenbühl et al. leaves it to its library, whose centers move little after 10. */
const rounds = 10;
/** Components that clusters are looked for in. */
const mostComponents = 128;

/**
 * `outputs` filters of a patch's length, row-major. Their size does not matter: what follows divides by the spread of their
 * response. Where the patches do not span enough directions, or are too few for as many clusters, Gaussian filters fill up.
 *
 * - `pca`: the directions of largest variance, the largest first;
 * - `k-means`: patches are centered and whitened, clustered, and each filter responds to the whitened patch as its center.
 */
export function filters(stream: Stream, basis: FilterBasis, patches: Patches, outputs: number): Float64Array {
  const { length } = patches;
  const out = stream.child('gaussian').normal(new Float64Array(outputs * length));
  if (basis === 'gaussian') return out;
  const { values, directions, centered } = principalDirections(patches);
  if (basis === 'pca') {
    for (let o = 0; o < Math.min(outputs, values.length); o++) {
      out.set(directions.subarray(o * length, (o + 1) * length), o * length);
    }
    return out;
  }
  const used = Math.min(values.length, mostComponents);
  const whitened = new Float64Array(patches.count * used);
  for (let n = 0; n < patches.count; n++) {
    for (let k = 0; k < used; k++) {
      let dot = 0;
      for (let j = 0; j < length; j++) dot += centered[n * length + j] * directions[k * length + j];
      whitened[n * used + k] = dot / Math.sqrt(values[k]);
    }
  }
  const centers = clusters(stream.child('clusters'), whitened, patches.count, used, outputs);
  for (let o = 0; o < Math.min(outputs, patches.count); o++) {
    for (let j = 0; j < length; j++) {
      let weight = 0;
      for (let k = 0; k < used; k++) {
        weight += (centers[o * used + k] * directions[k * length + j]) / Math.sqrt(values[k]);
      }
      out[o * length + j] = weight;
    }
  }
  return out;
}

/** Directions of the patches' covariance with a variance above 1e-9 of the largest, and the centered patches. */
function principalDirections({ count, length, data }: Patches): {
  values: Float64Array;
  directions: Float64Array;
  centered: Float64Array;
} {
  const centered = data.slice();
  for (let j = 0; j < length; j++) {
    let mean = 0;
    for (let n = 0; n < count; n++) mean += data[n * length + j];
    mean /= count;
    for (let n = 0; n < count; n++) centered[n * length + j] -= mean;
  }
  // The smaller of XᵀX and X Xᵀ: both have the same eigenvalues, and Xᵀ u is an eigenvector of the first.
  const wide = length > count;
  const n = wide ? count : length;
  const gram = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      if (wide) for (let j = 0; j < length; j++) sum += centered[a * length + j] * centered[b * length + j];
      else for (let m = 0; m < count; m++) sum += centered[m * length + a] * centered[m * length + b];
      gram[a * n + b] = sum / count;
      gram[b * n + a] = sum / count;
    }
  }
  const { values, vectors } = symmetricEigen(gram, n);
  const kept = values.filter((value) => value > 1e-9 * values[0] && value > 0);
  if (!wide) return { values: kept, directions: vectors.subarray(0, kept.length * length), centered };
  const directions = new Float64Array(kept.length * length);
  for (let k = 0; k < kept.length; k++) {
    const norm = Math.sqrt(kept[k] * count);
    for (let m = 0; m < count; m++) {
      const weight = vectors[k * n + m] / norm;
      for (let j = 0; j < length; j++) directions[k * length + j] += weight * centered[m * length + j];
    }
  }
  return { values: kept, directions, centered };
}

/** k-means by Lloyd's rounds from random points; a center that loses all its points stays where it is. */
function clusters(
  stream: Stream,
  points: Float64Array,
  count: number,
  length: number,
  k: number,
): Float64Array {
  const centers = new Float64Array(k * length);
  const first = stream.permutation(count);
  const used = Math.min(k, count);
  for (let c = 0; c < used; c++) {
    centers.set(points.subarray(first[c] * length, (first[c] + 1) * length), c * length);
  }
  for (let round = 0; round < rounds && used < count; round++) {
    const sums = new Float64Array(used * length);
    const members = new Float64Array(used);
    for (let n = 0; n < count; n++) {
      const nearest = nearestCenter(points, n, centers, used, length);
      members[nearest] += 1;
      for (let j = 0; j < length; j++) sums[nearest * length + j] += points[n * length + j];
    }
    for (let c = 0; c < used; c++) {
      if (members[c] === 0) continue;
      for (let j = 0; j < length; j++) centers[c * length + j] = sums[c * length + j] / members[c];
    }
  }
  return centers;
}

function nearestCenter(
  points: Float64Array,
  n: number,
  centers: Float64Array,
  k: number,
  length: number,
): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < k; c++) {
    let distance = 0;
    for (let j = 0; j < length; j++) {
      const difference = points[n * length + j] - centers[c * length + j];
      distance += difference * difference;
    }
    if (distance < least) {
      least = distance;
      nearest = c;
    }
  }
  return nearest;
}
