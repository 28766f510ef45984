/** The formulas of the lecture "Deep Learning Zero to All". */
import { lectureHe, lectureNormal, lectureXavier, xavierInit } from '../lecture.ts';
import { choice, type RuleEntry, rule } from './entry.ts';

const facts = { family: 'lecture', source: 'github.com/hunkim/DeepLearningZeroToAll' } as const;

export const lectureRules: readonly RuleEntry[] = [
  rule(
    { ...facts, name: 'lecture-normal', aliases: ['lab-10-2'], formula: 'w, b ~ N(0, 1)' },
    () => lectureNormal(),
    { bias: 'normal' },
  ),
  rule(
    {
      ...facts,
      name: 'lecture-xavier',
      formula: 'randn(fan_in, fan_out) / sqrt(fan_in)',
      preserves: ['forward'],
    },
    () => lectureXavier(),
  ),
  rule(
    {
      ...facts,
      name: 'lecture-he',
      formula: 'randn(fan_in, fan_out) / sqrt(fan_in / 2)',
      preserves: ['forward', 'backward'],
    },
    () => lectureHe(),
  ),
  rule(
    {
      ...facts,
      name: 'xavier-init',
      formula: 'uniform: U(±sqrt(6 / (n_in + n_out))); else truncated N(0, 3 / (n_in + n_out)), cut at 2σ',
      preserves: ['forward', 'backward'],
    },
    (v) => (stream, parameter) =>
      xavierInit(parameter.fanIn, parameter.fanOut, v.uniform === 'true')(stream, parameter),
    { parameters: { uniform: choice('true', ['true', 'false']) } },
  ),
];
