/** New values of a model's parameters, one after the other, as bytes in the element type of the file. */

import { encodeStored, type StoredType, storedByteLength } from '../formats/stored-tensor.ts';
import type { ParameterShape } from '../initializers/initializer.ts';
import type { InitializerRule } from '../initializers/initializer-rule.ts';
import { OutsetError } from '../messages/error.ts';
import type { Stream } from '../random/stream.ts';
import { elementCount, type Tensor, tensor } from '../tensor/tensor.ts';
import type { Architecture, ModelParameter } from './model.ts';
import type { ParameterPlan } from './rules.ts';
import type { WeightDialect } from './weight-dialect.ts';

/** New values: the name of a parameter, and its bytes, little-endian, in the element type of the file. */
export type NewValue = readonly [name: string, bytes: Uint8Array];

/**
 * Values by rule. Each parameter draws from `stream.child(name)`; with a sequential dialect the order of the plan
 * decides.
 * @throws models.not_finite, and what rules throw
 */
export function* drawByRules(plan: readonly ParameterPlan[], stream: Stream): Generator<NewValue> {
  const together = new Map<InitializerRule, Map<string, Tensor<'float32'>>>();
  for (const { parameter, rule, initializer, modelRule } of plan) {
    if (modelRule?.model !== undefined) {
      const drawn = together.get(modelRule) ?? modelRule.model.draw(stream, shapesOf(plan, modelRule));
      together.set(modelRule, drawn);
      yield [parameter.name, encode(parameter, drawn.get(parameter.name) as Tensor<'float32'>, rule)];
    } else if (initializer !== undefined) {
      yield [
        parameter.name,
        encode(parameter, initializer(stream.child(parameter.name), parameter.shape), rule),
      ];
    } else if (rule !== 'keep' && parameter.fixed !== undefined) {
      yield [parameter.name, fixedBytes(parameter, parameter.fixed)];
    }
  }
}

function shapesOf(plan: readonly ParameterPlan[], rule: InitializerRule): ParameterShape[] {
  return plan.filter(({ modelRule }) => modelRule === rule).map(({ parameter }) => parameter.shape);
}

/**
 * Values as a framework draws them; statistics at their fixed start.
 * @throws models.dialect_layer, models.unknown_layout, models.not_finite
 */
export function* drawLike(
  dialect: WeightDialect,
  architecture: Architecture,
  seed: number | bigint,
  where = 'model',
): Generator<NewValue> {
  if (architecture.unknown.length > 0) {
    const tensors = architecture.unknown.map(({ name, dims }) => ({ name, dims: [...dims] }));
    throw new OutsetError('models.unknown_layout', { where, tensors });
  }
  const parameters = architecture.layers.flatMap((layer) => layer.parameters);
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  for (const [name, values] of dialect.draw(architecture.layers, seed)) {
    const parameter = byName.get(name) as ModelParameter;
    yield [name, encode(parameter, values, dialect.name)];
  }
  for (const parameter of parameters) {
    if (parameter.fixed !== undefined) yield [parameter.name, fixedBytes(parameter, parameter.fixed)];
  }
}

/** The bytes of drawn values. @throws models.not_finite, also where half precision cannot hold a value */
function encode(parameter: ModelParameter, values: Tensor<'float32'>, rule: string): Uint8Array {
  const largest = parameter.type === 'float16' ? 65519 : Number.POSITIVE_INFINITY;
  const { data } = values;
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i]) < largest))
      throw new OutsetError('models.not_finite', { rule, parameter: parameter.name });
  }
  return encodeStored(values, parameter.type);
}

function fixedBytes(parameter: ModelParameter, value: number): Uint8Array {
  const { type, dims } = parameter;
  if (value === 0) return new Uint8Array(storedByteLength({ type, dims }));
  const floats: readonly StoredType[] = ['float32', 'float64', 'float16', 'bfloat16'];
  if (!floats.includes(type)) return new Uint8Array(storedByteLength({ type, dims }));
  return encodeStored(tensor('float32', dims, new Float32Array(elementCount(dims)).fill(value)), type);
}
