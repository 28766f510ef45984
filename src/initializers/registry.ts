import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { type BiasRule, type RuleEntry, ruleEntries } from './catalogue.ts';
import { constant } from './constant.ts';
import type { Initializer } from './initializer.ts';
import type { InitializerRule } from './initializer-rule.ts';
import { normal } from './normal.ts';
import { type RuleParameter, readParameters, splitCall } from './rule-parameters.ts';

/** Every rule takes `bias`: a number, `normal` for N(0, 1), or `same` for the weights' own rule. */
const biasNames = { normal: Number.NaN, same: Number.NaN } as const;

/**
 * The rule of a text such as `he-normal`, `normal(std=0.01)`, `constant(0.5)`, `glorot-uniform(bias=normal)`.
 *
 * @throws initializers.unknown_rule with the near names, initializers.unknown_parameter, initializers.bad_parameter
 */
export function parseRule(text: string): InitializerRule {
  const call = splitCall(text);
  const found = call === undefined ? undefined : findRule(call.name);
  if (call === undefined || found === undefined) {
    const names = ruleEntries.flatMap(({ name, aliases }) => [name, ...aliases]);
    throw new OutsetError('initializers.unknown_rule', {
      rule: text,
      near: nearestNames(call?.name ?? text, names),
      names: ruleEntries.map(({ name }) => name),
    });
  }
  const { values, canonical } = readParameters(found.name, call.parts, parametersOf(found));
  const weight = found.build(values);
  return { name: canonical, weight, bias: biasInitializer(values.bias as BiasRule, weight) };
}

/** All rules with their parameters, `bias` included. */
export function listRules(): RuleEntry[] {
  return ruleEntries.map((rule) => ({ ...rule, parameters: parametersOf(rule) }));
}

function findRule(name: string): RuleEntry | undefined {
  return ruleEntries.find((rule) => rule.name === name || rule.aliases.includes(name));
}

function parametersOf(rule: RuleEntry): Readonly<Record<string, RuleParameter>> {
  const bias = { kind: 'number', usual: rule.bias as number, range: {}, names: biasNames } as const;
  return { ...rule.parameters, bias };
}

function biasInitializer(rule: BiasRule, weight: Initializer): Initializer {
  if (rule === 'normal') return normal({ std: 1 });
  return rule === 'same' ? weight : constant(rule);
}
