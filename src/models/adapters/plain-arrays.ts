/** Drawn weights for libraries that take typed arrays, and for jax-js. */

import { decodeStored } from '../../formats/stored-tensor.ts';
import type { NewValue } from '../draw.ts';
import type { Architecture, ModelParameter } from '../model.ts';

/** A weight as numbers and a shape, nothing else. */
export interface PlainArray {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/**
 * Drawn values by name, as typed arrays in row-major order with the shapes of the file; half precision widened to
 * float32. Counters, which are whole numbers, are left out.
 * @param values of `drawByRules` or `drawLike`
 */
export function toPlainArrays(
  architecture: Architecture,
  values: Iterable<NewValue>,
): Map<string, PlainArray> {
  const parameters = new Map<string, ModelParameter>(
    architecture.layers.flatMap((layer) => layer.parameters.map((one) => [one.name, one] as const)),
  );
  const arrays = new Map<string, PlainArray>();
  for (const [name, bytes] of values) {
    const parameter = parameters.get(name);
    if (parameter === undefined) continue;
    const { data, dims } = decodeStored(parameter, bytes);
    if (data instanceof Float32Array || data instanceof Float64Array) arrays.set(name, { data, shape: dims });
  }
  return arrays;
}

/** What is used of jax-js: `numpy` of `@jax-js/jax`. */
export interface JaxNumpyLike<JaxArray> {
  array(values: Float32Array, options: { shape: number[]; dtype: 'float32' }): JaxArray;
}

/**
 * Plain arrays as arrays of jax-js.
 * @param np `numpy` of `@jax-js/jax`
 * @example
 * import { numpy as np } from '@jax-js/jax';
 * const weights = toJaxArrays(np, toPlainArrays(architecture, drawByRules(plan, stream)));
 */
export function toJaxArrays<JaxArray>(
  np: JaxNumpyLike<JaxArray>,
  arrays: ReadonlyMap<string, PlainArray>,
): Map<string, JaxArray> {
  return new Map(
    [...arrays].map(([name, { data, shape }]) => [
      name,
      np.array(data instanceof Float32Array ? data : Float32Array.from(data), {
        shape: [...shape],
        dtype: 'float32',
      }),
    ]),
  );
}
