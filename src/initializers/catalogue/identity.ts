/** Rules without chance that pass the input on. */
import { dirac, identity } from '../dirac.ts';
import { fluxIdentity, paddedIdentity, zeroHadamard } from '../partial-identity.ts';
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
  rule(
    {
      name: 'zero-hadamard',
      aliases: ['zero-init', 'zer-o-init'],
      family: 'identity',
      formula: 'outputs <= inputs: w[o, i] = [o = i]; else 2^(-k/2) H[o, i], H Hadamard of size 2^k',
      source: 'Zhao et al. 2022 (ZerO), algorithm 1',
      preserves: ['input', 'forward'],
    },
    () => zeroHadamard(),
  ),
  rule(
    {
      name: 'padded-identity',
      aliases: ['idi'],
      family: 'identity',
      formula: 'w[o, i] = scale if o = i mod min(outputs, inputs)',
      source: 'Pan et al. 2025 (IDInit), section 3.1',
      preserves: ['input'],
    },
    (v) => paddedIdentity({ scale: Number(v.scale) }),
    { parameters: { scale: number(1) } },
  ),
  rule(
    {
      name: 'flux-identity',
      aliases: ['identity-init'],
      family: 'identity',
      formula: 'w[(i + shift) mod outputs, i, middle] = gain',
      source: 'Flux.jl identity_init',
      preserves: ['input'],
    },
    (v) => fluxIdentity({ gain: Number(v.gain), shift: Number(v.shift) }),
    { parameters: { gain: number(1), shift: number(0, { whole: true }) } },
  ),
];
