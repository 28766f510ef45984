/** How a rule is written down in the catalogue. */
import type { Initializer } from '../initializer.ts';
import type { ModelRule } from '../model-rule.ts';
import type { RuleParameter, RuleValues } from '../rule-parameters.ts';

/** What biases get: a number, N(0, 1), the weights' own rule, or what the rule has for biases (`own`). */
export type BiasRule = number | 'normal' | 'same' | 'own';

/** Groups of starts, in the order of the list. */
export const startFamilies = [
  'variance',
  'geometry',
  'identity',
  'mean-field',
  'width',
  'transformer',
  'residual',
  'data',
  'learned',
  'fixed',
  'framework',
  'lecture',
] as const;
export type StartFamily = (typeof startFamilies)[number];

/**
 * What a start keeps from layer to layer, under its assumptions: the variance of the forward signal, the variance of
 * the gradient, all lengths and angles, the input itself, or the size of updates as the width grows.
 */
export const signals = ['forward', 'backward', 'geometry', 'input', 'update'] as const;
export type Signal = (typeof signals)[number];

/** What there is to know of a rule. */
export interface RuleFacts {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly family: StartFamily;
  /** What the weights are, in symbols. */
  readonly formula: string;
  /** Who, when, which equation or function. */
  readonly source: string;
  readonly preserves: readonly Signal[];
}

/** A rule before its parameters are given. */
export interface RuleEntry extends RuleFacts {
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** Biases when `bias` is not given; 0 for most. */
  readonly bias: BiasRule;
  readonly build: (values: RuleValues) => Initializer;
  /** Biases of rules that draw them together with the weights: `bias` is `own`. */
  readonly buildBias?: (values: RuleValues) => Initializer;
  /** For rules that look at the whole model. */
  readonly buildModel?: (values: RuleValues) => ModelRule;
}

type Range = Extract<RuleParameter, { kind: 'number' }>['range'];

/** An entry from its parts: no aliases and parameters, nothing kept, biases 0 unless told. */
export function rule(
  facts: Omit<RuleFacts, 'aliases' | 'preserves'> & Partial<RuleFacts>,
  build: RuleEntry['build'],
  more: Partial<Pick<RuleEntry, 'parameters' | 'bias' | 'buildBias' | 'buildModel'>> = {},
): RuleEntry {
  return { aliases: [], preserves: [], parameters: {}, bias: 0, ...facts, ...more, build };
}

export function number(usual: number, range: Range = {}): RuleParameter {
  return { kind: 'number', usual, range };
}

export function choice(usual: string, values: readonly string[]): RuleParameter {
  return { kind: 'choice', usual, values };
}
