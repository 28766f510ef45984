import { OutsetError } from '../../messages/error.ts';
import { type CellShape, cellSize, drawCell } from './cell.ts';
import type { ColorMap } from './color-map.ts';
import { blankPixels, type Pixels, pixelsPng } from './pixels.ts';
import { rangesOf, type ValueRange } from './value-range.ts';

export interface ImageGridOptions {
  /**
   * Height and width of an image, and 3 where its pixels are red, green, blue. Null where the numbers have no order
   * in space: they are drawn as bars, or as a strip of colours where there are more than 120.
   */
  readonly shape: readonly [height: number, width: number, channels?: number] | null;
  /** Default `grey`. */
  readonly map?: ColorMap;
  /** Default `shared`. */
  readonly range?: ValueRange;
  /** Images side by side; default: so that the picture is a little wider than tall. */
  readonly columns?: number;
  /** Every so many images belong together, and a wider gap follows; default 1. */
  readonly group?: number;
  /** Pixels of the picture per pixel of an image; default: images are at least some 50 pixels wide. */
  readonly zoom?: number;
}

/** Larger pictures help nobody and would fill the memory. */
const largestSide = 16_384;
const largestArea = 40_000_000;

/**
 * Many images side by side on a transparent ground, row by row: filters, samples, reconstructions.
 *
 * @param images  rows of numbers, all of the length that `shape` says; NaN is drawn in magenta
 * @throws report.bad_images
 */
export function imageGrid(images: readonly ArrayLike<number>[], options: ImageGridOptions): Pixels {
  const shape = cellShape(images, options.shape);
  const { map = 'grey', range = 'shared', group = 1 } = options;
  const size = cellSize(shape);
  const zoom = wholeNumber('zoom', options.zoom ?? usualZoom(size));
  const height = size.height * zoom;
  const width = size.width * zoom;
  const most = images.length;
  const columns = Math.min(
    wholeNumber('columns', options.columns ?? usualColumns(most, size, wholeNumber('group', group))),
    most,
  );
  const rows = Math.ceil(most / columns);
  const gap = shape.form === 'strip' ? 1 : shape.form === 'bars' ? 6 : Math.max(2, zoom);
  const wideGap = group > 1 ? 4 * gap : 0;
  const left = (column: number) => column * (width + gap) + Math.floor(column / group) * wideGap;
  const total = {
    width: left(columns - 1) + width,
    height: rows * (height + gap) - gap,
  };
  if (Math.max(total.width, total.height) > largestSide || total.width * total.height > largestArea) {
    throw badImages('size', `at most ${largestSide} pixels a side`, `${total.width} x ${total.height}`);
  }
  const pixels = blankPixels(total.width, total.height);
  const ranges = rangesOf(images, map, range);
  images.forEach((values, i) => {
    const place = { left: left(i % columns), top: Math.floor(i / columns) * (height + gap) };
    drawCell(pixels, values, shape, place, { map, range: ranges[i], zoom });
  });
  return pixels;
}

/** {@link imageGrid} as the bytes of a PNG file. */
export function imageGridPng(images: readonly ArrayLike<number>[], options: ImageGridOptions): Uint8Array {
  return pixelsPng(imageGrid(images, options));
}

function cellShape(images: readonly ArrayLike<number>[], shape: ImageGridOptions['shape']): CellShape {
  if (images.length === 0) throw badImages('images', 'at least 1', '0');
  const length =
    shape === null ? images[0].length : shape.reduce<number>((product, one) => product * (one ?? 1), 1);
  const other = images.findIndex((image) => image.length !== length);
  if (other >= 0 || length === 0) {
    throw badImages(
      other < 0 ? 'images' : `images[${other}]`,
      `${shape === null ? '' : `${shape.join(' x ')} = `}${length === 0 ? 'at least 1' : length} numbers`,
      String(images[Math.max(0, other)].length),
    );
  }
  if (shape === null) return { form: length <= 120 ? 'bars' : 'strip', count: length };
  const [height, width, channels = 1] = shape;
  for (const side of [height, width]) wholeNumber('shape', side);
  if (channels !== 1 && channels !== 3) throw badImages('shape', '1 or 3 channels', String(channels));
  return { form: 'image', height, width, channels };
}

function usualZoom({ width, height }: { width: number; height: number }): number {
  return Math.max(1, Math.floor(56 / Math.max(width, height)));
}

/** Columns that make the picture about 1.6 times as wide as tall, in whole groups. */
function usualColumns(count: number, size: { width: number; height: number }, group: number): number {
  const columns = Math.ceil(Math.sqrt((1.6 * count * (size.height + 2)) / (size.width + 2)));
  return Math.max(1, Math.ceil(columns / group)) * group;
}

function wholeNumber(what: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw badImages(what, 'a whole number of at least 1', String(value));
  return value;
}

function badImages(what: string, expected: string, got: string): OutsetError {
  return new OutsetError('report.bad_images', { what, expected, got });
}
