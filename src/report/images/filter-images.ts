import { OutsetError } from '../../messages/error.ts';

/**
 * The weights into each hidden unit as an image: the columns of a weight matrix.
 *
 * @param weights  shape [visible, hidden], row-major
 * @returns `hidden` images of `visible` numbers
 * @throws report.bad_images
 */
export function filterImages(weights: ArrayLike<number>, visible: number, hidden: number): Float32Array[] {
  if (weights.length !== visible * hidden) {
    throw new OutsetError('report.bad_images', {
      what: 'weights',
      expected: `${visible} x ${hidden} numbers`,
      got: String(weights.length),
    });
  }
  return Array.from({ length: hidden }, (_, unit) =>
    Float32Array.from({ length: visible }, (_, i) => weights[i * hidden + unit]),
  );
}
