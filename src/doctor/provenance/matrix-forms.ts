/** Matrices that are recognised by their form and not by the law of their entries. */
import type { ParameterShape } from '../../initializers/initializer.ts';

/** A square matrix with one value on its diagonal and 0 elsewhere. */
export function isIdentity({ dims }: ParameterShape, data: Float32Array): boolean {
  if (dims.length !== 2 || dims[0] !== dims[1] || dims[0] < 2) return false;
  const n = dims[0];
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      if (data[row * n + column] !== (row === column ? data[0] : 0)) return false;
    }
  }
  return data[0] !== 0;
}

const lookedAt = 12;
const tolerance = 2e-4;

/**
 * True if the rows (or, of a tall matrix, the columns) of the weight seen as [outputs, rest] are of one length and at right
 * angles. A few are looked at: for random weights each product is of the order 1 / sqrt(rest).
 */
export function isOrthogonal({ dims, layout }: ParameterShape, data: Float32Array): boolean {
  if (dims.length < 2 || (layout?.groups ?? 1) > 1) return false;
  const axis = layout?.outAxis ?? dims.length - 1;
  const outputs = dims[axis];
  const inner = dims.slice(axis + 1).reduce((a, b) => a * b, 1);
  const rest = data.length / outputs;
  if (Math.min(outputs, rest) < 4) return false;
  // Entry (output, k) of the matrix, k over the other axes in their order.
  const entry = (output: number, k: number) =>
    data[Math.floor(k / inner) * outputs * inner + output * inner + (k % inner)];
  const wide = outputs <= rest;
  const [vectors, length] = wide ? [outputs, rest] : [rest, outputs];
  const value = wide ? entry : (vector: number, k: number) => entry(k, vector);
  const chosen = Array.from({ length: Math.min(lookedAt, vectors) }, (_, i) =>
    Math.floor((i * vectors) / Math.min(lookedAt, vectors)),
  );
  let square = 0;
  for (let a = 0; a < chosen.length; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let k = 0; k < length; k++) product += value(chosen[a], k) * value(chosen[b], k);
      if (a === 0) square = product;
      const expected = a === b ? square : 0;
      if (!(square > 0) || Math.abs(product - expected) > tolerance * square) return false;
    }
  }
  return true;
}
