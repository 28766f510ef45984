import type { Rbm } from '../../../../src/boltzmann/index.ts';
import { carryDown } from '../../../../src/cli/boltzmann/carry-down.ts';
import { imageGrid } from '../../../../src/report/images/image-grid.ts';
import type { Pixels } from '../../../../src/report/images/pixels.ts';
import { digitSide } from '../../digits/filter-painter.ts';
import { shownUnits } from './shown-units.ts';

const columns = 12;

/**
 * The first hidden units of the top one of some layers: their weights, carried down to the pixels by the layers below,
 * each on a scale of its own.
 */
export function paintLayer(layers: readonly Rbm[]): Pixels {
  const top = layers[layers.length - 1];
  const below = layers.slice(0, -1);
  const width = below.length === 0 ? top.weights.dims[0] : below[below.length - 1].weights.dims[1];
  const hidden = top.weights.dims[1];
  const images = Array.from({ length: Math.min(shownUnits, hidden) }, (_, unit) =>
    // Rows beyond the units of the layer below are those of the label unit.
    carryDown(
      Float32Array.from({ length: width }, (_, i) => top.weights.data[i * hidden + unit]),
      below,
    ),
  );
  return imageGrid(images, {
    shape: [digitSide, digitSide],
    map: 'diverging',
    range: 'each',
    zoom: 1,
    columns,
  });
}
