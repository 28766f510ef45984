/**
 * Cyclic redundancy checks over bytes, reflected, 32 bits, initial value and final XOR all ones.
 * {@link crc32} (IEEE 802.3) guards zip members, {@link crc32c} (Castagnoli) guards TensorBoard records.
 */

function checksum(reflectedPolynomial: number): (bytes: Uint8Array) => number {
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ reflectedPolynomial : value >>> 1;
    table[byte] = value;
  }
  return (bytes) => {
    let value = 0xffffffff;
    for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ table[(value ^ bytes[i]) & 0xff];
    return (value ^ 0xffffffff) >>> 0;
  };
}

/** CRC-32 of zip, gzip and PNG; of the ASCII digits "123456789" it is 0xcbf43926. */
export const crc32 = checksum(0xedb88320);

/** CRC-32C (Castagnoli); of the ASCII digits "123456789" it is 0xe3069283. */
export const crc32c = checksum(0x82f63b78);
