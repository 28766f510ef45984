/**
 * TFRecord framing: length (u64, little-endian), masked CRC-32C of the length, the record, masked CRC-32C of the
 * record. TensorBoard's event files are sequences of such records.
 * @see https://www.tensorflow.org/tutorials/load_data/tfrecord
 */

import { OutsetError } from '../messages/error.ts';
import { crc32c } from './crc.ts';

/** Frames one record. */
export function frameRecord(record: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(record.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(record.length), true);
  view.setUint32(8, mask(crc32c(bytes.subarray(0, 8))), true);
  bytes.set(record, 12);
  view.setUint32(12 + record.length, mask(crc32c(record)), true);
  return bytes;
}

/**
 * The records of a file.
 * @throws formats.truncated when the last record is cut short, formats.checksum when a record is damaged
 */
export function readRecords(bytes: Uint8Array, where = 'tfrecord'): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const records: Uint8Array[] = [];
  let position = 0;
  while (position < bytes.length) {
    const left = bytes.length - position;
    const cut = (expected: number) =>
      new OutsetError('formats.truncated', {
        where,
        format: 'TFRecord',
        part: 'record',
        expected,
        got: left,
      });
    if (left < 16) throw cut(16);
    const damaged = () =>
      new OutsetError('formats.checksum', { where, format: 'TFRecord', part: `#${records.length + 1}` });
    if (view.getUint32(position + 8, true) !== mask(crc32c(bytes.subarray(position, position + 8))))
      throw damaged();
    const length = Number(view.getBigUint64(position, true));
    if (left < length + 16) throw cut(length + 16);
    const record = bytes.subarray(position + 12, position + 12 + length);
    if (view.getUint32(position + 12 + length, true) !== mask(crc32c(record))) throw damaged();
    records.push(record);
    position += length + 16;
  }
  return records;
}

/** Rotates and shifts the checksum, so that checksums of data that holds checksums stay good. */
function mask(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
