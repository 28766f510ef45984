/** What frameworks do under their own names. */
import { pytorchDefault } from '../framework-defaults.ts';
import { glorotUniform } from '../glorot.ts';
import { type RuleEntry, rule } from './entry.ts';

export const frameworkRules: readonly RuleEntry[] = [
  rule(
    {
      name: 'pytorch-default',
      aliases: ['torch-default', 'pytorch', 'torch'],
      family: 'framework',
      formula: 'w, b ~ U(±1 / sqrt(fan_in))',
      source: 'PyTorch Linear.reset_parameters, _ConvNd.reset_parameters',
    },
    () => pytorchDefault(),
    { bias: 'same' },
  ),
  rule(
    {
      name: 'keras-default',
      aliases: ['keras', 'tensorflow-default'],
      family: 'framework',
      formula: 'w ~ U(±sqrt(6 / (fan_in + fan_out))), b = 0',
      source: 'Keras Dense, Conv: glorot_uniform',
      preserves: ['forward', 'backward'],
    },
    () => glorotUniform(),
  ),
];
