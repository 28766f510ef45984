import { OutsetError } from '../../messages/error.ts';

/**
 * Data and reconstructions in turn: x, x̂, x, x̂, ... For an image grid with `group: 2`.
 * @throws report.bad_images
 */
export function reconstructionPairs(
  originals: readonly ArrayLike<number>[],
  reconstructions: readonly ArrayLike<number>[],
): ArrayLike<number>[] {
  if (originals.length !== reconstructions.length) {
    throw new OutsetError('report.bad_images', {
      what: 'reconstructions',
      expected: `one for each of ${originals.length} originals`,
      got: String(reconstructions.length),
    });
  }
  return originals.flatMap((original, i) => [original, reconstructions[i]]);
}
