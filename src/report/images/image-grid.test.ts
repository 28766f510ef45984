import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { filterImages } from './filter-images.ts';
import { imageGrid, imageGridPng } from './image-grid.ts';
import { reconstructionPairs } from './reconstruction-pairs.ts';

/** Red, green, blue and alpha of a pixel. */
function pixel(pixels: { width: number; data: ArrayLike<number> }, x: number, y: number): number[] {
  return Array.from({ length: 4 }, (_, channel) => pixels.data[(y * pixels.width + x) * 4 + channel]);
}

describe('imageGrid', () => {
  test('one image of one pixel', () => {
    const pixels = imageGrid([[1]], { shape: [1, 1], zoom: 1 });
    expect([pixels.width, pixels.height]).toEqual([1, 1]);
    expect(pixel(pixels, 0, 0)).toEqual([255, 255, 255, 255]);
  });

  test('images stand row by row with transparent gaps, pixels where the shape says', () => {
    const images = [
      [0, 0.5, 1, 0, 0, 0],
      [1, 1, 1, 1, 1, 1],
      [0, 0, 0, 0, 0, 1],
    ];
    const pixels = imageGrid(images, { shape: [2, 3], columns: 2, zoom: 1 });
    expect([pixels.width, pixels.height]).toEqual([3 + 2 + 3, 2 + 2 + 2]);
    expect([0, 1, 2].map((x) => pixel(pixels, x, 0)[0])).toEqual([0, 128, 255]);
    expect(pixel(pixels, 3, 0)[3]).toBe(0);
    expect(pixel(pixels, 5, 1)).toEqual([255, 255, 255, 255]);
    expect(pixel(pixels, 2, 5)).toEqual([255, 255, 255, 255]);
    expect(pixel(pixels, 5, 5)[3]).toBe(0);
  });

  test('zoom repeats pixels; a wider gap follows each group', () => {
    const four = [[0], [1], [0], [1]];
    const pixels = imageGrid(four, { shape: [1, 1], columns: 4, group: 2, zoom: 3 });
    expect([pixels.width, pixels.height]).toEqual([4 * 3 + 3 * 3 + 12, 3]);
    expect(pixel(pixels, 8, 2)[0]).toBe(255);
    expect(pixel(pixels, 9, 2)[3]).toBe(0);
    expect(pixel(pixels, 24, 0)).toEqual([0, 0, 0, 255]);
  });

  test('the diverging map is symmetric: blue below zero, orange above, near white at zero', () => {
    const pixels = imageGrid([[-2, 0, 2]], { shape: [1, 3], map: 'diverging', zoom: 1 });
    const [negative, zero, positive] = [0, 1, 2].map((x) => pixel(pixels, x, 0));
    expect(negative[2]).toBeGreaterThan(negative[0] + 80);
    expect(positive[0]).toBeGreaterThan(positive[2] + 80);
    expect(Math.min(...zero)).toBeGreaterThan(240);
  });

  test('a range of its own for each image shows the weak one as well as the strong', () => {
    const images = [
      [0.01, -0.01],
      [5, -5],
    ];
    const options = { shape: [1, 2], map: 'diverging', columns: 1, zoom: 1 } as const;
    const each = imageGrid(images, { ...options, range: 'each' });
    expect(pixel(each, 0, 0)).toEqual(pixel(each, 0, 3));
    const shared = imageGrid(images, options);
    expect(pixel(shared, 0, 0)[0]).toBeGreaterThan(230);
    const given = imageGrid([[3, 0]], { shape: [1, 2], range: [2, 4], zoom: 1 });
    expect([0, 1].map((x) => pixel(given, x, 0)[0])).toEqual([128, 0]);
  });

  test('colours of an RGB image are kept, and what is not a number is magenta', () => {
    const pixels = imageGrid([[1, 0, 0, 0, 0.2, 1]], { shape: [1, 2, 3], zoom: 1 });
    expect(pixel(pixels, 0, 0)).toEqual([255, 0, 0, 255]);
    expect(pixel(pixels, 1, 0)).toEqual([0, 51, 255, 255]);
    const broken = imageGrid([[Number.NaN, Number.POSITIVE_INFINITY]], { shape: [1, 2], zoom: 1 });
    expect(pixel(broken, 0, 0)).toEqual([255, 0, 200, 255]);
    expect(pixel(broken, 1, 0)).toEqual([255, 255, 255, 255]);
  });

  test('numbers without a shape: bars from zero, strips where there are many', () => {
    const bars = imageGrid([[1, -1, 0]], { shape: null, map: 'diverging', range: [-1, 1], zoom: 1 });
    expect([bars.width, bars.height]).toEqual([36, 40]);
    const orange = (x: number, y: number) => pixel(bars, x, y)[0] > pixel(bars, x, y)[2] + 100;
    expect([orange(2, 1), orange(2, 19), orange(2, 21), orange(14, 5)]).toEqual([true, true, false, false]);
    expect(pixel(bars, 14, 35)[2]).toBeGreaterThan(180);
    expect(orange(26, 20)).toBe(true);
    const strip = imageGrid([new Float32Array(121)], { shape: null });
    expect([strip.width, strip.height]).toEqual([121, 8]);
  });

  test('as PNG the same pixels', () => {
    const options = { shape: [2, 2], map: 'diverging' } as const;
    const images = [Float32Array.of(1, -1, 0.5, 0)];
    const decoded = decode(imageGridPng(images, options));
    const pixels = imageGrid(images, options);
    expect([decoded.width, decoded.height, decoded.channels]).toEqual([pixels.width, pixels.height, 4]);
    expect([...decoded.data]).toEqual([...pixels.data]);
  });

  test.each([
    ['no image', [], { shape: [1, 1] }],
    ['too short', [[1]], { shape: [1, 2] }],
    ['unequal', [[1, 2], [1]], { shape: null }],
    ['nothing in it', [[]], { shape: null }],
    ['half a pixel', [[1]], { shape: [0.5, 2] }],
    ['two channels', [[1, 2]], { shape: [1, 1, 2] }],
    ['no columns', [[1]], { shape: [1, 1], columns: 0 }],
    ['no zoom', [[1]], { shape: [1, 1], zoom: 1.5 }],
    ['too large', [[1]], { shape: [1, 1], zoom: 20_000 }],
  ] as const)('refused: %s', (_, images, options) => {
    expect(() => imageGrid(images, options)).toThrow(expect.objectContaining({ code: 'report.bad_images' }));
  });
});

test('filters are the columns of the weights', () => {
  expect(filterImages([1, 2, 3, 4, 5, 6], 3, 2).map((image) => [...image])).toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ]);
  expect(() => filterImages([1, 2, 3], 2, 2)).toThrow(expect.objectContaining({ code: 'report.bad_images' }));
});

test('pairs alternate', () => {
  expect(reconstructionPairs([[1], [2]], [[3], [4]])).toEqual([[1], [3], [2], [4]]);
  expect(() => reconstructionPairs([[1]], [])).toThrow(
    expect.objectContaining({ code: 'report.bad_images' }),
  );
});
