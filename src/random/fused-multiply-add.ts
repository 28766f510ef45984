/**
 * a * b + c rounded once, which processors have and JavaScript has not: compilers put it into the C library and into
 * PyTorch's kernels for AVX2.
 */

const fround = Math.fround;
const splitter = 134217729; // 2^27 + 1
const float64 = new Float64Array(1);
const words = new Uint32Array(float64.buffer);

/**
 * a * b + c rounded once to a double.
 *
 * The product as a pair of doubles (Dekker 1971), the pair added to c without loss (Knuth), and its low parts added with
 * rounding to odd, so that the last rounding is the only one.
 *
 * Only for numbers far from the ends of the range: neither the product nor the splitting may overflow or underflow.
 *
 * @see Boldo, Melquiond 2008, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd"
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const high = a * b;
  const ta = splitter * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = splitter * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  const low = al * bl - (high - ah * bh - al * bh - ah * bl);
  // c + low = sum + rest and high + sum = total + error, both exactly.
  const sum = c + low;
  const part = sum - c;
  const rest = c - (sum - part) + (low - part);
  const total = high + sum;
  const portion = total - high;
  const error = high - (total - portion) + (sum - portion);
  return total + addToOdd(error, rest);
}

/** x + y; where that is not exact, of the two doubles around it the one whose last bit is 1. */
function addToOdd(x: number, y: number): number {
  const sum = x + y;
  const part = sum - x;
  const lost = x - (sum - part) + (y - part);
  if (lost === 0) return sum;
  float64[0] = sum;
  if ((words[0] & 1) === 1) return sum;
  // One step of the last place towards what was lost.
  if (lost > 0 === sum > 0) {
    words[0]++;
  } else {
    if (words[0] === 0) words[1]--;
    words[0]--;
  }
  return float64[0];
}

/**
 * a * b + c rounded once to a single; a, b and c are singles.
 *
 * The product is exact in a double. Rounding the sum to a double and then to a single goes wrong only where the double
 * lies halfway between two singles; there, what the first rounding lost decides.
 */
export function fusedMultiplyAddSingle(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const nearest = fround(sum);
  const rest = sum - nearest;
  if (rest === 0 || fround(nearest + 2 * rest) !== nearest + 2 * rest) return nearest;
  const part = sum - product;
  const lost = product - (sum - part) + (c - part);
  return lost !== 0 && lost > 0 === rest > 0 ? nearest + 2 * rest : nearest;
}
