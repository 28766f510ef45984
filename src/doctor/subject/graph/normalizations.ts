/** Normalizations of a graph: single operators, and mean, deviation and quotient written out. */
import type { GraphNode } from '../../../onnx/graph.ts';
import type { GraphIndex } from './graph-index.ts';
import type { WeightSource } from './weight-sources.ts';
import { isVector } from './weight-sources.ts';

export interface Normalization {
  /** What is normalized. */
  readonly input: string;
  /** The result, scaled and shifted. */
  readonly output: string;
  /** Positions of the nodes between. */
  readonly nodes: ReadonlySet<number>;
  /** Learned factors and offsets. */
  readonly scale: string | undefined;
  readonly shift: string | undefined;
}

const operators: ReadonlySet<string> = new Set([
  'BatchNormalization',
  'LayerNormalization',
  'InstanceNormalization',
  'GroupNormalization',
  'LpNormalization',
  'RMSNormalization',
  'SimplifiedLayerNormalization',
]);

/** Every normalization, by the value that it takes. */
export function findNormalizations(
  index: GraphIndex,
  sources: ReadonlyMap<string, WeightSource>,
): Map<string, Normalization> {
  const found = new Map<string, Normalization>();
  for (const [position, node] of index.graph.nodes.entries()) {
    const one = operators.has(node.operator)
      ? whole(node, position, sources)
      : written(node, position, index);
    if (one !== undefined) found.set(one.input, withAffine(one, index, sources));
  }
  return found;
}

function whole(node: GraphNode, position: number, sources: ReadonlyMap<string, WeightSource>): Normalization {
  const parameter = (operand: number) => sources.get(node.inputs[operand] ?? '')?.parameter;
  return {
    input: node.inputs[0],
    output: node.outputs[0],
    nodes: new Set([position]),
    scale: parameter(1),
    shift: parameter(2),
  };
}

/** a / sqrt(mean(a²) + epsilon), where a is x, or x less its mean. */
function written(node: GraphNode, position: number, index: GraphIndex): Normalization | undefined {
  if (node.operator !== 'Div' && node.operator !== 'Mul') return undefined;
  const nodes = new Set([position]);
  const step = (value: string, operator: string): GraphNode | undefined => {
    const maker = index.maker(value);
    if (maker?.operator !== operator) return undefined;
    nodes.add(index.makerPosition(value));
    return maker;
  };
  for (const numerator of node.operator === 'Div' ? [0] : [0, 1]) {
    const top = node.inputs[numerator];
    let bottom = node.inputs[1 - numerator];
    if (node.operator === 'Mul') {
      const inverse = step(bottom, 'Reciprocal') ?? step(bottom, 'Div');
      if (inverse === undefined) continue;
      bottom = inverse.operator === 'Div' ? inverse.inputs[1] : inverse.inputs[0];
    }
    const root = step(bottom, 'Sqrt');
    const sum = root === undefined ? undefined : step(root.inputs[0], 'Add');
    const mean = (sum?.inputs ?? [])
      .map((value) => step(value, 'ReduceMean'))
      .find((one) => one !== undefined);
    const square =
      mean === undefined ? undefined : (step(mean.inputs[0], 'Pow') ?? step(mean.inputs[0], 'Mul'));
    if (square === undefined || !sameValue(square.inputs[0], top, index)) continue;
    if (square.operator === 'Mul' && square.inputs[1] !== square.inputs[0]) continue;
    if (square.operator === 'Pow' && index.scalar(square.inputs[1]) !== 2) continue;
    const difference = step(top, 'Sub');
    const average = difference === undefined ? undefined : step(difference.inputs[1], 'ReduceMean');
    const centred = average !== undefined && average.inputs[0] === difference?.inputs[0];
    const input = centred ? average.inputs[0] : top;
    // Whatever was only looked at on the way is no part of it.
    for (const one of nodes) if (!centred && index.node(one) === difference) nodes.delete(one);
    if (index.makerPosition(square.inputs[0]) >= 0 && centred)
      nodes.add(index.makerPosition(square.inputs[0]));
    return { input, output: node.outputs[0], nodes, scale: undefined, shift: undefined };
  }
  return undefined;
}

/** PyTorch writes the difference once for the square and once for the quotient. */
function sameValue(a: string, b: string, index: GraphIndex): boolean {
  if (a === b) return true;
  const [first, second] = [index.maker(a), index.maker(b)];
  return (
    first?.operator === 'Sub' &&
    second?.operator === 'Sub' &&
    first.inputs.join('\0') === second.inputs.join('\0')
  );
}

/** A factor and an offset behind it that are stored, one for each unit, belong to it. */
function withAffine(
  found: Normalization,
  index: GraphIndex,
  sources: ReadonlyMap<string, WeightSource>,
): Normalization {
  let { output, scale, shift } = found;
  const nodes = new Set(found.nodes);
  for (let step = 0; step < 4; step++) {
    const reader = index.onlyReader(output);
    if (reader === undefined) break;
    const node = index.node(reader.position);
    if (node.operator === 'Reshape' && reader.operand === 0) {
      // A group normalization that is written with groups as instances comes back to its shape; its own factors are ones.
      if (output !== found.output || index.maker(output)?.operator !== 'InstanceNormalization') break;
      scale = undefined;
      shift = undefined;
    } else {
      const vector = sources.get(node.inputs[1 - reader.operand] ?? '');
      if (vector === undefined || !isVector(vector)) break;
      if (node.operator === 'Mul' && shift === undefined) scale = vector.parameter;
      else if (node.operator === 'Add') shift = vector.parameter;
      else break;
    }
    nodes.add(reader.position);
    output = node.outputs[0];
    if (node.operator === 'Add') break;
  }
  return { ...found, output, nodes, scale, shift };
}
