/**
 * Natural logarithm rounded to the nearest double in all but about one case in a hundred thousand.
 *
 * The same plan as `elementary.ts`, in pairs of doubles (a value and what its rounding lost) where it matters:
 *
 *   log x = k log 2 + 2s + 2 s^3 / 3 + (2 s^5 / 5 + ...),   s = (m - 1) / (m + 1)
 *
 * All but the bracket is carried to about 100 bits; the bracket is below 2^-15 of the whole, so that a double does.
 */

const float64 = new Float64Array(1);
const words = new Uint32Array(float64.buffer);

const ln2High = 0.6931471805599453; // log 2 rounded
const ln2Low = 2.3190468138462996e-17; // log 2 less that
const splitter = 134217729; // 2^27 + 1

/** 2/5, 2/7, ... 2/25 from the highest. */
const tailSeries = Float64Array.from({ length: 11 }, (_, i) => 2 / (25 - 2 * i));
const twoThirds = 2 / 3;
const twoThirdsLow = 3.700743415417188e-17; // 2/3 less its rounding

/** @param x  a positive normal number */
export function accurateLogarithm(x: number): number {
  float64[0] = x;
  const shift = (words[1] - 0x3fe6a09e) >> 20;
  words[1] -= shift << 20;
  const m = float64[0];
  const f = m - 1;
  // s + sLow = f / (m + 1): the quotient, then its remainder divided again.
  const d = m + 1;
  const dLow = m - (d - 1);
  const s = f / d;
  const sLow = (f - product(s, d) - productLow - s * dLow) / d;
  // The square and the cube of s, in pairs.
  const z = product(s, s);
  const zLow = productLow + 2 * s * sLow;
  const cube = product(z, s);
  const cubeLow = productLow + z * sLow + zLow * s;
  const third = product(cube, twoThirds);
  const thirdLow = productLow + cube * twoThirdsLow + cubeLow * twoThirds;
  let series = tailSeries[0];
  for (let i = 1; i < 11; i++) series = series * z + tailSeries[i];
  const tail = cube * z * series;
  // Sum from the largest; each rounding loss is kept.
  const a = product(shift, ln2High);
  const aLow = productLow + shift * ln2Low;
  const twice = 2 * s;
  const b = a + twice;
  const bLow = shift === 0 ? 0 : twice - (b - a);
  const c = b + third;
  const cLow = third - (c - b);
  return c + (cLow + bLow + (tail + (aLow + 2 * sLow + thirdLow)));
}

let productLow = 0;

/** a * b rounded; leaves what the rounding lost in `productLow` (Dekker 1971). */
function product(a: number, b: number): number {
  const p = a * b;
  const ta = splitter * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = splitter * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  productLow = al * bl - (p - ah * bh - al * bh - ah * bl);
  return p;
}
