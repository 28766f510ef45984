import * as z from 'zod';
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { activationNames } from './activations.ts';
import { formatPath } from './plan.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

const whole = z.number().int().positive();
const name = z
  .string()
  .regex(/^[A-Za-z][\w-]*$/, 'a name of letters, digits, - and _ that begins with a letter')
  .optional();
const activation = z.enum(activationNames as [(typeof activationNames)[number]]);
const pair = z.union([whole, z.tuple([whole, whole])]);
const padding = z.number().int().min(0);

const poolFields = { name, size: whole.optional(), stride: whole.optional(), padding: padding.optional() };
const epsilon = z.number().positive().optional();

const layer: z.ZodType<LayerSpec> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('dense'),
      name,
      units: whole,
      activation: activation.optional(),
      bias: z.boolean().optional(),
    }),
    z.strictObject({
      type: z.literal('conv'),
      name,
      channels: whole,
      kernel: pair.optional(),
      stride: pair.optional(),
      padding: z.union([z.literal('same'), z.literal('valid'), padding]).optional(),
      dilation: whole.optional(),
      groups: whole.optional(),
      activation: activation.optional(),
      bias: z.boolean().optional(),
    }),
    z.strictObject({ type: z.literal('max-pool'), ...poolFields }),
    z.strictObject({ type: z.literal('average-pool'), ...poolFields }),
    z.strictObject({ type: z.literal('global-average-pool'), name }),
    z.strictObject({ type: z.literal('flatten'), name }),
    z.strictObject({ type: z.literal('activation'), name, activation }),
    z.strictObject({
      type: z.literal('batch-norm'),
      name,
      epsilon,
      momentum: z.number().min(0).max(1).optional(),
    }),
    z.strictObject({ type: z.literal('layer-norm'), name, epsilon }),
    z.strictObject({ type: z.literal('group-norm'), name, epsilon, groups: whole.optional() }),
    z.strictObject({ type: z.literal('dropout'), name, rate: z.number().min(0).lt(1) }),
    z.strictObject({
      type: z.literal('residual'),
      name,
      layers: z.array(layer).min(1),
      scale: z.union([z.number(), z.literal('learned')]).optional(),
    }),
  ]),
);

const network = z.strictObject({
  name: z.string().optional(),
  input: z.array(whole).min(1),
  layers: z.array(layer).min(1),
});

/** Every layer type and the options that it takes. */
const layerOptions: Readonly<Record<LayerSpec['type'], readonly string[]>> = {
  dense: ['type', 'name', 'units', 'activation', 'bias'],
  conv: [
    'type',
    'name',
    'channels',
    'kernel',
    'stride',
    'padding',
    'dilation',
    'groups',
    'activation',
    'bias',
  ],
  'max-pool': ['type', 'name', 'size', 'stride', 'padding'],
  'average-pool': ['type', 'name', 'size', 'stride', 'padding'],
  'global-average-pool': ['type', 'name'],
  flatten: ['type', 'name'],
  activation: ['type', 'name', 'activation'],
  'batch-norm': ['type', 'name', 'epsilon', 'momentum'],
  'layer-norm': ['type', 'name', 'epsilon'],
  'group-norm': ['type', 'name', 'epsilon', 'groups'],
  dropout: ['type', 'name', 'rate'],
  residual: ['type', 'name', 'layers', 'scale'],
};
const networkOptions = ['name', 'input', 'layers'];

/**
 * Checks that a value from outside (JSON) is a network spec: types, ranges, names of layers and activations. Whether
 * the shapes fit is for {@link createNetwork}.
 *
 * @throws network.invalid_spec, network.unknown_layer, network.unknown_activation, network.unknown_key, each with the
 * path of the entry
 */
export function parseNetworkSpec(value: unknown): NetworkSpec {
  const result = network.safeParse(value);
  if (result.success) return result.data;
  throw toError(value, deepest(result.error.issues[0]));
}

/** Of the alternatives of a union, the complaint that reaches deepest is the one that speaks of what was meant. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as z.core.$ZodIssue)
    .filter((one) => one.path.length > issue.path.length);
  return inner.length > 0 ? deepest(inner[0]) : issue;
}

function toError(value: unknown, issue: z.core.$ZodIssue): OutsetError {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const got = valueAt(value, path);
  const where = path.length === 0 ? 'top level' : formatPath(path);
  const last = path[path.length - 1];
  if (issue.code === 'unrecognized_keys') {
    const type = (got as { type?: unknown }).type;
    const known = path.length === 0 ? networkOptions : (layerOptions[type as LayerSpec['type']] ?? []);
    const key = issue.keys[0];
    return new OutsetError(
      'network.unknown_key',
      { where, key, near: nearestNames(key, known), known },
      { path: [...path, key] },
    );
  }
  if (last === 'type' && typeof got === 'string') {
    const known = Object.keys(layerOptions);
    return new OutsetError(
      'network.unknown_layer',
      { where, type: got, near: nearestNames(got, known), known },
      { path },
    );
  }
  if (last === 'activation' && typeof got === 'string') {
    return new OutsetError(
      'network.unknown_activation',
      { where, activation: got, near: nearestNames(got, activationNames), known: activationNames },
      { path },
    );
  }
  return new OutsetError(
    'network.invalid_spec',
    { where, expected: expectation(issue), got: describe(got) },
    { path },
  );
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'int' : issue.expected;
    case 'too_small':
      return issue.origin === 'array'
        ? `length >= ${issue.minimum}`
        : `${issue.inclusive ? '>=' : '>'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `length <= ${issue.maximum}`
        : `${issue.inclusive ? '<=' : '<'} ${issue.maximum}`;
    case 'invalid_format':
      return issue.pattern ?? issue.format;
    case 'invalid_value':
      return issue.values.map((one) => JSON.stringify(one)).join(' | ');
    case 'invalid_union':
      return typeof issue.path[issue.path.length - 1] === 'number'
        ? '{ "type": ... }'
        : unionExpectation(issue.path[issue.path.length - 1]);
    default:
      return issue.message;
  }
}

function unionExpectation(key: PropertyKey | undefined): string {
  if (key === 'padding') return '"same" | "valid" | int >= 0';
  if (key === 'type') return Object.keys(layerOptions).join(' | ');
  return 'int >= 1 | [int >= 1, int >= 1]';
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const part of path) here = (here as Record<string | number, unknown> | undefined)?.[part];
  return here;
}

function describe(value: unknown): string {
  if (value === undefined) return '-';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
