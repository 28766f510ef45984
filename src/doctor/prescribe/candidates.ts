import type { Diagnosis, Prescription } from '../diagnosis.ts';
import { ruleFor } from '../findings/remedy.ts';
import type { Subject } from '../subject.ts';
import { canLookLinear } from './looks-linear.ts';

/** Order of size: one number, biases, one rule, the whole start. */
const sizes = {
  gain: 0,
  'input-scaling': 1,
  bias: 2,
  rule: 3,
  start: 4,
  'learning-rate': 5,
  architecture: 6,
} as const;

/**
 * Sum of 1 / width from which independent random weights are no longer what theory expects of them: the variance of a ReLU
 * network's log signal is about 5 times it. Then orthogonal weights in a linear network come before rules of random ones.
 */
const loose = 0.25;

/**
 * What may be tried, the smallest change first: each finding's own prescription, all of them together, new weights by the
 * rule of each activation, a start by data, and a start that looks linear. Each candidate is a list that is carried out in
 * its order.
 */
export function candidatesFor(subject: Subject, { findings }: Diagnosis): Prescription[][] {
  const own = findings
    .flatMap(({ prescription }) => (prescription === null ? [] : [prescription]))
    .filter(({ kind }) => kind !== 'architecture' && kind !== 'learning-rate')
    .sort((a, b) => sizes[a.kind] - sizes[b.kind]);
  const together = own.length > 1 ? [own] : [];
  const all = rulesForAll(subject);
  const byData: Prescription[] = [{ kind: 'start', start: 'lsuv' }];
  const linear: Prescription[][] = canLookLinear(subject) ? [[{ kind: 'start', start: 'looks-linear' }]] : [];
  const rules = [...together, ...(all.length > 0 ? [all] : []), byData];
  const singles = own.map((one) => [one]);
  if (inverseWidths(subject) < loose) return [...singles, ...rules, ...linear];
  const small = singles.filter(([{ kind }]) => kind !== 'rule' && kind !== 'start');
  const large = singles.filter((one) => !small.includes(one));
  return [...small, ...linear, ...large, ...rules];
}

/** Weights of every layer by the rule of its activation, biases 0. */
function rulesForAll({ layers }: Subject): Prescription[] {
  const byRule = new Map<string, string[]>();
  for (const { name, activation, last, normalized, type } of layers) {
    if (type === 'embedding' || type === 'recurrent') continue;
    const rule = last ? 'lecun-normal' : normalized ? 'he-normal' : ruleFor(activation);
    if (rule === null) return [];
    byRule.set(rule, [...(byRule.get(rule) ?? []), name]);
  }
  return [...byRule].map(([rule, names]) => ({ kind: 'rule', layers: names, rule, bias: { rule: 'zeros' } }));
}

function inverseWidths({ layers }: Subject): number {
  return layers
    .filter(({ last, type }) => !last && type !== 'embedding')
    .reduce((sum, { weight }) => sum + 1 / weight.dims[weight.layout?.outAxis ?? weight.dims.length - 1], 0);
}
