import type { Rbm } from '../../../src/boltzmann/index.ts';
import { imageGrid } from '../../../src/report/images/image-grid.ts';
import type { Pixels } from '../../../src/report/images/pixels.ts';
import { rangesOf } from '../../../src/report/images/value-range.ts';

export const digitSide = 28;

/** Weights of each hidden unit as an image, all on one scale; the scale is taken anew for every `often`-th picture. */
export function filterPainter(often: number): (rbm: Rbm) => Pixels {
  let painted = 0;
  let range: readonly [number, number] = [-1, 1];
  return ({ weights }) => {
    const [width, hidden] = weights.dims;
    const images = Array.from({ length: hidden }, () => new Float32Array(width));
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < hidden; j++) images[j][i] = weights.data[i * hidden + j];
    }
    if (painted++ % often === 0) [range] = rangesOf(images, 'diverging', 'shared');
    return imageGrid(images, { shape: [digitSide, digitSide], map: 'diverging', zoom: 1, range });
  };
}
