import { encode } from 'fast-png';

/** A picture made of pixels: RGBA bytes, row by row; what was never drawn is transparent. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Shape [height, width, 4]. */
  readonly data: Uint8Array;
}

/** A transparent picture. */
export function blankPixels(width: number, height: number): Pixels {
  return { width, height, data: new Uint8Array(width * height * 4) };
}

/** A picture as a PNG file. */
export function pixelsPng({ width, height, data }: Pixels): Uint8Array {
  return encode({ width, height, data, depth: 8, channels: 4 });
}

/** A picture as an address that HTML and SVG can hold. */
export function pixelsAddress(pixels: Pixels): string {
  const bytes = pixelsPng(pixels);
  let text = '';
  // In pieces: a call takes no more than some ten thousand arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return `data:image/png;base64,${btoa(text)}`;
}
