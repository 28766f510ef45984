/** The layers of a Keras or TensorFlow.js model with what each takes, in an order in which they can be computed. */
import { topologicalOrder } from '../../../onnx/topological-order.ts';

export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
}

export interface KerasModel {
  readonly layers: readonly KerasLayer[];
  /** Name of the layer whose output is the model's first. */
  readonly output: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Undefined for what is neither a Sequential nor a functional model, or is used in several places. */
export function kerasLayers(configuration: unknown): KerasModel | undefined {
  const root = recordOf(recordOf(configuration)?.model_config) ?? recordOf(configuration);
  const className = root?.class_name;
  const config = recordOf(root?.config);
  const list = Array.isArray(root?.config) ? root.config : config?.layers;
  if (!Array.isArray(list) || list.length === 0 || list.length > 100_000) return undefined;
  const entries = list.flatMap((one): { json: Json; name: string; className: string; config: Json }[] => {
    const json = recordOf(one);
    const own = recordOf(json?.config);
    const name = own?.name ?? json?.name;
    if (json === undefined || own === undefined || typeof json.class_name !== 'string') return [];
    return typeof name === 'string' ? [{ json, name, className: json.class_name, config: own }] : [];
  });
  if (entries.length !== list.length || new Set(entries.map(({ name }) => name)).size !== list.length)
    return undefined;
  if (className === 'Sequential') {
    const first = entries[0];
    const shape = first.config.batch_input_shape ?? first.config.batch_shape;
    const input =
      first.className === 'InputLayer'
        ? undefined
        : { name: 'input', className: 'InputLayer', config: { batch_shape: shape }, inputs: [] };
    const layers = entries.map(({ name, className: type, config: own }, i): KerasLayer => {
      const before = i > 0 ? entries[i - 1].name : input?.name;
      return { name, className: type, config: own, inputs: before === undefined ? [] : [before] };
    });
    return {
      layers: [...(input === undefined ? [] : [input]), ...layers],
      output: entries[entries.length - 1].name,
    };
  }
  const output = firstName(config?.output_layers);
  const layers = entries.map(({ json, name, className: type, config: own }): KerasLayer | undefined => {
    const nodes = Array.isArray(json.inbound_nodes) ? json.inbound_nodes : [];
    if (nodes.length > 1) return undefined;
    return { name, className: type, config: own, inputs: nodes.length === 0 ? [] : historyOf(nodes[0]) };
  });
  const known = layers.filter((one) => one !== undefined);
  if (known.length !== layers.length || output === undefined) return undefined;
  const at = new Map(known.map(({ name }, i) => [name, i]));
  if (!at.has(output) || known.some(({ inputs }) => inputs.some((input) => !at.has(input)))) return undefined;
  const sorted = topologicalOrder(known.map(({ inputs }) => inputs.map((input) => at.get(input) as number)));
  return 'stuck' in sorted ? undefined : { layers: sorted.order.map((i) => known[i]), output };
}

/** Names of the layers that an inbound node takes: Keras 3 holds tensors with their history, Keras 2 lists. */
function historyOf(node: unknown, depth = 0): string[] {
  if (depth > 16) return [];
  if (Array.isArray(node)) {
    if (typeof node[0] === 'string' && typeof node[1] === 'number') return [node[0]];
    return node.flatMap((one) => historyOf(one, depth + 1));
  }
  const record = recordOf(node);
  if (record === undefined) return [];
  if (record.class_name === '__keras_tensor__') {
    const history = recordOf(record.config)?.keras_history;
    return Array.isArray(history) && typeof history[0] === 'string' ? [history[0]] : [];
  }
  return 'args' in record ? historyOf(record.args, depth + 1) : [];
}

function firstName(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? firstName(value[0]) : undefined;
}

function recordOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
