/** Rules without chance that pass the input on. */
import { dirac, identity } from '../dirac.ts';
import { number, type RuleEntry, rule } from './entry.ts';

export const identityRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'identity',
      aliases: ['eye'],
      family: 'identity',
      formula: 'w[i, i] = gain',
      source: 'PyTorch eye_, Keras Identity; Le et al. 2015 (IRNN)',
      preserves: ['input'],
    },
    (v) => identity({ gain: Number(v.gain) }),
    { parameters: { gain: number(1) } },
  ),
  rule(
    {
      name: 'dirac',
      family: 'identity',
      formula: 'w[i, i, middle] = gain',
      source: 'PyTorch dirac_; Zagoruyko & Komodakis 2017',
      preserves: ['input'],
    },
    (v) => dirac({ gain: Number(v.gain) }),
    { parameters: { gain: number(1) } },
  ),
];
