/**
 * The inverse error function of XLA on a CPU with fused multiply-add, bit for bit: Giles's polynomials in
 * w = -log(1 - x^2), of another degree in single and in double precision.
 *
 * @see M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2012)
 */

import { horner, xlaLog1p, xlaLog1pSingle } from './xla-elementary.ts';

const fround = Math.fround;

const [c0, c1, c2, c3, c4, c5, c6, c7, c8] = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
].map(fround);
const [t0, t1, t2, t3, t4, t5, t6, t7, t8] = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
].map(fround);

/** @param x  a single from -1 to 1 */
export function xlaInverseErrorFunctionSingle(x: number): number {
  if (x === 1 || x === -1) return x * Number.POSITIVE_INFINITY;
  let w = -xlaLog1pSingle(fround(x * -x));
  let p: number;
  if (w < 5) {
    w = fround(w - 2.5);
    p = fround(c1 + c0 * w);
    p = fround(c2 + p * w);
    p = fround(c3 + p * w);
    p = fround(c4 + p * w);
    p = fround(c5 + p * w);
    p = fround(c6 + p * w);
    p = fround(c7 + p * w);
    p = fround(c8 + p * w);
  } else {
    w = fround(fround(Math.sqrt(w)) - 3);
    p = fround(t1 + t0 * w);
    p = fround(t2 + p * w);
    p = fround(t3 + p * w);
    p = fround(t4 + p * w);
    p = fround(t5 + p * w);
    p = fround(t6 + p * w);
    p = fround(t7 + p * w);
    p = fround(t8 + p * w);
  }
  return fround(p * x);
}

const central = [
  -3.64441206401782e-21, -1.6850591381820166e-19, 1.28584807152564e-18, 1.1157877678025181e-17,
  -1.333171662854621e-16, 2.0972767875968562e-17, 6.637638134358324e-15, -4.054566272975207e-14,
  -8.151934197605472e-14, 2.6335093153082323e-12, -1.2975133253453532e-11, -5.415412054294628e-11,
  1.0512122733215323e-9, -4.112633980346984e-9, -2.9070369957882005e-8, 4.2347877827932404e-7,
  -1.3654692000834679e-6, -1.3882523362786469e-5, 0.00018673420803405714, -0.000740702534166267,
  -0.006033670871430149, 0.24015818242558962, 1.6536545626831027,
];
const middle = [
  2.2137376921775787e-9, 9.075656193888539e-8, -2.7517406297064545e-7, 1.8239629214389228e-8,
  1.5027403968909828e-6, -4.013867526981546e-6, 2.9234449089955446e-6, 1.2475304481671779e-5,
  -4.7318229009055734e-5, 6.828485145957318e-5, 2.4031110387097894e-5, -0.0003550375203628475,
  0.0009532893797373805, -0.0016882755560235047, 0.002491442096107851, -0.003751208507569241,
  0.005370914553590064, 1.0052589676941592, 3.0838856104922208,
];
const outer = [
  -2.7109920616438573e-11, -2.555641816996525e-10, 1.5076572693500548e-9, -3.789465440126737e-9,
  7.61570120807834e-9, -1.496002662714924e-8, 2.914795345090108e-8, -6.771199775845234e-8,
  2.2900482228026655e-7, -9.9298272942317e-7, 4.526062597223154e-6, -1.968177810553167e-5,
  7.599527703001776e-5, -0.00021503011930044477, -0.00013871931833623122, 1.0103004648645344,
  4.849906401408584,
];

/** @param x  from -1 to 1 */
export function xlaInverseErrorFunction(x: number): number {
  if (x === 1 || x === -1) return x * Number.POSITIVE_INFINITY;
  const w = -xlaLog1p(x * -x);
  if (w < 6.25) return horner(central, w - 3.125) * x;
  if (w < 16) return horner(middle, Math.sqrt(w) - 3.25) * x;
  return horner(outer, Math.sqrt(w) - 5) * x;
}
