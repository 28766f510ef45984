/**
 * A model file as its author wrote it, for those who only want its weights: every operator, version, symbolic axis and
 * unknown field stays, and initializers can be given other values. (`decodeModel` turns a file into a graph to run.)
 */

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { OutsetError } from '../messages/error.ts';
import type { DataType, Dims } from '../tensor/tensor.ts';
import { dataTypeOfCode } from './data-types.ts';
import { type InitializerUse, initializerUses } from './initializer-uses.ts';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
} from './protobuf/onnx_pb.generated.ts';
import { readTensor } from './read-tensor.ts';

/** Element type of an initializer; undefined for those that are never weights (text, complex, 8-bit floats). */
export type InitializerType = DataType | 'float16' | 'bfloat16' | undefined;

/** Bytes of an initializer that lie in a file beside the model. */
export interface ExternalData {
  /** Path relative to the model's folder. Nobody vouches for it. */
  readonly location: string;
  readonly offset: number;
  /** Undefined: as many as the shape asks for. */
  readonly length: number | undefined;
}

export interface ModelInitializer {
  readonly name: string;
  readonly type: InitializerType;
  readonly dims: Dims;
  readonly external: ExternalData | undefined;
  readonly uses: readonly InitializerUse[];
}

export interface OnnxModelFile {
  /** In the order in which nodes first take them, which is that of the layers; unused ones last. */
  readonly initializers: readonly ModelInitializer[];
  /** The bytes of an initializer that lies in the file itself, little-endian. */
  data(name: string): Uint8Array;
  /**
   * The file with other values.
   * @param values bytes by name, each as long as before; initializers outside the file that are named come inside
   * @throws onnx.model_too_large
   */
  encode(values: ReadonlyMap<string, Uint8Array>): Uint8Array;
}

const recursionLimit = 64;
const mostBytes = 2 ** 31 - 1;

/**
 * Opens an .onnx file that nobody vouches for.
 * @throws onnx.unreadable, onnx.bad_dims, onnx.bad_tensor_data, onnx.duplicate_value; never anything else
 */
export function openModelFile(bytes: Uint8Array): OnnxModelFile {
  const model = parse(bytes);
  const graph = model.graph;
  if (graph === undefined) throw new OutsetError('onnx.unreadable', { reason: 'no graph' });
  const protos = new Map<string, TensorProto>();
  for (const proto of graph.initializer) {
    const name = proto.name ?? '';
    if (protos.has(name))
      throw new OutsetError('onnx.duplicate_value', { value: name, graph: graph.name ?? '' });
    protos.set(name, proto);
  }
  const uses = initializerUses(graph, new Set(protos.keys()));
  const used = [...uses.keys()];
  const order = [...used, ...[...protos.keys()].filter((name) => !uses.has(name))];
  const initializers = order.map((name) =>
    describe(name, protos.get(name) as TensorProto, uses.get(name) ?? []),
  );
  return {
    initializers,
    data: (name) => {
      const proto = protos.get(name) as TensorProto;
      return proto.rawData !== undefined && proto.rawData.length > 0
        ? proto.rawData
        : listedBytes(proto, name);
    },
    encode: (values) => encode(model, graph, values),
  };
}

function parse(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes, { recursionLimit });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutsetError('onnx.unreadable', { reason }, { cause });
  }
}

const halfTypes: Readonly<Record<number, InitializerType>> = { 10: 'float16', 16: 'bfloat16' };
/** Bytes of one element. */
export const elementWidths: Readonly<Record<string, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
};

function describe(name: string, proto: TensorProto, uses: readonly InitializerUse[]): ModelInitializer {
  const code = proto.dataType ?? 0;
  const type = halfTypes[code] ?? dataTypeOfCode(code);
  const dims = proto.dims.map(Number);
  let count = 1;
  for (const length of dims) {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new OutsetError('onnx.bad_dims', { value: name, dims: dims.slice(0, 64) });
    }
    count *= length;
  }
  if (!Number.isSafeInteger(count * 8) || dims.length > 64) {
    throw new OutsetError('onnx.bad_dims', { value: name, dims: dims.slice(0, 64) });
  }
  const external = externalData(proto, name);
  if (type !== undefined) {
    const expected = count * elementWidths[type];
    const wrong = (got: number) =>
      new OutsetError('onnx.bad_tensor_data', { value: name, expected: `${expected} B`, got: `${got} B` });
    if (external !== undefined) {
      if (external.length !== undefined && external.length !== expected) throw wrong(external.length);
    } else if (proto.rawData !== undefined && proto.rawData.length > 0) {
      if (proto.rawData.length !== expected) throw wrong(proto.rawData.length);
    } else {
      const listed = listedCount(proto, type);
      if (listed !== count) throw wrong(listed * elementWidths[type]);
    }
  }
  return { name, type, dims, external, uses };
}

function externalData(proto: TensorProto, name: string): ExternalData | undefined {
  if (proto.dataLocation !== TensorProto_DataLocation.EXTERNAL && proto.externalData.length === 0)
    return undefined;
  const fields = new Map(proto.externalData.map(({ key, value }) => [key ?? '', value ?? '']));
  const whole = (key: string): number | undefined => {
    const text = fields.get(key);
    if (text === undefined) return undefined;
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    throw new OutsetError('onnx.bad_tensor_data', { value: name, expected: key, got: text.slice(0, 40) });
  };
  const location = fields.get('location') ?? '';
  return { location, offset: whole('offset') ?? 0, length: whole('length') };
}

function listedCount(proto: TensorProto, type: NonNullable<InitializerType>): number {
  if (type === 'float32') return proto.floatData.length;
  if (type === 'float64') return proto.doubleData.length;
  if (type === 'int64') return proto.int64Data.length;
  if (type === 'uint64' || type === 'uint32') return proto.uint64Data.length;
  return proto.int32Data.length;
}

function listedBytes(proto: TensorProto, name: string): Uint8Array {
  if (halfTypes[proto.dataType ?? 0] !== undefined) {
    return new Uint8Array(Uint16Array.from(proto.int32Data).buffer);
  }
  const { data } = readTensor(proto, name);
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
}

function encode(model: ModelProto, graph: GraphProto, values: ReadonlyMap<string, Uint8Array>): Uint8Array {
  let total = 0;
  const initializer = graph.initializer.map((proto) => {
    const value = values.get(proto.name ?? '');
    total += value?.length ?? proto.rawData?.length ?? 0;
    if (value === undefined) return proto;
    return {
      ...proto,
      rawData: value,
      externalData: [],
      ...(proto.dataLocation === TensorProto_DataLocation.EXTERNAL
        ? { dataLocation: TensorProto_DataLocation.DEFAULT }
        : {}),
      floatData: [],
      doubleData: [],
      int32Data: [],
      int64Data: [],
      uint64Data: [],
    };
  });
  if (total > mostBytes) throw new OutsetError('onnx.model_too_large', { bytes: total, most: mostBytes });
  return toBinary(ModelProtoSchema, { ...model, graph: { ...graph, initializer } as GraphProto });
}
