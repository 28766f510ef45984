import { threefry } from '../../random/index.ts';

/** Numbers of size 1 with random signs: their squared products with a matrix estimate its trace best. */
export function randomSigns(name: string, count: number): Float32Array {
  const words = threefry(2010).child(name).bits(new Uint32Array(count));
  return Float32Array.from(words, (word) => (word & 1 ? 1 : -1));
}
