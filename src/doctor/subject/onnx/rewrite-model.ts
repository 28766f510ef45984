/** A model file with other values of its weights, in the precision in which they were stored. */
import { toBinary } from '@bufbuild/protobuf';
import { encodeStored } from '../../../formats/stored-tensor.ts';
import { OutsetError } from '../../../messages/error.ts';
import {
  type GraphProto,
  ModelProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';
import { parseModel } from '../../../onnx/read.ts';
import { elementCount, type Tensor } from '../../../tensor/tensor.ts';

const precisions: Readonly<Record<number, 'float32' | 'float64' | 'float16' | 'bfloat16'>> = {
  1: 'float32',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};

/**
 * Initializers and Constant nodes of these names get these values, wherever they are; the rest of the file stays.
 * @param external bytes of initializers that lay outside the file; they come inside
 * @throws doctor.unknown_parameter, doctor.parameter_size
 */
export function rewriteModel(
  bytes: Uint8Array,
  values: ReadonlyMap<string, Tensor<'float32'>>,
  external: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const model = parseModel(bytes);
  const tensors = new Map<string, TensorProto | undefined>();
  if (model.graph !== undefined) collect(model.graph, tensors, 0);
  for (const [name, raw] of external) replace(tensors.get(name), raw);
  for (const [name, value] of values) {
    const tensor = tensors.get(name);
    const precision = precisions[tensor?.dataType ?? 0];
    if (tensor === undefined || precision === undefined)
      throw new OutsetError('doctor.unknown_parameter', { name });
    const expected = elementCount(tensor.dims.map(Number));
    if (value.data.length !== expected) {
      throw new OutsetError('doctor.parameter_size', { name, expected, got: value.data.length });
    }
    replace(tensor, encodeStored(value, precision));
  }
  return toBinary(ModelProtoSchema, model);
}

/** Graphs nest at most so deep. */
const deepest = 64;

/** Tensors by name, those within branches too; undefined for names that several tensors have. */
function collect(graph: GraphProto, tensors: Map<string, TensorProto | undefined>, depth: number): void {
  const add = (name: string, tensor: TensorProto) =>
    tensors.set(name, tensors.has(name) ? undefined : tensor);
  for (const tensor of graph.initializer) add(tensor.name ?? '', tensor);
  for (const { opType, attribute, output } of graph.node) {
    for (const { t, g } of attribute) {
      if (t !== undefined && opType === 'Constant') add(output[0] ?? '', t);
      if (g !== undefined && depth < deepest) collect(g, tensors, depth + 1);
    }
  }
}

function replace(tensor: TensorProto | undefined, raw: Uint8Array): void {
  if (tensor === undefined) return;
  tensor.rawData = raw;
  tensor.floatData = [];
  tensor.doubleData = [];
  tensor.int32Data = [];
  tensor.externalData = [];
  tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
}
