/**
 * Nodes of operator sets 7 to 20 in the form of opset 21. What moved from attributes to inputs, and the few operators
 * whose meaning changed.
 */
import { OutsetError } from '../messages/error.ts';
import { allocate, elementCount, int64, type Tensor, tensor } from '../tensor/tensor.ts';
import { hasAttribute, intAttribute, intsAttribute, numberAttribute } from './attributes.ts';
import type { GraphBuilder } from './builder.ts';
import type { Attribute, GraphNode } from './graph.ts';

type Upgrade = (node: GraphNode, opset: number, builder: GraphBuilder) => GraphNode[];

/**
 * Rewrites one node; constants that it needs go into the builder.
 * @throws onnx.unsupported for forms without an equivalent
 */
export function upgradeNode(node: GraphNode, opset: number, builder: GraphBuilder): readonly GraphNode[] {
  const upgrade = upgrades.get(node.operator);
  return upgrade === undefined ? [node] : upgrade(node, opset, builder);
}

const axesToInput: Upgrade = (node, _opset, builder) => [intsToInput(node, 'axes', 1, builder)];

const upgrades: ReadonlyMap<string, Upgrade> = new Map<string, Upgrade>([
  ...[
    ...[
      'Squeeze',
      'Unsqueeze',
      'ReduceSum',
      'ReduceMean',
      'ReduceMax',
      'ReduceMin',
      'ReduceProd',
      'ReduceL1',
    ],
    ...['ReduceL2', 'ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp'],
  ].map((operator): [string, Upgrade] => [operator, axesToInput]),
  ['Split', upgradeSplit],
  ['Slice', upgradeSlice],
  ['Pad', upgradePad],
  ['Clip', upgradeClip],
  ['Dropout', upgradeDropout],
  ['TopK', (node, _opset, builder) => [numberToInput(node, 'k', 1, (k) => int64([1], [k]), builder)]],
  ['Scatter', (node) => [{ ...node, operator: 'ScatterElements' }]],
  ['Resize', upgradeResize],
  ['Softmax', upgradeSoftmax],
  ['LogSoftmax', upgradeSoftmax],
  ['Hardmax', upgradeSoftmax],
  ['BatchNormalization', upgradeBatchNormalization],
  ['GroupNormalization', upgradeGroupNormalization],
]);

function upgradeSplit(node: GraphNode, _opset: number, builder: GraphBuilder): GraphNode[] {
  const moved = intsToInput(node, 'split', 1, builder);
  if (moved.inputs.length > 1 || hasAttribute(moved, 'num_outputs')) return [moved];
  return [withAttribute(moved, 'num_outputs', { kind: 'int', value: node.outputs.length })];
}

function upgradeSlice(node: GraphNode, _opset: number, builder: GraphBuilder): GraphNode[] {
  const starts = intsToInput(node, 'starts', 1, builder);
  return [intsToInput(intsToInput(starts, 'ends', 2, builder), 'axes', 3, builder)];
}

function upgradePad(node: GraphNode, opset: number, builder: GraphBuilder): GraphNode[] {
  const moved = intsToInput(node, 'pads', 1, builder);
  if (opset >= 11) return [moved];
  return [numberToInput(moved, 'value', 2, (value) => scalarLike(node, value, builder), builder)];
}

function upgradeClip(node: GraphNode, opset: number, builder: GraphBuilder): GraphNode[] {
  if (opset >= 11) return [node];
  const bound = (value: number) => scalarLike(node, value, builder);
  return [numberToInput(numberToInput(node, 'min', 1, bound, builder), 'max', 2, bound, builder)];
}

function upgradeDropout(node: GraphNode, opset: number, builder: GraphBuilder): GraphNode[] {
  if (opset >= 12) return [node];
  return [numberToInput(node, 'ratio', 1, (ratio) => scalar('float32', ratio), builder)];
}

/** Until opset 10 the operands were X and scales, with positions counted from the corner and rounded down. */
function upgradeResize(node: GraphNode, opset: number): GraphNode[] {
  if (opset >= 11) return [node];
  const [x, scales] = node.inputs;
  const asymmetric = withAttribute(node, 'coordinate_transformation_mode', {
    kind: 'string',
    value: 'asymmetric',
  });
  const floored = withAttribute(asymmetric, 'nearest_mode', { kind: 'string', value: 'floor' });
  return [{ ...floored, inputs: [x, '', scales] }];
}

/** Until opset 12 all axes from `axis` (default 1) on were taken as one. */
function upgradeSoftmax(node: GraphNode, opset: number, builder: GraphBuilder): GraphNode[] {
  if (opset >= 13) return [node];
  const [input] = node.inputs;
  const { dims } = builder.type(input);
  const stated = intAttribute(node, 'axis', 1);
  const axis = stated < 0 ? stated + dims.length : stated;
  const last: Attribute = { kind: 'int', value: -1 };
  if (dims.slice(axis + 1).every((length) => length === 1) && axis < dims.length) {
    return [withAttribute(node, 'axis', { kind: 'int', value: axis })];
  }
  const flat = builder.fresh(`${node.name}.flat`);
  const result = builder.fresh(`${node.name}.result`);
  const base = { domain: '', attributes: {} };
  return [
    {
      ...base,
      name: flat,
      operator: 'Flatten',
      inputs: [input],
      outputs: [flat],
      attributes: { axis: { kind: 'int', value: axis } },
    },
    { ...withAttribute(node, 'axis', last), inputs: [flat], outputs: [result] },
    {
      ...base,
      name: result,
      operator: 'Reshape',
      inputs: [result, builder.constant(int64([dims.length], [...dims]))],
      outputs: node.outputs,
      attributes: { allowzero: { kind: 'int', value: elementCount(dims) === 0 ? 1 : 0 } },
    },
  ];
}

/** Before opset 14, more than one output meant training; `spatial = 0` normalized every position by itself. */
function upgradeBatchNormalization(node: GraphNode, opset: number): GraphNode[] {
  if (opset >= 14) return [node];
  if (node.outputs.length > 1) throw unsupported(node, `${node.outputs.length} outputs, opset ${opset}`);
  if (intAttribute(node, 'spatial', 1) !== 1) throw unsupported(node, 'spatial = 0');
  return [withoutAttribute(node, 'spatial')];
}

/** Until opset 20 scale and bias had one number a group. */
function upgradeGroupNormalization(node: GraphNode, opset: number, builder: GraphBuilder): GraphNode[] {
  if (opset >= 21) return [node];
  const channels = builder.dims(node.inputs[0])[1];
  const groups = intAttribute(node, 'num_groups');
  if (!(groups >= 1) || channels % groups !== 0) return [node];
  const nodes: GraphNode[] = [];
  const emit = (operator: string, input: string, dims: readonly number[]) => {
    const name = builder.fresh(`${node.name}.${operator.toLowerCase()}`);
    const inputs = [input, builder.constant(int64([dims.length], dims))];
    nodes.push({ name, operator, domain: '', inputs, outputs: [name], attributes: {} });
    return name;
  };
  const perChannel = (value: string) => {
    const column = emit('Reshape', value, [groups, 1]);
    return emit('Reshape', emit('Expand', column, [groups, channels / groups]), [channels]);
  };
  const [x, scale, bias] = node.inputs;
  const inputs = [x, perChannel(scale), perChannel(bias)];
  return [...nodes, { ...node, inputs }];
}

function intsToInput(node: GraphNode, attribute: string, at: number, builder: GraphBuilder): GraphNode {
  if (!hasAttribute(node, attribute)) return node;
  const values = intsAttribute(node, attribute);
  return moveToInput(node, attribute, at, int64([values.length], values), builder);
}

function numberToInput(
  node: GraphNode,
  attribute: string,
  at: number,
  make: (value: number) => Tensor,
  builder: GraphBuilder,
): GraphNode {
  if (!hasAttribute(node, attribute)) return node;
  return moveToInput(node, attribute, at, make(numberAttribute(node, attribute)), builder);
}

function moveToInput(
  node: GraphNode,
  attribute: string,
  at: number,
  value: Tensor,
  builder: GraphBuilder,
): GraphNode {
  if (node.inputs.length > at) throw unsupported(node, attribute);
  const inputs = [...node.inputs];
  while (inputs.length < at) inputs.push('');
  inputs.push(builder.constant(value, builder.fresh(`${node.outputs[0] ?? node.name}.${attribute}`)));
  return { ...withoutAttribute(node, attribute), inputs };
}

function scalarLike(node: GraphNode, value: number, builder: GraphBuilder): Tensor {
  return scalar(builder.type(node.inputs[0]).dtype === 'float64' ? 'float64' : 'float32', value);
}

function scalar(dtype: 'float32' | 'float64', value: number): Tensor {
  const data = allocate(dtype, 1);
  data[0] = value;
  return tensor(dtype, [], data);
}

function withAttribute(node: GraphNode, name: string, value: Attribute): GraphNode {
  return { ...node, attributes: { ...node.attributes, [name]: value } };
}

function withoutAttribute(node: GraphNode, name: string): GraphNode {
  const { [name]: _, ...attributes } = node.attributes;
  return { ...node, attributes };
}

function unsupported(node: GraphNode, feature: string) {
  return new OutsetError('onnx.unsupported', { node: node.name, operator: node.operator, feature });
}
