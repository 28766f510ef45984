/**
 * Asks TensorBoard's own reader what is in a folder of event files. The reader is the data server inside the Python
 * wheel `tensorboard-data-server` (`bin/server`), spoken to in gRPC, which is protobuf over HTTP/2.
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/data/proto/data_provider.proto
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export interface ScalarCurve {
  readonly run: string;
  readonly tag: string;
  readonly steps: number[];
  readonly wallTimes: number[];
  readonly values: number[];
}

export interface HistogramSlices {
  readonly run: string;
  readonly tag: string;
  readonly steps: number[];
  /** One list per step of left edge, right edge, count for each bin. */
  readonly slices: number[][];
}

/** Runs the server on a folder, with every checksum verified, and reads all scalars and histograms. */
export async function readWithTensorBoard(
  binary: string,
  folder: string,
): Promise<{ scalars: ScalarCurve[]; histograms: HistogramSlices[] }> {
  const scratch = mkdtempSync(join(tmpdir(), 'outset-tensorboard-'));
  const portFile = join(scratch, 'port');
  const flags = [
    '--logdir',
    folder,
    '--port',
    '0',
    '--port-file',
    portFile,
    '--reload',
    'once',
    '--checksum',
  ];
  const server = spawn(binary, [...flags, '--host', '127.0.0.1'], { stdio: ['ignore', 'ignore', 'inherit'] });
  let session: ClientHttp2Session | undefined;
  try {
    const port = await waitFor(() => existsSync(portFile) && readFileSync(portFile, 'utf8').trim());
    session = connect(`http://127.0.0.1:${port}`);
    // The server answers while it is still loading: wait until two answers agree.
    let before = '';
    for (;;) {
      const scalars = (await callReader(session, 'ReadScalars', 'scalars')).map(scalarCurve);
      const histograms = (await callReader(session, 'ReadTensors', 'histograms')).map(histogramSlices);
      const now = JSON.stringify([scalars, histograms]);
      if (now === before && scalars.length > 0) return { scalars, histograms };
      before = now;
      await sleep(200);
    }
  } finally {
    session?.close();
    server.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Series {
  run: string;
  tag: string;
  data: Uint8Array;
}

/** ReadScalars and ReadTensors have the same shape: run entries of tag entries of data. */
async function callReader(session: ClientHttp2Session, method: string, plugin: string): Promise<Series[]> {
  const filter = new BinaryWriter().tag(1, WireType.LengthDelimited).string(plugin).finish();
  const downsample = new BinaryWriter().tag(1, WireType.Varint).int64(1_000_000).finish();
  const request = new BinaryWriter();
  request.tag(1, WireType.LengthDelimited).string('all');
  request.tag(2, WireType.LengthDelimited).bytes(filter);
  request.tag(4, WireType.LengthDelimited).bytes(downsample);
  const series: Series[] = [];
  for (const run of fields(await call(session, method, request.finish()), 1)) {
    const [name] = fields(run, 1);
    for (const tag of fields(run, 2)) {
      const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
      series.push({ run: text(name), tag: text(fields(tag, 1)[0]), data: fields(tag, 2)[0] });
    }
  }
  return series;
}

function scalarCurve({ run, tag, data }: Series): ScalarCurve {
  const steps = packedInts(data, 1);
  const [packed] = fields(data, 3);
  // The values are floats up to version 0.7 of the server and doubles later.
  const values = packed.length === 4 * steps.length ? floats(packed) : doubles(packed);
  return { run, tag, steps, wallTimes: packedDoubles(data, 2), values };
}

function histogramSlices({ run, tag, data }: Series): HistogramSlices {
  // TensorProto: dtype DT_DOUBLE, shape [bins, 3], tensor_content (field 4) or double_val (field 6).
  const slices = fields(data, 3).map((proto) => {
    const [content] = fields(proto, 4);
    return content === undefined ? packedDoubles(proto, 6) : doubles(content);
  });
  return { run, tag, steps: packedInts(data, 1), slices };
}

async function call(session: ClientHttp2Session, method: string, message: Uint8Array): Promise<Uint8Array> {
  const stream = session.request({
    ':method': 'POST',
    ':path': `/tensorboard.data.TensorBoardDataProvider/${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let status: unknown;
  stream.on('trailers', (trailers) => {
    status = trailers['grpc-status'];
  });
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  stream.end(frame);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (status !== undefined && status !== '0') throw new Error(`${method}: gRPC status ${status}`);
  const answer = Buffer.concat(chunks);
  return answer.subarray(5, 5 + answer.readUInt32BE(1));
}

/** Every length-delimited value of a field. */
function fields(message: Uint8Array, field: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number === field && wireType === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(wireType, number);
  }
  return found;
}

function packedInts(message: Uint8Array, field: number): number[] {
  return fields(message, field).flatMap((packed) => {
    const reader = new BinaryReader(packed);
    const values: number[] = [];
    while (reader.pos < reader.len) values.push(Number(reader.int64()));
    return values;
  });
}

function packedDoubles(message: Uint8Array, field: number): number[] {
  return fields(message, field).flatMap(doubles);
}

function doubles(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

function floats(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

async function waitFor<Value>(poll: () => Value | false | ''): Promise<Value> {
  for (let tries = 0; tries < 200; tries++) {
    const value = poll();
    if (value) return value;
    await sleep(50);
  }
  throw new Error('the TensorBoard server did not start within 10 seconds');
}
