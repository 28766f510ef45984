/**
 * FNV-1a of the UTF-8 bytes of a name, 64 bits, as its upper and lower half.
 * @see Fowler, Noll, Vo: "" is cbf29ce484222325, "a" is af63dc4c8601ec8c
 */
export function nameHash(name: string): readonly [high: number, low: number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return [Number(hash >> 32n), Number(hash & 0xffffffffn)];
}
