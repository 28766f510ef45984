/**
 * Event files for TensorBoard: one Event message a record. Only what a race needs is written, scalars and histograms,
 * in the forms that every reader since TensorFlow 1 understands (`simple_value` and `HistogramProto`; TensorBoard
 * itself turns them into its newer tensor form).
 *
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/summary.proto
 */

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { OutsetError } from '../messages/error.ts';
import { frameRecord } from './tfrecord.ts';

/** A histogram as counts between edges. */
export interface HistogramData {
  /** Increasing edges of the bins, one more than there are counts. */
  readonly edges: ArrayLike<number>;
  /** How many values lie in each bin. */
  readonly counts: ArrayLike<number>;
  /** Sum of the values; from the bins' middles when absent. */
  readonly sum?: number;
  /** Sum of the squared values; from the bins' middles when absent. */
  readonly sumOfSquares?: number;
}

/**
 * Makes the bytes of an event file, piece by piece: append every returned chunk to the file in the order of the calls.
 * It keeps no file open and no history, so a resumed run goes on in a new file of the same folder.
 *
 * @example
 * const writer = new TensorBoardWriter();
 * chunks.push(writer.header(), writer.scalar('train/cost', 0, 2.303));
 */
export class TensorBoardWriter {
  readonly #now: () => number;

  /** @param now wall time in seconds since 1970, for tests and reproducible files */
  constructor(now: () => number = () => Date.now() / 1000) {
    this.#now = now;
  }

  /** The first record of every file: the version of the format. */
  header(): Uint8Array {
    return frameRecord(
      this.#event((event) => event.tag(3, WireType.LengthDelimited).string('brain.Event:2')),
    );
  }

  /** One point of a curve. Not-a-number and infinity are written as they are; TensorBoard marks them. */
  scalar(tag: string, step: number, value: number): Uint8Array {
    return this.#summary(tag, step, (summary) => summary.tag(2, WireType.Bit32).float(value));
  }

  /** One slice of a histogram over steps. */
  histogram(tag: string, step: number, histogram: HistogramData): Uint8Array {
    checkHistogram(tag, histogram);
    return this.#summary(tag, step, (summary) =>
      summary.tag(5, WireType.LengthDelimited).bytes(histogramMessage(histogram)),
    );
  }

  #event(fill: (event: BinaryWriter) => void): Uint8Array {
    const event = new BinaryWriter();
    event.tag(1, WireType.Bit64).double(this.#now());
    fill(event);
    return event.finish();
  }

  #summary(tag: string, step: number, fill: (value: BinaryWriter) => void): Uint8Array {
    if (!Number.isSafeInteger(step) || step < 0) throw new OutsetError('formats.step', { tag, step });
    const value = new BinaryWriter();
    value.tag(1, WireType.LengthDelimited).string(tag);
    fill(value);
    const summary = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(value.finish()).finish();
    return frameRecord(
      this.#event((event) => {
        event.tag(2, WireType.Varint).int64(step);
        event.tag(5, WireType.LengthDelimited).bytes(summary);
      }),
    );
  }
}

/** The name that TensorBoard looks for: `events.out.tfevents.<whole seconds>.<host>`. */
export function eventFileName(seconds: number, host: string): string {
  const plainHost = host.replace(/[^A-Za-z0-9._-]/g, '-') || 'host';
  return `events.out.tfevents.${String(Math.floor(seconds)).padStart(10, '0')}.${plainHost}`;
}

/** Counts values in equal bins between their least and greatest; values that are not finite are left out. */
export function histogramOf(values: ArrayLike<number>, bins = 30): HistogramData {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    sum += value;
    sumOfSquares += value * value;
  }
  if (low > high) return { edges: [0, 0], counts: [0], sum: 0, sumOfSquares: 0 };
  // Equal values get one bin around them: a bin without width has no height to draw.
  if (low === high) {
    const reach = Math.abs(low) * 1e-6 || 1e-6;
    low -= reach;
    high += reach;
  }
  const counts = new Float64Array(bins);
  const scale = bins / (high - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value - low) * scale))]++;
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i / scale));
  return { edges, counts, sum, sumOfSquares };
}

function checkHistogram(tag: string, { edges, counts }: HistogramData): void {
  let valid = edges.length === counts.length + 1 && counts.length > 0;
  for (let i = 1; valid && i < edges.length; i++) valid = edges[i] >= edges[i - 1];
  if (!valid) throw new OutsetError('formats.histogram', { tag, edges: edges.length, counts: counts.length });
}

function histogramMessage({ edges, counts, sum, sumOfSquares }: HistogramData): Uint8Array {
  let total = 0;
  let middleSum = 0;
  let middleSquares = 0;
  for (let i = 0; i < counts.length; i++) {
    const middle = (edges[i] + edges[i + 1]) / 2;
    total += counts[i];
    middleSum += counts[i] * middle;
    middleSquares += counts[i] * middle * middle;
  }
  const message = new BinaryWriter();
  message.tag(1, WireType.Bit64).double(edges[0]);
  message.tag(2, WireType.Bit64).double(edges[counts.length]);
  message.tag(3, WireType.Bit64).double(total);
  message.tag(4, WireType.Bit64).double(sum ?? middleSum);
  message.tag(5, WireType.Bit64).double(sumOfSquares ?? middleSquares);
  const limits = new BinaryWriter();
  const buckets = new BinaryWriter();
  for (let i = 0; i < counts.length; i++) {
    limits.double(edges[i + 1]);
    buckets.double(counts[i]);
  }
  message.tag(6, WireType.LengthDelimited).bytes(limits.finish());
  message.tag(7, WireType.LengthDelimited).bytes(buckets.finish());
  return message.finish();
}
