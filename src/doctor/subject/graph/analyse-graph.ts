/** What the doctor wants to know of a graph: its layers in the order of the signal, its parameters, its blocks. */
import { constantOperators, vjpRules } from '../../../autodiff/registry.ts';
import type { ParameterShape } from '../../../initializers/initializer.ts';
import { splitName } from '../../../models/detect/by-names.ts';
import { embeddingParameter } from '../../../models/parameter-view.ts';
import type { BlockInfo } from '../../../network/network.ts';
import { valuesRead } from '../../../onnx/captured.ts';
import type { Graph, GraphNode } from '../../../onnx/graph.ts';
import { pruneGraph } from '../../../onnx/prune.ts';
import type { SubjectLayer } from '../../subject.ts';
import { followSignal } from './follow-signal.ts';
import { GraphIndex } from './graph-index.ts';
import { findNormalizations, type Normalization } from './normalizations.ts';
import { normalizedBefore } from './normalized-layers.ts';
import { findProducts, type Product } from './products.ts';
import { residualBlocks } from './residual-blocks.ts';
import { isVector, type WeightSource, weightSources } from './weight-sources.ts';

export interface GraphAnalysis {
  readonly layers: readonly SubjectLayer[];
  readonly blocks: readonly BlockInfo[];
  readonly parameterShapes: readonly ParameterShape[];
  /** Values before a softmax or logistic function at the end. */
  readonly logits: string;
  readonly head: 'softmax' | 'sigmoid' | 'linear';
  readonly withoutGradient: readonly string[];
  /** Entries of the tables that inputs of whole numbers select from, by input. */
  readonly categories: ReadonlyMap<string, number>;
}

/**
 * @param output the model's output; everything that it does not need is left out of account
 * @param stored values that may be parameters: float32 initializers, or inputs that stand for weights
 * @param nameOf a layer's name, if the file says more than names of nodes and weights do
 */
export function analyseGraph(
  whole: Graph,
  output: string,
  stored: ReadonlySet<string>,
  nameOf?: (weight: string) => string | undefined,
): GraphAnalysis {
  const graph = pruneGraph(whole, [output]);
  const index = new GraphIndex(graph);
  const kept = new Set([...stored].filter((name) => graph.types.has(name)));
  const sources = weightSources(index, kept);
  const products = findProducts(index, sources);
  const normalizations = findNormalizations(index, sources);
  const isNormalized = normalizedBefore(index, products, normalizations);
  const { logits, head } = headOf(index, output);
  const names = new Set<string>();
  const parameters = new ParameterList();
  const lastProduct = products.findLast(
    ({ isLinear, node }) => isLinear || node.outputs.some((output) => index.isOutput(output)),
  );
  const layers: SubjectLayer[] = [];
  for (const [at, product] of products.entries()) {
    const followed = followSignal(product, index, sources, normalizations);
    const last = product === lastProduct;
    const bias = parameters.bias(followed.bias, product.weight, index);
    parameters.add(product.weight);
    if (bias !== undefined) parameters.add(bias);
    const isHead = last && followed.output === output && head !== 'linear';
    layers.push({
      name: uniqueName(nameOf?.(product.weight.name) ?? layerName(product, followed.bias), names),
      depth: at + 1,
      type: isProjection(index, followed.preActivation, product) ? 'attention' : product.type,
      weight: product.weight,
      ...(bias === undefined ? {} : { bias }),
      ...(product.isLinear ? { preActivation: followed.preActivation } : {}),
      output: isHead ? followed.preActivation : followed.output,
      activation: isHead ? 'linear' : followed.activation,
      unitAxis: isHead ? product.unitAxis : followed.unitAxis,
      normalized: isNormalized(followed.preActivation),
      last,
    });
  }
  addOthers(index, sources, normalizations, parameters);
  const named = products.map(({ position, type }, i) => ({ name: layers[i].name, position, type }));
  return {
    layers,
    blocks: residualBlocks(
      index,
      named,
      sources,
      parameters.shapes.map(({ name }) => name),
    ),
    parameterShapes: parameters.shapes,
    logits,
    head,
    withoutGradient: withoutGradient(index, new Set(parameters.shapes.map(({ name }) => name)), logits),
    categories: categoriesOf(index, sources),
  };
}

/** Parameters in the order in which the signal meets them, each once. */
class ParameterList {
  readonly shapes: ParameterShape[] = [];
  readonly #names = new Set<string>();

  add(shape: ParameterShape): void {
    if (this.#names.has(shape.name)) return;
    this.#names.add(shape.name);
    this.shapes.push(shape);
  }

  bias(name: string | undefined, weight: ParameterShape, index: GraphIndex): ParameterShape | undefined {
    if (name === undefined) return undefined;
    const { fanIn, fanOut } = weight;
    return { name, role: 'bias', dims: index.dims(name), fanIn, fanOut };
  }

  plain(name: string | undefined, role: 'scale' | 'shift', index: GraphIndex): void {
    if (name !== undefined) this.add({ name, role, dims: index.dims(name), fanIn: 0, fanOut: 0 });
  }
}

/** Scales and shifts of normalizations, factors, tables of positions, slopes. */
function addOthers(
  index: GraphIndex,
  sources: ReadonlyMap<string, WeightSource>,
  normalizations: ReadonlyMap<string, Normalization>,
  parameters: ParameterList,
): void {
  for (const { scale, shift } of normalizations.values()) {
    parameters.plain(scale, 'scale', index);
    parameters.plain(shift, 'shift', index);
  }
  for (const node of index.graph.nodes) {
    for (const [operand, input] of node.inputs.entries()) {
      const source = sources.get(input);
      if (source === undefined || sources.has(node.outputs[0] ?? '')) continue;
      const { parameter: name, storedDims } = source;
      if (node.operator === 'PRelu' && operand === 1) parameters.plain(name, 'shift', index);
      if (node.operator !== 'Add' && node.operator !== 'Mul') continue;
      const elements = storedDims.reduce((a, b) => a * b, 1);
      const isTable = node.operator === 'Add' && !isVector(source) && /pos|emb|token/i.test(name);
      if (isTable) {
        const table = embeddingParameter({ name, type: 'float32', dims: storedDims }, name);
        if (table !== undefined) parameters.add(table.shape);
      } else if (isVector(source) && (elements > 1 || !isAnonymous(name))) {
        parameters.plain(name, node.operator === 'Mul' ? 'scale' : 'shift', index);
      }
    }
  }
}

/** The values before a function that ends in probabilities. */
function headOf(index: GraphIndex, output: string): Pick<GraphAnalysis, 'logits' | 'head'> {
  let value = output;
  for (let step = 0; step < 8; step++) {
    const maker = index.maker(value);
    if (maker === undefined) break;
    if (maker.operator === 'Softmax' || maker.operator === 'LogSoftmax') {
      return { logits: maker.inputs[0], head: 'softmax' };
    }
    if (maker.operator === 'Sigmoid') return { logits: maker.inputs[0], head: 'sigmoid' };
    if (!['Identity', 'Cast', 'Reshape', 'Squeeze', 'Unsqueeze', 'Transpose'].includes(maker.operator)) break;
    [value] = maker.inputs;
  }
  return { logits: output, head: 'linear' };
}

/** Query, key and value: what is multiplied with another signal after moves and factors alone. */
function isProjection(index: GraphIndex, value: string, product: Product): boolean {
  if (product.type !== 'dense') return false;
  const moves = new Set([
    ...[
      'Reshape',
      'Transpose',
      'Split',
      'Slice',
      'Gather',
      'Squeeze',
      'Unsqueeze',
      'Identity',
      'Cast',
      'Mul',
    ],
    'Div',
  ]);
  let front = [value];
  for (let step = 0; step < 10 && front.length > 0 && front.length < 64; step++) {
    const next: string[] = [];
    for (const one of front) {
      for (const { position, operand } of index.readers(one)) {
        const node = index.node(position);
        if (node.operator === 'MatMul') {
          const other = node.inputs[1 - operand];
          if (index.maker(other) !== undefined && index.dims(other).length >= 3) return true;
        }
        const isNumber =
          (node.operator !== 'Mul' && node.operator !== 'Div') || index.scalar(node.inputs[1]) !== undefined;
        if (moves.has(node.operator) && operand === 0 && isNumber) next.push(...node.outputs);
      }
    }
    front = next;
  }
  return false;
}

function withoutGradient(index: GraphIndex, parameters: ReadonlySet<string>, logits: string): string[] {
  const active = new Set(parameters);
  const reached: GraphNode[] = [];
  for (const node of index.graph.nodes) {
    if (constantOperators.has(node.operator)) continue;
    if (![...valuesRead(node)].some((value) => active.has(value))) continue;
    reached.push(node);
    for (const output of node.outputs) {
      const dtype = index.graph.types.get(output)?.dtype;
      if (dtype === 'float32' || dtype === 'float64') active.add(output);
    }
  }
  const needed = new Set([logits]);
  const missing = new Set<string>();
  for (const node of reached.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const value of valuesRead(node)) needed.add(value);
    if (!Object.hasOwn(vjpRules, node.operator)) missing.add(node.operator);
  }
  return [...missing];
}

function categoriesOf(index: GraphIndex, sources: ReadonlyMap<string, WeightSource>): Map<string, number> {
  const found = new Map<string, number>();
  for (const node of index.graph.nodes) {
    if (node.operator !== 'Gather') continue;
    const [table, indices] = node.inputs;
    let value = indices;
    for (let step = 0; step < 8; step++) {
      const maker = index.maker(value);
      if (
        maker === undefined ||
        !['Cast', 'Identity', 'Reshape', 'Transpose', 'Unsqueeze', 'Squeeze'].includes(maker.operator)
      )
        break;
      [value] = maker.inputs;
    }
    const isInput = index.graph.inputs.some(({ name }) => name === value);
    if (!isInput || (!sources.has(table) && index.constant(table) === undefined)) continue;
    found.set(value, Math.min(index.dims(table)[0] ?? 2, found.get(value) ?? Number.POSITIVE_INFINITY));
  }
  return found;
}

/** Names that exporters make up for values: `onnx::MatMul_12`, `/fc/Constant_output_0`, `const_fold_opt__7`. */
function isAnonymous(name: string): boolean {
  return /^onnx::|^\d+$|^val_\d+$|_output_\d+$|const_fold|^_v_|__\d+$|^[A-Z]\w*_\d+$/.test(name);
}

/** The layer part of the weight's name, or of the node's: `/encoder/fc1/MatMul` is of `encoder.fc1`. */
function layerName({ weight, node }: Product, bias: string | undefined): string {
  const own = splitName(weight.name).layer;
  if (own !== '' && !isAnonymous(weight.name)) return own;
  const path = node.name.split('/').filter((part) => part !== '');
  if (path.length > 1) return path.slice(0, -1).join('.');
  const ofBias = bias === undefined || isAnonymous(bias) ? '' : splitName(bias).layer;
  return ofBias !== '' ? ofBias : isAnonymous(weight.name) ? node.name : weight.name;
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted} (${i})`;
  taken.add(name);
  return name;
}
