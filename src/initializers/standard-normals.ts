import type { RealArray, Stream } from '../random/stream.ts';

/**
 * Normal numbers in the precision that the dialect makes them in, for rules that go on computing with them.
 *
 * numpy-legacy makes doubles, and a formula such as `randn(m, n) / sqrt(m)` must see them unrounded to end in the same
 * single; threefry's own normal numbers are singles.
 */
export function standardNormals(stream: Stream, count: number): RealArray {
  return stream.normal(stream.precision === 'float32' ? new Float32Array(count) : new Float64Array(count));
}
