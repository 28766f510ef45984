/** What an image file says about itself before anything of it is unpacked. */

import { OutsetError } from '../../messages/error.ts';

export interface ImageHeader {
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads format and size from the first bytes.
 * @throws data.image_format, data.image_damaged
 */
export function imageHeader(bytes: Uint8Array, where: string): ImageHeader {
  if (pngSignature.every((byte, i) => bytes[i] === byte)) return pngHeader(bytes, where);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(bytes, where);
  const got = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new OutsetError('data.image_format', { where, got: got || '-' });
}

function pngHeader(bytes: Uint8Array, where: string): ImageHeader {
  const view = viewOf(bytes);
  if (bytes.length < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) {
    throw new OutsetError('data.image_damaged', { where, reason: 'no IHDR' });
  }
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks over the segments to the frame header (SOF0, SOF1 or SOF2, the ones that decoders know). */
function jpegHeader(bytes: Uint8Array, where: string): ImageHeader {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
    } else if (marker >= 0xc0 && marker <= 0xc2) {
      return { format: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  throw new OutsetError('data.image_damaged', { where, reason: 'no SOF' });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
