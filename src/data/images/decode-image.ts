/** Images of any of the read formats as numbers from 0 to 1, channels first. */

import jpeg from 'jpeg-js';
import { OutsetError } from '../../messages/error.ts';
import { imageHeader } from './image-header.ts';
import type { Pixels } from './pixels.ts';
import { decodePng } from './png-image.ts';

/** What the numbers of a pixel become: one luma or red, green and blue. */
export type ColorMode = 'grey' | 'rgb';

export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** Shape `[channels, height, width]`, values 0 to 1. */
  readonly features: Float32Array;
}

/** Images with more pixels than this are refused before they are unpacked. */
export const mostPixels = 4096 * 4096;

/**
 * Decodes a PNG or JPEG image. Colour becomes grey by Rec. 601's luma, 0.299 red + 0.587 green + 0.114 blue (as
 * Pillow's `convert('L')`, without its rounding); grey becomes RGB by repeating it. Alpha is left out.
 * @throws data.image_format, data.image_damaged, data.image_too_large
 */
export function decodeImage(bytes: Uint8Array, color: ColorMode, where = 'image'): DecodedImage {
  const { format, width, height } = imageHeader(bytes, where);
  if (width < 1 || height < 1)
    throw new OutsetError('data.image_damaged', { where, reason: `${width}x${height}` });
  if (width * height > mostPixels) {
    throw new OutsetError('data.image_too_large', { where, width, height, limit: mostPixels });
  }
  const pixels = format === 'png' ? decodePng(bytes, where) : decodeJpeg(bytes, where);
  if (pixels.width !== width || pixels.height !== height) {
    throw new OutsetError('data.image_damaged', { where, reason: `${pixels.width}x${pixels.height}` });
  }
  return { width, height, features: color === 'grey' ? greyOf(pixels) : rgbOf(pixels) };
}

function decodeJpeg(bytes: Uint8Array, where: string): Pixels {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: 1024,
    });
    return { width, height, stored: 3, colors: 3, greatest: 255, data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OutsetError('data.image_damaged', { where, reason }, { cause: error });
  }
}

function greyOf({ width, height, stored, colors, greatest, data }: Pixels): Float32Array {
  const out = new Float32Array(width * height);
  for (let i = 0, from = 0; i < out.length; i++, from += stored) {
    // Equal channels keep their value to the bit.
    const value =
      colors === 1 || (data[from] === data[from + 1] && data[from] === data[from + 2])
        ? data[from]
        : 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
    out[i] = value / greatest;
  }
  return out;
}

function rgbOf({ width, height, stored, colors, greatest, data }: Pixels): Float32Array {
  const size = width * height;
  const out = new Float32Array(3 * size);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < size; i++) {
      out[channel * size + i] = data[i * stored + (colors === 1 ? 0 : channel)] / greatest;
    }
  }
  return out;
}
