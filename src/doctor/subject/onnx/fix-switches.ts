/** Inputs that are no data but choose what the model does: a sampling rate, a flag, a temperature. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { OutsetError } from '../../../messages/error.ts';
import {
  type GraphProto,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
} from '../../../onnx/protobuf/onnx_pb.generated.ts';

/** What a tensor of one number holds, by ONNX's number of its element type. */
const holders: Readonly<Record<number, (value: number) => MessageInitShape<typeof TensorProtoSchema>>> = {
  1: (value) => ({ floatData: [value] }),
  6: (value) => ({ int32Data: [value] }),
  7: (value) => ({ int64Data: [BigInt(value)] }),
  9: (value) => ({ int32Data: [value === 0 ? 0 : 1] }),
};

/** Graphs nest at most so deep. */
const deepest = 64;

/**
 * Turns inputs of a single number into constants, in place. The value is the one given, else the first that the graph
 * compares the input with, else 1. A list of one whole number counts as one where other inputs leave their batch open.
 * @throws doctor.switch_value for a given value that the input cannot hold
 */
export function fixSwitches(graph: GraphProto, given: Readonly<Record<string, number>>): void {
  const constants = new Set(graph.initializer.map(({ name }) => name));
  const data = graph.input.filter(({ name }) => !constants.has(name));
  const openBatch = data.some(
    (input) => lengthsOf(input)?.[0] === undefined && (lengthsOf(input)?.length ?? 0) > 0,
  );
  const switches = data.filter((input) => isSwitch(input, openBatch));
  // A model needs an input.
  if (switches.length === 0 || switches.length === data.length) return;
  const compared = comparisons(graph);
  for (const input of switches) {
    const name = input.name ?? '';
    const type = elementCode(input);
    const value = given[name] ?? compared.get(name) ?? 1;
    if (!holds(type, value)) throw new OutsetError('doctor.switch_value', { input: name, got: value });
    const dims = (lengthsOf(input) ?? []).map(() => 1n);
    graph.initializer.push(
      create(TensorProtoSchema, { name, dataType: type, dims, ...holders[type](value) }),
    );
  }
  const gone = new Set(switches);
  graph.input = graph.input.filter((input) => !gone.has(input));
}

function holds(type: number, value: number): boolean {
  if (type === 1) return Number.isFinite(value);
  return Number.isSafeInteger(value) && (type !== 6 || value === (value | 0));
}

function isSwitch(input: ValueInfoProto, openBatch: boolean): boolean {
  const type = elementCode(input);
  const lengths = lengthsOf(input);
  if (holders[type] === undefined || lengths === undefined) return false;
  return lengths.length === 0 || (openBatch && type !== 1 && lengths.length === 1 && lengths[0] === 1);
}

function elementCode({ type }: ValueInfoProto): number {
  return type?.value.case === 'tensorType' ? (type.value.value.elemType ?? 0) : 0;
}

/** Lengths of the axes, undefined for open ones; undefined where the model does not say how many there are. */
function lengthsOf({ type }: ValueInfoProto): (number | undefined)[] | undefined {
  if (type?.value.case !== 'tensorType') return undefined;
  return type.value.value.shape?.dim.map(({ value }) =>
    value.case === 'dimValue' ? Number(value.value) : undefined,
  );
}

/** The first constant that each value is compared with. */
function comparisons(graph: GraphProto): Map<string, number> {
  const numbers = new Map<string, number>();
  const found = new Map<string, number>();
  const walk = ({ initializer, node }: GraphProto, depth: number): void => {
    for (const tensor of initializer) note(tensor.name ?? '', tensor);
    for (const { opType, input, output, attribute } of node) {
      for (const { t, g } of attribute) {
        if (t !== undefined && opType === 'Constant') note(output[0] ?? '', t);
        if (g !== undefined && depth < deepest) walk(g, depth + 1);
      }
      if (opType !== 'Equal') continue;
      for (const [one, other] of [input, input.toReversed()]) {
        const number = numbers.get(other);
        if (number !== undefined && holds(6, number) && !found.has(one)) found.set(one, number);
      }
    }
  };
  const note = (name: string, tensor: TensorProto) => {
    const number = onlyNumber(tensor);
    if (number !== undefined) numbers.set(name, number);
  };
  walk(graph, 0);
  return found;
}

function onlyNumber({ dataType, dims, rawData, int32Data, int64Data }: TensorProto): number | undefined {
  if (dims.some((length) => length !== 1n)) return undefined;
  const listed = dataType === 7 ? int64Data[0] : dataType === 6 ? int32Data[0] : undefined;
  if (listed !== undefined) return Number(listed);
  if (rawData === undefined || (dataType !== 7 && dataType !== 6)) return undefined;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  if (rawData.byteLength !== (dataType === 7 ? 8 : 4)) return undefined;
  return dataType === 7 ? Number(view.getBigInt64(0, true)) : view.getInt32(0, true);
}
