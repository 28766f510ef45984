import { OutsetError } from '../messages/error.ts';
import type { Dims } from '../tensor/tensor.ts';

/**
 * The shape that two shapes stretch to, by numpy's rule: aligned at the last axis, equal or 1.
 * @throws onnx.not_broadcastable
 */
export function broadcastDims(a: Dims, b: Dims): number[] {
  const dims = tryBroadcast(a, b);
  if (dims === undefined) {
    throw new OutsetError('onnx.not_broadcastable', { node: '', operator: '', a: [...a], b: [...b] });
  }
  return dims;
}

/** {@link broadcastDims}, or undefined when the shapes do not fit. */
export function tryBroadcast(a: Dims, b: Dims): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const dims = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const p = i > a.length ? 1 : a[a.length - i];
    const q = i > b.length ? 1 : b[b.length - i];
    if (p !== q && p !== 1 && q !== 1) return undefined;
    dims[rank - i] = p === 1 ? q : p;
  }
  return dims;
}
