/**
 * PyTorch's normal numbers of single precision where it does not use AVX2 (ATEN_CPU_CAPABILITY=default; other
 * processors), for arrays of 16 and more: Box-Muller with the C library's logf, cosf and sinf, each step rounded.
 *
 * The three functions are those of glibc since 2.28: short polynomials in double precision, rounded once. For every one
 * of the 2^24 possible arguments they have been compared with the installed library.
 *
 * @see Szabolcs Nagy and others, "Optimized routines" (Arm), for the method and the constants
 */

import { fusedMultiplyAddSingle } from '../fused-multiply-add.ts';

const fround = Math.fround;
const float32 = new Float32Array(1);
const words = new Int32Array(float32.buffer);

/**
 * Two normal numbers from two words into out[at] and out[at + 8]; see `normal-avx2.ts`.
 * @param fused  whether std and mean are applied with one rounding, as PyTorch 2.13 does
 */
export function normalPairScalar(
  first: number,
  second: number,
  out: Float32Array,
  at: number,
  mean: number,
  std: number,
  fused: boolean,
): void {
  const radius = fround(Math.sqrt(-2 * logarithm((0x1000000 - (first & 0xffffff)) * 5.9604644775390625e-8)));
  const theta = fround(2 * Math.PI * ((second & 0xffffff) * 5.9604644775390625e-8));
  const n1 = fround(radius * sineOrCosine(theta, 1));
  const n2 = fround(radius * sineOrCosine(theta, 0));
  out[at] = fused ? fusedMultiplyAddSingle(n1, std, mean) : fround(n1 * std) + mean;
  out[at + 8] = fused ? fusedMultiplyAddSingle(n2, std, mean) : fround(n2 * std) + mean;
}

/** 1/c and log c, in pairs, for c near the middle of each 16th of [0x1.66p-1, 0x1.66p0). */
export const logarithmTable = Float64Array.of(
  1.398907162146528,
  -0.33569133332882284,
  1.3403141896637998,
  -0.2929040563774074,
  1.286432210124115,
  -0.2518726580937369,
  1.2367150214269895,
  -0.21245868807117255,
  1.1906977166711752,
  -0.17453945183745634,
  1.1479821020556429,
  -0.1380057072319758,
  1.1082251448272158,
  -0.10275976698545139,
  1.0711297413057381,
  -0.06871392447020525,
  1.036437278977283,
  -0.0357891387398228,
  1,
  0,
  0.9492859795739057,
  0.05204517742929496,
  0.8951049428609004,
  0.11081431298787942,
  0.8476821620351103,
  0.1652495223695143,
  0.8050314851692001,
  0.21687389031699977,
  0.7664671008843108,
  0.2659635028121397,
  0.731428603316328,
  0.3127556664073557,
);
const ln2 = 0.6931471805599453;

/** logf of a normal number. */
export function logarithm(x: number): number {
  float32[0] = x;
  const shifted = words[0] - 0x3f330000;
  const row = 2 * ((shifted >> 19) & 15);
  const k = shifted >> 23;
  words[0] -= k << 23;
  const r = float32[0] * logarithmTable[row] - 1;
  const r2 = r * r;
  const y = -0.25089342214237154 * r2 + (0.333456765744066 * r - 0.4999997485802103);
  return fround(y * r2 + (logarithmTable[row + 1] + k * ln2 + r));
}

const halfPi = 1.5707963267948966;

/** sinf (turn 0) or cosf (turn 1) of a number from 0 to 2 pi. */
export function sineOrCosine(theta: number, turn: 0 | 1): number {
  let n = 0;
  let x = theta;
  float32[0] = theta;
  if (words[0] >> 20 >= 0x3f4) {
    // 0.75 and more
    n = (Math.trunc(theta * 10680707.430881744) + 0x800000) >> 24; // 2/pi 2^24
    x = theta - n * halfPi;
  } else if (words[0] < 0x39800000) {
    return turn === 0 ? theta : 1; // below 2^-12
  }
  const z = x * x;
  const quadrant = n + turn;
  let value: number;
  if ((quadrant & 1) === 0) {
    const s = 0.008332178146138854 + z * -0.00019517298981385725;
    const x3 = x * z;
    value = fround(x + x3 * -0.16666654943701084 + x3 * z * s);
  } else {
    const z2 = z * z;
    const c = -0.001388676379437604 + z * 2.4390450703564542e-5;
    value = fround(1 + z * -0.49999999725108224 + z2 * 0.041666623324344516 + z2 * z * c);
  }
  return (quadrant & 2) === 0 ? value : -value;
}
