/** Which rule each parameter of a model gets. */

import { storedFloatTypes } from '../formats/stored-tensor.ts';
import {
  type ActivationFunctionName,
  activationFunctionNames,
  checkActivationName,
} from '../initializers/activation-functions.ts';
import { forwardGain } from '../initializers/gain.ts';
import type { Initializer, ParameterRole } from '../initializers/initializer.ts';
import { type InitializerRule, initializerFor } from '../initializers/initializer-rule.ts';
import { listRules, parseRule, plainName } from '../initializers/registry.ts';
import { splitCall } from '../initializers/rule-parameters.ts';
import { OutsetError } from '../messages/error.ts';
import { nearestNames } from '../messages/nearest.ts';
import { matches } from './glob.ts';
import type { Architecture, ModelLayer, ModelParameter } from './model.ts';

/** A rule, and the names that it is for; without a pattern, for all that no pattern names. */
export interface RuleChoice {
  readonly pattern?: string;
  /** Text of the rule, or `keep` to leave values as they are. */
  readonly rule: string;
}

/** What happens to one parameter. */
export interface ParameterPlan {
  readonly layer: ModelLayer;
  readonly parameter: ModelParameter;
  /** Text of the rule in full; `keep`, or `constant(1)` for what has a fixed start. */
  readonly rule: string;
  /** For a rule that treats parameters one by one; absent for `keep` and fixed starts. */
  readonly initializer?: Initializer;
  /** For a rule that looks at the whole model: it draws all parameters of this plan that share it together. */
  readonly modelRule?: InitializerRule;
}

/** `he-normal(slope=0.2)` is a rule for all, `conv*=orthogonal` one for names that match. */
export function parseRuleChoice(text: string): RuleChoice {
  const equals = text.indexOf('=');
  const bracket = text.indexOf('(');
  if (equals < 0 || (bracket >= 0 && bracket < equals)) return { rule: text.trim() };
  return { pattern: text.slice(0, equals).trim(), rule: text.slice(equals + 1).trim() };
}

/**
 * The plan of a model: for each parameter the last matching choice, otherwise the last one without a pattern,
 * otherwise its own values. A rule gives weights, biases, scales and shifts what each gets under it; a pattern that
 * matches no weight at all, such as `*bias=constant(0.1)`, gives its matches the rule itself.
 *
 * @param activation the nonlinearity between the layers, or `auto` for the one that the file names after each layer:
 *   sets the gain of rules that take one and were not given one
 * @throws models.rule_no_match, models.unknown_layout for a weight whose axes are not known, and what rules throw
 */
export function planByRules(
  architecture: Architecture,
  choices: readonly RuleChoice[],
  activation?: string,
  where = 'model',
): ParameterPlan[] {
  const entries = architecture.layers.flatMap((layer) =>
    layer.parameters.map((parameter) => ({ layer, parameter })),
  );
  const { unknown, kept } = architecture;
  const names = [...entries.map(({ parameter }) => parameter), ...unknown, ...kept].map(({ name }) => name);
  for (const { pattern, rule } of choices) {
    if (rule !== 'keep') parseRule(rule);
    if (pattern !== undefined && !names.some((name) => matches(pattern, name))) {
      throw new OutsetError('models.rule_no_match', { pattern, near: nearestNames(pattern, names) });
    }
  }
  const reaches = new Map(choices.map((choice) => [choice, reachOf(choice, architecture)]));
  const unclear = unknown.filter(({ name }) => (choiceFor(name, choices)?.rule ?? 'keep') !== 'keep');
  if (unclear.length > 0) {
    const tensors = unclear.map(({ name, dims }) => ({ name, dims: [...dims] }));
    throw new OutsetError('models.unknown_layout', { where, tensors });
  }
  const parsed = new Map<string, InitializerRule>();
  return entries.map(({ layer, parameter }): ParameterPlan => {
    const choice = choiceFor(parameter.name, choices);
    if (choice === undefined || choice.rule === 'keep') return { layer, parameter, rule: 'keep' };
    const { shape, fixed, type } = parameter;
    const reach = reaches.get(choice);
    if (fixed !== undefined && (reach !== 'fixed' || !storedFloatTypes.includes(type))) {
      return { layer, parameter, rule: `constant(${fixed})` };
    }
    const text = withGain(choice.rule, activationOf(layer, activation));
    const rule = parsed.get(text) ?? parseRule(text);
    parsed.set(text, rule);
    if (reach !== 'weights') return { layer, parameter, rule: rule.name, initializer: rule.weight };
    if (rule.model !== undefined) return { layer, parameter, rule: rule.name, modelRule: rule };
    return { layer, parameter, rule: nameFor(rule, shape.role), initializer: initializerFor(rule, shape) };
  });
}

/** The last choice whose pattern matches, otherwise the last one without a pattern. */
function choiceFor(name: string, choices: readonly RuleChoice[]): RuleChoice | undefined {
  return (
    choices.findLast(({ pattern }) => pattern !== undefined && matches(pattern, name)) ??
    choices.findLast(({ pattern }) => pattern === undefined)
  );
}

/**
 * What the matches of a choice are: some weights; no weights; or nothing but what has a fixed start. In the latter two
 * cases the rule is meant for the matches themselves, and not for the weights that they belong to.
 */
function reachOf({ pattern }: RuleChoice, { layers }: Architecture): 'weights' | 'others' | 'fixed' {
  if (pattern === undefined) return 'weights';
  const matched = layers.flatMap(({ parameters }) => parameters).filter(({ name }) => matches(pattern, name));
  if (matched.some(({ shape }) => shape.role === 'weight')) return 'weights';
  return matched.some(({ fixed }) => fixed === undefined) ? 'others' : 'fixed';
}

function nameFor(rule: InitializerRule, role: ParameterRole): string {
  if (role === 'weight') return rule.name;
  if (role === 'bias') return `${rule.name}: bias`;
  return role === 'scale' ? 'ones' : 'zeros';
}

function activationOf(layer: ModelLayer, activation: string | undefined): ActivationFunctionName | undefined {
  const name = activation === 'auto' ? (layer.activation ?? 'linear') : activation;
  if (name === undefined) return undefined;
  checkActivationName('--activation', name, activationFunctionNames);
  return name;
}

/**
 * A rule with an activation: as its `activation`, or its gain as `gain`, as the `slope` of He's rules, as the `scale` of variance
 * scaling. A rule that has none of these, or was given a value, stays as it is.
 */
function withGain(text: string, activation: ActivationFunctionName | undefined): string {
  const call = splitCall(text);
  if (activation === undefined || call === undefined) return text;
  const entry = listRules().find(({ name, aliases }) =>
    [name, ...aliases].some((one) => plainName(one) === plainName(call.name)),
  );
  const first = Object.keys(entry?.parameters ?? {}).at(0);
  const given = (key: string) =>
    call.parts.some(
      (part, i) =>
        part.replace(/\s/g, '').startsWith(`${key}=`) || (i === 0 && !part.includes('=') && key === first),
    );
  const add = (key: string, value: number) => `${call.name}(${[...call.parts, `${key}=${value}`].join(',')})`;
  const takes = (key: string) => entry !== undefined && Object.hasOwn(entry.parameters, key) && !given(key);
  const gain = forwardGain(activation);
  if (takes('gain')) return add('gain', gain);
  if (takes('slope')) {
    // He's rules know the gain as the slope of a rectifier: gain² = 2 / (1 + slope²).
    const square = 2 / gain ** 2 - 1;
    // The gain of a rectifier is irrational: what is left of its square is rounding.
    if (Math.abs(square) < 1e-12) return text;
    if (square > 0) return add('slope', Number(Math.sqrt(square).toPrecision(12)));
    throw new OutsetError('models.rule_no_gain', { rule: call.name, activation, gain });
  }
  if (takes('activation')) return `${call.name}(${[...call.parts, `activation=${activation}`].join(',')})`;
  return takes('scale') ? add('scale', gain ** 2) : text;
}
