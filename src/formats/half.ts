/**
 * Half-precision numbers, which JavaScript has no array type for in every engine that we support:
 * they are widened to float32 as they are read. The widening is exact.
 */

/** Widens IEEE binary16 words to float32. */
export function widenFloat16(words: Uint16Array): Float32Array {
  const out = new Float32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const sign = word & 0x8000 ? -1 : 1;
    const exponent = (word >>> 10) & 0x1f;
    const fraction = word & 0x3ff;
    if (exponent === 0) out[i] = sign * fraction * 2 ** -24;
    else if (exponent === 31) out[i] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else out[i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}

/** Widens bfloat16 words, the upper halves of float32 words, to float32. */
export function widenBfloat16(words: Uint16Array): Float32Array {
  const bits = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) bits[i] = words[i] << 16;
  return new Float32Array(bits.buffer);
}

const floatWord = new Float32Array(1);
const wordOfFloat = new Uint32Array(floatWord.buffer);

/** Rounds float32 to IEEE binary16 words: to nearest, ties to even; beyond 65504 to infinity. */
export function narrowFloat16(values: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    floatWord[0] = values[i];
    const word = wordOfFloat[0];
    const sign = (word >>> 16) & 0x8000;
    const size = word & 0x7fffffff;
    if (size > 0x7f800000) out[i] = sign | 0x7e00;
    else if (size >= 0x477ff000) out[i] = sign | 0x7c00;
    else if (size < 0x38800000) {
      // Subnormal: the value in units of 2^-24, which is exact in float64.
      const units = Math.abs(floatWord[0]) * 2 ** 24;
      out[i] = sign | roundHalfToEven(units);
    } else {
      const kept = size - 0x38000000;
      out[i] = sign | ((kept + 0xfff + ((kept >>> 13) & 1)) >>> 13);
    }
  }
  return out;
}

/** Rounds float32 to bfloat16 words: to nearest, ties to even. */
export function narrowBfloat16(values: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    floatWord[0] = values[i];
    const word = wordOfFloat[0];
    const notANumber = (word & 0x7fffffff) > 0x7f800000;
    out[i] = notANumber ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return out;
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
