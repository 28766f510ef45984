/** How numbers become colours. */
export type ColorMap =
  /** Black at 0, white at 1: ink on black, as MNIST is usually shown. */
  | 'grey'
  /** Blue below zero, near white at zero, orange above: signs can be told apart without red and green. */
  | 'diverging';

type Color = readonly [red: number, green: number, blue: number];

/** Stops of the diverging map at -1, -0.5, 0, 0.5, 1; lightness is the same on both sides. */
const divergingStops: readonly Color[] = [
  [5, 60, 120],
  [86, 160, 211],
  [247, 247, 245],
  [236, 148, 76],
  [138, 52, 4],
];
/** What is not a number stands out from both maps. */
const notANumber: Color = [255, 0, 200];

/** Colours of a map for 256 levels, three bytes each. */
function table(map: ColorMap): Uint8Array {
  const bytes = new Uint8Array(256 * 3);
  for (let level = 0; level < 256; level++) {
    const place = (level / 255) * (divergingStops.length - 1);
    const stop = Math.min(divergingStops.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const from = divergingStops[stop][channel];
      const to = divergingStops[stop + 1][channel];
      bytes[level * 3 + channel] = map === 'grey' ? level : Math.round(from + (to - from) * (place - stop));
    }
  }
  return bytes;
}

const tables: Readonly<Record<ColorMap, Uint8Array>> = { grey: table('grey'), diverging: table('diverging') };

/**
 * Writes the colour of a value into RGBA bytes.
 *
 * @param low, high  values of the first and last colour; what lies outside is cut off
 */
export function paint(
  bytes: Uint8Array,
  at: number,
  value: number,
  map: ColorMap,
  [low, high]: readonly [number, number],
): void {
  bytes[at + 3] = 255;
  if (Number.isNaN(value)) {
    for (let channel = 0; channel < 3; channel++) bytes[at + channel] = notANumber[channel];
    return;
  }
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const level = Math.round(255 * Math.min(1, Math.max(0, share)));
  const colors = tables[map];
  for (let channel = 0; channel < 3; channel++) bytes[at + channel] = colors[level * 3 + channel];
}
