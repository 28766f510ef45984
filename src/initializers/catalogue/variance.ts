/** Rules that divide a variance by a fan. */
import { glorotNormal, glorotUniform } from '../glorot.ts';
import { heNormal, heUniform } from '../he.ts';
import { lecunNormal, lecunUniform } from '../lecun.ts';
import {
  type Distribution,
  distributions,
  type FanMode,
  fanModes,
  varianceScaling,
} from '../variance-scaling.ts';
import { choice, number, type RuleEntry, rule } from './entry.ts';
import { gain, gainOf } from './gains.ts';

const mode = choice('fanIn', fanModes);
const glorotSource = 'Glorot & Bengio 2010, eq. 12 and 16';
const heSource = 'He et al. 2015, eq. 10, 14 and 15';
const lecunSource = 'LeCun et al. 1998, eq. 16';

export const varianceRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'variance-scaling',
      family: 'variance',
      formula: 'Var(w) = scale / n, n = fan_in | fan_out | their mean',
      source: 'Keras VarianceScaling, JAX variance_scaling',
      preserves: ['forward'],
    },
    (v) =>
      varianceScaling({
        scale: Number(v.scale),
        mode: v.mode as FanMode,
        distribution: v.distribution as Distribution,
      }),
    {
      parameters: {
        scale: number(1, { above: 0 }),
        mode,
        distribution: choice('truncatedNormal', distributions),
      },
    },
  ),
  rule(
    {
      name: 'lecun-normal',
      aliases: ['lecun'],
      family: 'variance',
      formula: 'w ~ N(0, 1 / fan_in)',
      source: lecunSource,
      preserves: ['forward'],
    },
    () => lecunNormal(),
  ),
  rule(
    {
      name: 'lecun-uniform',
      aliases: ['caffe-xavier'],
      family: 'variance',
      formula: 'w ~ U(±sqrt(3 / fan_in))',
      source: lecunSource,
      preserves: ['forward'],
    },
    () => lecunUniform(),
  ),
  rule(
    {
      name: 'glorot-normal',
      aliases: ['xavier-normal'],
      family: 'variance',
      formula: 'w ~ N(0, gain² 2 / (fan_in + fan_out))',
      source: glorotSource,
      preserves: ['forward', 'backward'],
    },
    (v) => glorotNormal({ gain: gainOf(v) }),
    { parameters: { gain } },
  ),
  rule(
    {
      name: 'glorot-uniform',
      aliases: ['xavier', 'glorot', 'xavier-uniform'],
      family: 'variance',
      formula: 'w ~ U(±gain sqrt(6 / (fan_in + fan_out)))',
      source: glorotSource,
      preserves: ['forward', 'backward'],
    },
    (v) => glorotUniform({ gain: gainOf(v) }),
    { parameters: { gain } },
  ),
  rule(
    {
      name: 'he-normal',
      aliases: ['he', 'kaiming', 'msra', 'kaiming-normal'],
      family: 'variance',
      formula: 'w ~ N(0, 2 / ((1 + slope²) fan))',
      source: heSource,
      preserves: ['forward', 'backward'],
    },
    (v) => heNormal({ slope: Number(v.slope), mode: v.mode as FanMode }),
    { parameters: { slope: number(0), mode } },
  ),
  rule(
    {
      name: 'he-uniform',
      aliases: ['kaiming-uniform'],
      family: 'variance',
      formula: 'w ~ U(±sqrt(6 / ((1 + slope²) fan)))',
      source: heSource,
      preserves: ['forward', 'backward'],
    },
    (v) => heUniform({ slope: Number(v.slope), mode: v.mode as FanMode }),
    { parameters: { slope: number(0), mode } },
  ),
];
