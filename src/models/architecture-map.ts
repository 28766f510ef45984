/**
 * What a file does not tell about its weights, as a person writes it down in a small JSON file:
 *
 * ```json
 * {
 *   "parameters": {
 *     "block*.proj": { "axes": ["in", "out"] },
 *     "stem.weight": { "axes": ["out", "in", "kernel", "kernel"], "groups": 4, "strides": [2, 2] },
 *     "table": { "kind": "embedding" },
 *     "temperature": { "keep": true }
 *   },
 *   "activations": { "block*": "gelu" },
 *   "order": ["stem", "block*", "head"]
 * }
 * ```
 *
 * Names may hold `*`. `order` lists layers in the order in which the model defines them; layers that match none follow.
 */

import { type StoredTensor, storedFloatTypes } from '../formats/stored-tensor.ts';
import {
  type ActivationFunctionName,
  activationFunctionNames,
} from '../initializers/activation-functions.ts';
import { OutsetError } from '../messages/error.ts';
import type { MapExpectation } from '../messages/issues/models.ts';
import { splitName } from './detect/by-names.ts';
import { matches } from './glob.ts';
import {
  type Architecture,
  type LayerKind,
  layerKinds,
  type ModelLayer,
  type ModelParameter,
} from './model.ts';
import { type Axis, embeddingParameter, plainParameter, weightParameter } from './parameter-view.ts';

const roles = ['weight', 'bias', 'scale', 'shift'] as const;

/** What is said of one parameter (or of all that match a name with `*`). */
export interface MappedParameter {
  readonly kind?: LayerKind;
  readonly role?: (typeof roles)[number];
  readonly axes?: readonly Axis[];
  readonly groups?: number;
  readonly strides?: readonly number[];
  readonly transposed?: boolean;
  readonly keep?: boolean;
}

export interface ArchitectureMap {
  readonly parameters: Readonly<Record<string, MappedParameter>>;
  readonly activations: Readonly<Record<string, ActivationFunctionName>>;
  readonly order: readonly string[];
}

/**
 * Checks a map.
 * @throws models.map with the place, what was expected there and what was got
 */
export function parseArchitectureMap(value: unknown, where = 'map'): ArchitectureMap {
  const fail = (path: string, expected: MapExpectation, got: unknown): never => {
    const text = JSON.stringify(got) ?? 'nothing';
    throw new OutsetError('models.map', { where, path, expected, got: text.slice(0, 60) });
  };
  const object = (path: string, one: unknown): Record<string, unknown> =>
    isObject(one) ? one : fail(path, 'object', one);
  const known = (path: string, one: Record<string, unknown>, names: readonly string[]) => {
    for (const key of Object.keys(one))
      if (!names.includes(key)) fail(`${path}.${key}`, 'known_key', names.join(', '));
  };
  const root = object('', value);
  known('', root, ['parameters', 'activations', 'order']);
  const parameters: Record<string, MappedParameter> = {};
  for (const [name, raw] of Object.entries(object('parameters', root.parameters ?? {}))) {
    const path = `parameters.${name}`;
    const one = object(path, raw);
    known(path, one, ['kind', 'role', 'axes', 'groups', 'strides', 'transposed', 'keep']);
    const { kind, role, axes, groups, strides, transposed, keep } = one;
    if (kind !== undefined && !isOneOf(kind, layerKinds)) fail(`${path}.kind`, 'kind', kind);
    if (role !== undefined && !isOneOf(role, roles)) fail(`${path}.role`, 'role', role);
    const axisList =
      Array.isArray(axes) && axes.every((axis) => isOneOf(axis, ['in', 'out', 'kernel'] as const));
    if (axes !== undefined && !axisList) fail(`${path}.axes`, 'axes', axes);
    if (groups !== undefined && !isCount(groups)) fail(`${path}.groups`, 'count', groups);
    if (strides !== undefined && !(Array.isArray(strides) && strides.every(isCount))) {
      fail(`${path}.strides`, 'counts', strides);
    }
    for (const [key, flag] of Object.entries({ transposed, keep })) {
      if (flag !== undefined && typeof flag !== 'boolean') fail(`${path}.${key}`, 'boolean', flag);
    }
    parameters[name] = one as MappedParameter;
  }
  const activations = object('activations', root.activations ?? {});
  for (const [name, activation] of Object.entries(activations)) {
    if (!isOneOf(activation, activationFunctionNames)) fail(`activations.${name}`, 'activation', activation);
  }
  const order = root.order ?? [];
  if (!Array.isArray(order) || order.some((name) => typeof name !== 'string')) fail('order', 'names', order);
  return {
    parameters,
    activations: activations as Record<string, ActivationFunctionName>,
    order: order as string[],
  };
}

/**
 * An architecture with what a map adds or corrects.
 * @throws models.map_no_match for a name that nothing has, models.map_axes for axes that do not fit the shape
 */
export function applyArchitectureMap(found: Architecture, map: ArchitectureMap): Architecture {
  const everything: StoredTensor[] = [
    ...found.layers.flatMap(({ parameters }) => parameters),
    ...found.unknown,
    ...found.kept,
  ];
  const mapped = new Map<string, MappedParameter>();
  for (const [pattern, entry] of Object.entries(map.parameters)) {
    const names = everything.map(({ name }) => name).filter((name) => matches(pattern, name));
    if (names.length === 0) throw new OutsetError('models.map_no_match', { pattern });
    for (const name of names) mapped.set(name, { ...mapped.get(name), ...entry });
  }
  const kept = [...found.kept.filter(({ name }) => !mapped.has(name))];
  const unknown = found.unknown.filter(({ name }) => !mapped.has(name));
  const layers: ModelLayer[] = [];
  for (const layer of found.layers) {
    const parameters = layer.parameters.flatMap((one) => {
      const entry = mapped.get(one.name);
      if (entry === undefined) return [one];
      if (entry.keep === true) kept.push(one);
      return entry.keep === true ? [] : [parameterOf(one, one.variable, entry)];
    });
    const kind = layer.parameters.map(({ name }) => mapped.get(name)?.kind).find((one) => one !== undefined);
    if (parameters.length > 0) layers.push({ ...layer, kind: kind ?? layer.kind, parameters });
  }
  for (const stored of [...found.unknown, ...found.kept]) {
    const entry = mapped.get(stored.name);
    if (entry === undefined) continue;
    if (entry.keep === true) {
      kept.push(stored);
      continue;
    }
    const { layer, variable } = splitName(stored.name);
    const parameter = parameterOf(stored, variable, entry);
    const name = layer === '' ? stored.name : layer;
    const at = layers.findIndex((one) => one.name === name);
    if (at >= 0) layers[at] = { ...layers[at], parameters: [...layers[at].parameters, parameter] };
    else layers.push({ name, kind: entry.kind ?? kindOf(parameter), parameters: [parameter] });
  }
  return {
    layers: withActivations(inOrder(layers, map.order), map.activations),
    kept: kept.map(({ name, type, dims }) => ({ name, type, dims })),
    unknown,
    orderKnown: found.orderKnown || map.order.length > 0,
  };
}

function parameterOf(stored: StoredTensor, variable: string, entry: MappedParameter): ModelParameter {
  const { name, type, dims } = stored;
  const plain: StoredTensor = { name, type, dims };
  const role = entry.role ?? 'weight';
  if (!storedFloatTypes.includes(type))
    throw new OutsetError('models.map_axes', { name, dims: [...dims], axes: type });
  if (role !== 'weight') return plainParameter(plain, variable, role);
  const axes = entry.axes ?? [];
  const found =
    entry.kind === 'embedding' && entry.axes === undefined
      ? embeddingParameter(plain, variable)
      : weightParameter(plain, variable, {
          axes,
          groups: entry.groups,
          strides: entry.strides,
          transposed: entry.transposed ?? entry.kind === 'conv-transpose',
        });
  if (found === undefined) {
    throw new OutsetError('models.map_axes', { name, dims: [...dims], axes: axes.join(', ') });
  }
  return found;
}

function kindOf({ shape }: ModelParameter): LayerKind {
  if (shape.role !== 'weight') return 'norm';
  if ((shape.layout?.kernelAxes.length ?? 0) === 0) return 'dense';
  return shape.layout?.transposed === true ? 'conv-transpose' : 'conv';
}

function inOrder(layers: readonly ModelLayer[], order: readonly string[]): ModelLayer[] {
  const rank = ({ name }: ModelLayer) => {
    const at = order.findIndex((pattern) => matches(pattern, name));
    return at < 0 ? order.length : at;
  };
  return [...layers].sort((a, b) => rank(a) - rank(b));
}

function withActivations(
  layers: readonly ModelLayer[],
  activations: ArchitectureMap['activations'],
): ModelLayer[] {
  return layers.map((layer) => {
    const found = Object.entries(activations).findLast(([pattern]) => matches(pattern, layer.name));
    return found === undefined ? layer : { ...layer, activation: found[1] };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf<Name extends string>(value: unknown, names: readonly Name[]): value is Name {
  return (names as readonly unknown[]).includes(value);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}
