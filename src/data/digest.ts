/**
 * A short name of content: two 32-bit multiply-xor chains over words (in the manner of FNV-1a and MurmurHash3's
 * finish), 64 bits together. It tells apart data that differ by accident; it is no protection against intent.
 */
export class ContentDigest {
  #low = 0x811c9dc5;
  #high = 0x9e3779b9;

  /** Adds text. */
  text(value: string): void {
    for (let i = 0; i < value.length; i++) this.#word(value.charCodeAt(i));
    this.#word(value.length);
  }

  /** Adds the bits of numbers; true when one of them may not be finite. */
  floats(values: Float32Array): boolean {
    return this.words(new Uint32Array(values.buffer, values.byteOffset, values.length));
  }

  /** Adds 32-bit words; true when one of them, read as float32, is not finite. */
  words(words: Uint32Array): boolean {
    let low = this.#low;
    let high = this.#high;
    let notFinite = false;
    // Zeros are the most frequent word by far (empty pixels): counting a run of them is cheaper than hashing each.
    let zeros = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (word === 0) {
        zeros++;
        continue;
      }
      low = Math.imul(low ^ word ^ zeros, 0x01000193);
      high = Math.imul((high ^ word) + Math.imul(zeros, 0x85ebca6b), 0xc2b2ae35);
      high ^= high >>> 15;
      zeros = 0;
      if ((word & 0x7f800000) === 0x7f800000) notFinite = true;
    }
    this.#low = low;
    this.#high = high;
    this.#word(zeros);
    this.#word(words.length);
    return notFinite;
  }

  /** 16 hexadecimal digits. */
  finish(): string {
    return mix(this.#low).toString(16).padStart(8, '0') + mix(this.#high).toString(16).padStart(8, '0');
  }

  #word(word: number): void {
    this.#low = Math.imul(this.#low ^ word, 0x01000193);
    this.#high = Math.imul(this.#high ^ word, 0xc2b2ae35);
    this.#high ^= this.#high >>> 15;
  }
}

/** Index of the first number that is not finite, or -1. */
export function firstNonFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

function mix(hash: number): number {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
