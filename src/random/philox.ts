/**
 * Philox-4x32 with 10 rounds: a keyed, counter-based generator. TensorFlow, Keras on TensorFlow, and CUDA draw with it.
 *
 * A counter of four 32-bit words and a key of two make four random words.
 *
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (Random123)
 */

/** A counter and a key, the lowest word of each first. */
export interface PhiloxState {
  /** Four words. */
  readonly counter: Uint32Array;
  /** Two words. */
  readonly key: Uint32Array;
}

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;

/** The four words of a counter under a key, into out[at] ... out[at + 3]. */
export function philoxBlock({ counter, key }: PhiloxState, out: Uint32Array, at = 0): void {
  let a = counter[0];
  let b = counter[1];
  let c = counter[2];
  let d = counter[3];
  let k0 = key[0];
  let k1 = key[1];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(a, multiplier0);
    const high1 = multiplyHigh(c, multiplier1);
    const low0 = Math.imul(a, multiplier0);
    const low1 = Math.imul(c, multiplier1);
    a = high1 ^ b ^ k0;
    b = low1;
    c = high0 ^ d ^ k1;
    d = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[at] = a;
  out[at + 1] = b;
  out[at + 2] = c;
  out[at + 3] = d;
}

/** Upper 32 bits of the product of two words, from products of halves. */
function multiplyHigh(x: number, y: number): number {
  const x0 = x & 0xffff;
  const x1 = x >>> 16;
  const y0 = y & 0xffff;
  const y1 = y >>> 16;
  const low = Math.imul(x0, y0) >>> 16;
  const first = (Math.imul(x1, y0) >>> 0) + low;
  const second = (Math.imul(x0, y1) >>> 0) + (first & 0xffff);
  return (Math.imul(x1, y1) + Math.floor(first / 65536) + Math.floor(second / 65536)) | 0;
}

/** Adds a whole number below 2^53 to a counter of 128 bits, in place. */
export function advance(counter: Uint32Array, by: number): void {
  if (counter[0] + by < 4294967296) {
    counter[0] += by;
    return;
  }
  let carry = by;
  for (let i = 0; i < 4 && carry > 0; i++) {
    const sum = counter[i] + (carry % 4294967296);
    counter[i] = sum;
    carry = Math.floor(carry / 4294967296) + (sum >= 4294967296 ? 1 : 0);
  }
}
