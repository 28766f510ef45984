/** PNG pixels. fast-png decodes; what it does not guard against is settled before it sees the file. */

import { convertIndexedToRgb, decode } from 'fast-png';
import { Unzlib } from 'fflate';
import { OutsetError } from '../../messages/error.ts';
import type { Pixels } from './pixels.ts';

/** Chunks that pixels depend on. Everything else (profiles, text, animation) may be packed and is left out. */
const neededChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const channelsOfColorType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG whose size has been checked. Grey and colour of 1 to 16 bits, palettes; alpha is left out.
 * @throws data.image_damaged
 */
export function decodePng(bytes: Uint8Array, where: string): Pixels {
  try {
    const clean = withNeededChunks(bytes);
    const image = decode(clean, { checkCrc: true });
    const { width, height, palette, depth } = image;
    const data =
      palette !== undefined
        ? convertIndexedToRgb(image)
        : depth < 8
          ? unpackedBits(image.data, width, height, depth)
          : image.data;
    const stored = data.length / (width * height);
    const greatest = palette === undefined ? 2 ** depth - 1 : 255;
    return { width, height, stored, colors: stored >= 3 ? 3 : 1, greatest, data };
  } catch (error) {
    throw new OutsetError(
      'data.image_damaged',
      { where, reason: (error as Error).message },
      { cause: error },
    );
  }
}

/** Grey levels of 1, 2 or 4 bits, which fast-png leaves packed; every row begins with a new byte. */
function unpackedBits(packed: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const out = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const bit = column * depth;
      const byte = packed[row * rowBytes + (bit >> 3)];
      out[row * width + column] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  }
  return out;
}

/** The file with only the chunks that matter, after seeing that its pixels unpack to no more than its header says. */
function withNeededChunks(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  for (let at = 8, ended = false; !ended; ) {
    if (at + 12 > bytes.length) throw new Error('truncated');
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const next = at + 12 + length;
    if (next > bytes.length) throw new Error(`truncated in ${type}`);
    if (neededChunks.has(type)) pieces.push(bytes.subarray(at, next));
    if (type === 'IDAT') packed.push(bytes.subarray(at + 8, next - 4));
    ended = type === 'IEND';
    at = next;
  }
  checkUnpackedSize(packed, mostBytes(view));
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let to = 0;
  for (const piece of pieces) {
    out.set(piece, to);
    to += piece.length;
  }
  return out;
}

/** Bytes of the filtered rows; interlacing splits them into at most seven times as many. */
function mostBytes(view: DataView): number {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colorType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const channels = channelsOfColorType[colorType];
  if (channels === undefined) throw new Error(`color type ${colorType}`);
  const plain = height * (1 + Math.ceil((width * channels * depth) / 8));
  return interlace === 0 ? plain : plain + 7 * (height + width) * 8;
}

function checkUnpackedSize(packed: readonly Uint8Array[], most: number): void {
  let size = 0;
  const inflator = new Unzlib((chunk) => {
    size += chunk.length;
    if (size > most) throw new Error('it holds more than its header describes');
  });
  // Small steps: one push unpacks everything that it is given, and nothing packs better than 1032 to 1.
  const step = 16384;
  for (const piece of packed) {
    for (let from = 0; from < piece.length; from += step) inflator.push(piece.subarray(from, from + step));
  }
}
