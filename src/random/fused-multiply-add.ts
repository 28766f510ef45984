/**
 * a * b + c rounded once, which processors have and JavaScript has not.
 *
 * The product is taken apart into its rounded value and what the rounding lost (Dekker 1971), the sum likewise (Knuth),
 * and the two losses are added before the last rounding. That last step rounds twice, so that the result can be wrong
 * where the losses come within 2^-53 of their own size to a tie.
 *
 * Only for numbers far from the ends of the range: neither the product nor the splitting may overflow or underflow.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const p = a * b;
  const ta = splitter * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = splitter * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  const productLoss = al * bl - (p - ah * bh - al * bh - ah * bl);
  const s = p + c;
  const back = s - p;
  const sumLoss = p - (s - back) + (c - back);
  return s + (productLoss + sumLoss);
}

const splitter = 134217729; // 2^27 + 1
