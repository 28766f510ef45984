import { type Pixels, pixelsAddress } from '../../../src/report/images/pixels.ts';

/** A picture of pixels at rest: something that SVG can hold. */
export interface Still {
  readonly width: number;
  readonly height: number;
  readonly address: string;
}

export function stillOf(pixels: Pixels): Still {
  return { width: pixels.width, height: pixels.height, address: pixelsAddress(pixels) };
}
