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
  const starts: Prescription[][] = [[{ kind: 'start', start: 'lsuv' }]];
  if (canLookLinear(subject)) starts.push([{ kind: 'start', start: 'looks-linear' }]);
  return [...own.map((one) => [one]), ...together, ...(all.length > 0 ? [all] : []), ...starts];
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
