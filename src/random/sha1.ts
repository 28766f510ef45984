/**
 * SHA-1, which Flax turns the names of modules into keys with.
 * @see FIPS 180-4: "abc" is a9993e36 4706816a ba3e2571 7850c26c 9cd0d89d
 */
export function sha1(message: Uint8Array): Uint32Array {
  const blocks = new Uint32Array(16 * Math.ceil((message.length + 9) / 64));
  const put = (at: number, byte: number) => {
    blocks[at >>> 2] |= byte << (24 - 8 * (at & 3));
  };
  for (let i = 0; i < message.length; i++) put(i, message[i]);
  put(message.length, 0x80);
  blocks[blocks.length - 2] = Math.floor(message.length / 2 ** 29);
  blocks[blocks.length - 1] = message.length << 3;
  const hash = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let start = 0; start < blocks.length; start += 16) addBlock(hash, blocks.subarray(start, start + 16));
  return hash;
}

const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

function addBlock(hash: Uint32Array, block: Uint32Array): void {
  const words = new Uint32Array(80);
  words.set(block);
  for (let t = 16; t < 80; t++) {
    words[t] = rotate(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
  }
  let [a, b, c, d, e] = hash;
  for (let t = 0; t < 80; t++) {
    const round = Math.floor(t / 20);
    const choice = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const next = (rotate(a, 5) + choice + e + constants[round] + words[t]) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  hash[0] += a;
  hash[1] += b;
  hash[2] += c;
  hash[3] += d;
  hash[4] += e;
}

function rotate(x: number, left: number): number {
  return (x << left) | (x >>> (32 - left));
}
