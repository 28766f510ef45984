import type { ValueType } from './graph.ts';

/** True if both have the same element type and shape. */
export function sameValueType(a: ValueType, b: ValueType): boolean {
  return (
    a.dtype === b.dtype &&
    a.dims.length === b.dims.length &&
    a.dims.every((length, axis) => length === b.dims[axis])
  );
}

/** A type as people write it, e.g. `float32[2, 3]`. */
export function valueTypeText({ dtype, dims }: ValueType): string {
  return `${dtype}[${dims.join(', ')}]`;
}
