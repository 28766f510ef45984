import type { StateRows } from '../../boltzmann/state-rows.ts';
import type { UnitSpec } from '../../boltzmann/units/unit-spec.ts';
import type { ImageShape } from '../../report/boltzmann/rbm-report-data.ts';

/** How examples of a shape are drawn: images as they are, everything else as bars. */
export function imageShapeOf(shape: readonly number[], units: UnitSpec): ImageShape {
  if (units.kind === 'potts') return null;
  if (shape.length === 2) return [shape[0], shape[1]];
  if (shape.length !== 3) return null;
  const [channels, height, width] = shape;
  if (channels === 1) return [height, width];
  return channels === 3 ? [height, width, 3] : null;
}

/** Rows of numbers as images: colours, which data keep channel by channel, interleaved. */
export function imagesOf(
  data: Float32Array,
  width: number,
  count: number,
  shape: ImageShape,
): Float32Array[] {
  return Array.from({ length: count }, (_, i) => {
    const row = data.slice(i * width, (i + 1) * width);
    if (shape === null || shape.length < 3) return row;
    const pixels = shape[0] * shape[1];
    return row.map((_value, at) => row[(at % 3) * pixels + Math.floor(at / 3)]);
  });
}

/** The first rows, or all if there are fewer; nothing is copied. */
export function firstRows(rows: StateRows, most: number): StateRows {
  const count = Math.min(rows.count, most);
  if (rows.form === 'dense') return { ...rows, count, data: rows.data.subarray(0, count * rows.width) };
  const end = rows.offsets[count];
  return {
    ...rows,
    count,
    offsets: rows.offsets.subarray(0, count + 1),
    indices: rows.indices.subarray(0, end),
    ...(rows.values && { values: rows.values.subarray(0, end) }),
  };
}
