/**
 * Johannes Baagøe's Alea, as `seedrandom` 3.0.5 has it: the generator behind TensorFlow.js.
 *
 * A multiply-with-carry generator on fractions of 32 bits; the seed is a text. Everything is exact in doubles.
 */
export class Alea {
  #carry = 1;
  #s0: number;
  #s1: number;
  #s2: number;

  constructor(seed: string) {
    const mash = masher();
    this.#s0 = mash(' ');
    this.#s1 = mash(' ');
    this.#s2 = mash(' ');
    this.#s0 = positive(this.#s0 - mash(seed));
    this.#s1 = positive(this.#s1 - mash(seed));
    this.#s2 = positive(this.#s2 - mash(seed));
  }

  /** The next number in [0, 1), a multiple of 2^-32. */
  next(): number {
    const t = 2091639 * this.#s0 + this.#carry * 2.3283064365386963e-10;
    this.#s0 = this.#s1;
    this.#s1 = this.#s2;
    this.#carry = Math.floor(t);
    this.#s2 = t - this.#carry;
    return this.#s2;
  }
}

/** Baagøe's hash: texts in, fractions of 32 bits out, each depending on all texts so far. */
function masher(): (text: string) => number {
  let n = 0xefc8249d;
  return (text) => {
    for (let i = 0; i < text.length; i++) {
      n += text.charCodeAt(i);
      let h = 0.02519603282416938 * n;
      n = h >>> 0;
      h = (h - n) * n;
      n = h >>> 0;
      n += (h - n) * 4294967296;
    }
    return (n >>> 0) * 2.3283064365386963e-10;
  };
}

function positive(x: number): number {
  return x < 0 ? x + 1 : x;
}
