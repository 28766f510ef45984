/** Weights that are stored as whole numbers of a scale, as the real numbers that they stand for. */
import { create } from '@bufbuild/protobuf';
import { intAttribute } from '../../../onnx/attributes.ts';
import {
  type GraphProto,
  type NodeProto,
  type TensorProto,
  TensorProtoSchema,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';
import { readTensor } from '../../../onnx/read-tensor.ts';
import { elementCount, type Tensor } from '../../../tensor/tensor.ts';

/**
 * Replaces every DequantizeLinear of constants by its result, in place: a float32 initializer with the name of the node's
 * output. Scales for the whole tensor or along one axis; nodes in other forms stay.
 * @throws onnx.bad_tensor_data, onnx.bad_dims for damaged constants
 */
export function realWeights(graph: GraphProto): void {
  const constants = new Map<string, TensorProto>();
  for (const tensor of graph.initializer) constants.set(tensor.name ?? '', tensor);
  for (const { opType, attribute, output } of graph.node) {
    const held = opType === 'Constant' ? attribute.find(({ t }) => t !== undefined)?.t : undefined;
    if (held !== undefined) constants.set(output[0] ?? '', held);
  }
  graph.node = graph.node.filter((node) => {
    if (node.opType !== 'DequantizeLinear' || (node.domain ?? '') !== '') return true;
    const real = dequantized(node, constants);
    if (real !== undefined) graph.initializer.push(real);
    return real === undefined;
  });
}

function dequantized(node: NodeProto, constants: ReadonlyMap<string, TensorProto>): TensorProto | undefined {
  const operands = node.input.filter((name) => name !== '').map((name) => constants.get(name));
  const name = node.output[0] ?? '';
  if (operands.length < 2 || operands.some((one) => one === undefined) || name === '') return undefined;
  const [stored, scale, zero] = operands.map((one) => readTensor(one as TensorProto, name));
  const attributes = Object.fromEntries(
    node.attribute.map(({ name: key = '', i }) => [key, { kind: 'int' as const, value: Number(i) }]),
  );
  const axis = intAttribute(
    { name, operator: 'DequantizeLinear', domain: '', inputs: [], outputs: [], attributes },
    'axis',
    1,
  );
  const step = stepOf(stored, scale, axis);
  if (step === undefined || (zero !== undefined && zero.data.length !== scale.data.length)) return undefined;
  const values = Float32Array.from({ length: stored.data.length }, (_, i) => {
    const at = Math.floor(i / step) % scale.data.length;
    return (Number(stored.data[i]) - Number(zero?.data[at] ?? 0)) * Number(scale.data[at]);
  });
  return create(TensorProtoSchema, {
    name,
    dataType: 1,
    dims: stored.dims.map(BigInt),
    rawData: new Uint8Array(values.buffer),
  });
}

/** Neighbouring elements that share a scale; undefined for scales of blocks. */
function stepOf(stored: Tensor, scale: Tensor, axis: number): number | undefined {
  if (scale.data.length === 1) return Math.max(1, stored.data.length);
  const at = axis < 0 ? axis + stored.dims.length : axis;
  if (scale.dims.length !== 1 || stored.dims[at] !== scale.data.length) return undefined;
  return Math.max(1, elementCount(stored.dims.slice(at + 1)));
}
