import { createHash } from 'node:crypto';

/** SHA-256 of the bytes of an array, as the scripts of test/peers write it. */
export function digest(values: ArrayBufferView): string {
  return createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
