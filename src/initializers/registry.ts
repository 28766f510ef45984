import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import type { BiasRule, RuleEntry } from './catalogue/entry.ts';
import { ruleEntries } from './catalogue/index.ts';
import { constant } from './constant.ts';
import type { Initializer } from './initializer.ts';
import type { InitializerRule } from './initializer-rule.ts';
import { normal } from './normal.ts';
import { type RuleParameter, readParameters, splitCall } from './rule-parameters.ts';

/**
 * Every rule takes `bias`: a number, `normal` for N(0, 1), or `same` for the weights' own rule. Rules that draw biases
 * together with the weights do it for `own`.
 */
const biasNames = { normal: Number.NaN, same: Number.NaN } as const;
const biasNamesWithOwn = { own: Number.NaN, ...biasNames } as const;

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
  const own = values.bias === 'own' ? found.buildBias?.(values) : undefined;
  const bias = own ?? biasInitializer(values.bias as Exclude<BiasRule, 'own'>, weight);
  const rule = { name: canonical, weight, bias };
  return found.buildModel === undefined ? rule : { ...rule, model: found.buildModel(values) };
}

/** All rules with their parameters, `bias` included. */
export function listRules(): RuleEntry[] {
  return ruleEntries.map((rule) => ({ ...rule, parameters: parametersOf(rule) }));
}

function findRule(name: string): RuleEntry | undefined {
  const wanted = plainName(name);
  return ruleEntries.find((rule) => [rule.name, ...rule.aliases].some((one) => plainName(one) === wanted));
}

/** Names in the spelling of any framework are one: `xavier_uniform_`, `XavierUniform`, `xavier-uniform`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

function parametersOf(rule: RuleEntry): Readonly<Record<string, RuleParameter>> {
  const names = rule.bias === 'own' ? biasNamesWithOwn : biasNames;
  const bias = { kind: 'number', usual: rule.bias, range: {}, names } as const;
  return { ...rule.parameters, bias };
}

function biasInitializer(rule: Exclude<BiasRule, 'own'>, weight: Initializer): Initializer {
  if (rule === 'normal') return normal({ std: 1 });
  return rule === 'same' ? weight : constant(rule);
}
