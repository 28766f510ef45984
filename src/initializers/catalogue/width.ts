/** Rules for whole models that say how values, learning rates and factors go with the width. */
import { lecunNormal } from '../lecun.ts';
import { muParametrization } from '../mu-parametrization.ts';
import { neuralTangent } from '../neural-tangent.ts';
import type { RuleValues } from '../rule-parameters.ts';
import { siren } from '../siren.ts';
import { spectral } from '../spectral.ts';
import { choice, number, type RuleEntry, rule } from './entry.ts';
import { gain, gainOf } from './gains.ts';

const fold = choice('yes', ['yes', 'no']);
const folded = (values: RuleValues) => values.fold === 'yes';

export const widthRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'mup',
      aliases: ['mu-parametrization', 'maximal-update'],
      family: 'width',
      formula:
        'hidden, input: gain² / fan_in; output: base / fan_in². Adam: hidden, output lr base / fan_in; SGD: input lr fan_out / base, output base / fan_in',
      source: 'Yang et al. 2022 (Tensor programs V), table 3',
      preserves: ['forward', 'update'],
    },
    () => lecunNormal(),
    {
      parameters: {
        base: number(64, { from: 1 }),
        gain,
        readout: choice('small', ['small', 'zero']),
      },
      buildModel: (v) =>
        muParametrization({
          base: Number(v.base),
          gain: gainOf(v),
          readout: v.readout as 'small' | 'zero',
        }),
    },
  ),
  rule(
    {
      name: 'spectral',
      aliases: ['spectral-mup'],
      family: 'width',
      formula: 'std = gain / √fan_in min(1, √(fan_out / fan_in)); lr: SGD fan_out / fan_in, Adam 1 / fan_in',
      source: 'Yang, Simon, Bernstein 2023, parametrization 1',
      preserves: ['update'],
    },
    () => lecunNormal(),
    { parameters: { gain }, buildModel: (v) => spectral({ gain: gainOf(v) }) },
  ),
  rule(
    {
      name: 'ntk',
      aliases: ['neural-tangent', 'ntk-parametrization'],
      family: 'width',
      formula:
        'z = gain / √fan_in x W + beta b, W, b ~ N(0, 1); folded: the factors are in W and in the learning rates',
      source: 'Jacot et al. 2018, section 2',
      preserves: ['forward'],
    },
    () => lecunNormal(),
    {
      parameters: { gain, beta: number(0, { from: 0 }), fold },
      buildModel: (v) => neuralTangent({ gain: gainOf(v), beta: Number(v.beta), fold: folded(v) }),
    },
  ),
  rule(
    {
      name: 'siren',
      family: 'width',
      formula:
        'first U(±1 / n), others U(±√(6 / n) / omega), b ~ U(±1 / √n), n = fan_in; folded: times omega',
      source: 'Sitzmann et al. 2020, section 3.2',
      preserves: ['forward', 'backward'],
    },
    () => lecunNormal(),
    {
      parameters: { omega: number(30, { above: 0 }), fold },
      buildModel: (v) => siren({ omega: Number(v.omega), fold: folded(v) }),
    },
  ),
];
