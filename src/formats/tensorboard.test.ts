import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { crc32, crc32c } from './crc.ts';
import { eventFileName, histogramOf, TensorBoardWriter } from './tensorboard.ts';
import { frameRecord, readRecords } from './tfrecord.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const join = (...chunks: Uint8Array[]) => new Uint8Array(Buffer.concat(chunks));

test('checksums of the standard test word', () => {
  expect(crc32(ascii('123456789'))).toBe(0xcbf43926);
  expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
  // RFC 3720, B.4: 32 bytes of zeros, and 32 bytes of ones.
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
});

describe('records', () => {
  const bytes = join(frameRecord(ascii('first')), frameRecord(new Uint8Array()), frameRecord(ascii('third')));

  test('come back', () => {
    expect(readRecords(bytes).map((record) => new TextDecoder().decode(record))).toEqual([
      'first',
      '',
      'third',
    ]);
  });

  test('every truncation and every flipped bit is found', () => {
    const ends = new Set([0, 21, 37, 58]);
    for (let length = 0; length < bytes.length; length++) {
      if (ends.has(length)) expect(() => readRecords(bytes.subarray(0, length))).not.toThrow();
      else expect(() => readRecords(bytes.subarray(0, length))).toThrow(OutsetError);
    }
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(() => readRecords(damaged)).toThrow(OutsetError);
    }
  });
});

describe('events', () => {
  const writer = new TensorBoardWriter(() => 1.5);

  test('the header is the bytes that TensorFlow writes', () => {
    // wall_time = 1.5 (field 1, double), file_version = "brain.Event:2" (field 3)
    const record = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 13, ...ascii('brain.Event:2')];
    expect(readRecords(writer.header())).toEqual([Uint8Array.from(record)]);
  });

  test('a scalar, checked by hand against event.proto and summary.proto', () => {
    const value = [0x0a, 1, 0x61, 0x15, 0, 0, 0x20, 0x40];
    const summary = [0x0a, value.length, ...value];
    const record = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0xac, 0x02, 0x2a, summary.length, ...summary];
    expect(readRecords(writer.scalar('a', 300, 2.5))).toEqual([Uint8Array.from(record)]);
  });

  test('a histogram, checked by hand against summary.proto', () => {
    const bytesOf = (...numbers: number[]) => [...new Uint8Array(Float64Array.from(numbers).buffer)];
    // min 1, max 4, num 3, sum 7.5 and sum_squares 20.25 from the middles 1.5 and 3, bucket_limit, bucket
    const histo = [
      ...[0x09, ...bytesOf(1), 0x11, ...bytesOf(4), 0x19, ...bytesOf(3), 0x21, ...bytesOf(7.5), 0x29],
      ...[...bytesOf(20.25), 0x32, 16, ...bytesOf(2, 4), 0x3a, 16, ...bytesOf(1, 2)],
    ];
    const value = [0x0a, 1, 0x68, 0x2a, histo.length, ...histo];
    const summary = [0x0a, value.length, ...value];
    const record = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0x00, 0x2a, summary.length, ...summary];
    const written = readRecords(writer.histogram('h', 0, { edges: [1, 2, 4], counts: [1, 2] }));
    expect(written).toEqual([Uint8Array.from(record)]);
  });

  test('steps that are none, histograms without bins', () => {
    for (const step of [-1, 0.5, Number.NaN]) {
      expect(() => writer.scalar('a', step, 1)).toThrow(expect.objectContaining({ code: 'formats.step' }));
    }
    for (const [edges, counts] of [
      [
        [0, 1],
        [1, 2],
      ],
      [[1, 0], [1]],
      [[0], []],
    ]) {
      const run = () => writer.histogram('h', 0, { edges, counts });
      expect(run).toThrow(expect.objectContaining({ code: 'formats.histogram' }));
    }
  });

  test('file names', () => {
    expect(eventFileName(1700000000.9, 'my host/1')).toBe('events.out.tfevents.1700000000.my-host-1');
  });
});

describe('histogramOf', () => {
  test('counts into equal bins, the greatest value into the last', () => {
    const { edges, counts, sum, sumOfSquares } = histogramOf([0, 1, 2, 3, 4], 4);
    expect(Array.from(edges)).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(counts)).toEqual([1, 1, 1, 2]);
    expect([sum, sumOfSquares]).toEqual([10, 30]);
  });

  test('equal values, no values, values that are not finite', () => {
    const equal = histogramOf([3, 3, 3], 5);
    expect(Array.from(equal.counts).reduce((a, b) => a + b)).toBe(3);
    expect(equal.edges[0]).toBeLessThan(3);
    expect(equal.edges[5]).toBeGreaterThan(3);
    expect(histogramOf([0, 0]).edges[0]).toBeLessThan(0);
    expect(histogramOf([]).counts).toEqual([0]);
    expect(Array.from(histogramOf([Number.NaN, 1, Infinity, 2], 2).counts)).toEqual([1, 1]);
  });
});
