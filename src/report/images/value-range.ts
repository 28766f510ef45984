import type { ColorMap } from './color-map.ts';

/**
 * Which values get the first and the last colour of an image:
 * - two numbers: these, for every image
 * - `shared`: one range for all images
 * - `each`: a range of its own for every image, so that weak ones can be seen too
 *
 * On the diverging map a range is symmetric around zero and leaves out the largest 0.5 % of the sizes, which would
 * wash out the rest. On the grey map it is 0 to 1, widened to the values where these go beyond.
 */
export type ValueRange = readonly [low: number, high: number] | 'shared' | 'each';

/** The range of each image. */
export function rangesOf(
  images: readonly ArrayLike<number>[],
  map: ColorMap,
  range: ValueRange,
): (readonly [number, number])[] {
  if (typeof range !== 'string') return images.map(() => range);
  if (range === 'each') return images.map((image) => rangeOf([image], map));
  const shared = rangeOf(images, map);
  return images.map(() => shared);
}

function rangeOf(images: readonly ArrayLike<number>[], map: ColorMap): readonly [number, number] {
  if (map === 'diverging') {
    const reach = largestButFew(images);
    return [-reach, reach];
  }
  let low = 0;
  let high = 1;
  for (const image of images) {
    for (let i = 0; i < image.length; i++) {
      if (!Number.isFinite(image[i])) continue;
      low = Math.min(low, image[i]);
      high = Math.max(high, image[i]);
    }
  }
  return [low, high];
}

/** The size that 99.5 % of the values do not exceed; 1 where all are zero. */
function largestButFew(images: readonly ArrayLike<number>[]): number {
  const count = images.reduce((sum, { length }) => sum + length, 0);
  const sizes = new Float64Array(count);
  let known = 0;
  for (const image of images) {
    for (let i = 0; i < image.length; i++) {
      if (Number.isFinite(image[i])) sizes[known++] = Math.abs(image[i]);
    }
  }
  const sorted = sizes.subarray(0, known).sort();
  const reach = sorted[Math.max(0, Math.ceil(known * 0.995) - 1)] ?? 0;
  return reach > 0 ? reach : sorted[known - 1] > 0 ? sorted[known - 1] : 1;
}
