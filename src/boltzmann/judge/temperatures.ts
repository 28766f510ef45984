/** Inverse temperatures of annealed importance sampling, from 0 to 1. */
import { OutsetError } from '../../messages/error.ts';

/**
 * `count` steps of equal size.
 * @returns count + 1 numbers
 */
export function linearTemperatures(count: number): Float64Array {
  if (!Number.isInteger(count) || count < 1) {
    throw new OutsetError('likelihood.bad_option', {
      option: 'temperatures',
      expected: 'a whole number of at least 1',
      got: String(count),
    });
  }
  return Float64Array.from({ length: count + 1 }, (_, i) => i / count);
}

/**
 * The 14,500 steps of Salakhutdinov & Murray 2008: 0.001 apart up to 0.5, 0.0001 up to 0.9, 0.00001 up to 1.
 * @returns 14,501 numbers
 */
export function publishedTemperatures(): Float64Array {
  const betas = new Float64Array(14_501);
  for (let i = 0; i <= 500; i++) betas[i] = i / 1_000;
  for (let i = 1; i <= 4_000; i++) betas[500 + i] = (5_000 + i) / 10_000;
  for (let i = 1; i <= 10_000; i++) betas[4_500 + i] = (90_000 + i) / 100_000;
  return betas;
}

/** @throws likelihood.bad_option unless the numbers rise from 0 to 1 */
export function checkTemperatures(betas: Float64Array): void {
  const last = betas.length - 1;
  const wrong = betas.findIndex((beta, i) => (i === 0 ? beta !== 0 : !(beta >= betas[i - 1])));
  if (last >= 1 && wrong < 0 && betas[last] === 1) return;
  const at = wrong < 0 ? last : wrong;
  throw new OutsetError('likelihood.bad_option', {
    option: `temperatures[${at}]`,
    expected: 'numbers that rise from 0 to 1',
    got: String(betas[at]),
  });
}
