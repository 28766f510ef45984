/** What rules of the registry draw: families and variances, as their formulas say. */
import type { ParameterProvenance } from '../measurement.ts';

export interface KnownRule {
  /** Text that the registry parses. */
  readonly rule: string;
  readonly family: ParameterProvenance['distribution'];
  readonly variance: (fanIn: number, fanOut: number) => number;
}

/** Var of a normal cut at two standard deviations, over that of the uncut. */
export const cutVariance = 0.7737413035499233;

const he = (fanIn: number) => 2 / fanIn;
const heOut = (_: number, fanOut: number) => 2 / fanOut;
const glorot = (fanIn: number, fanOut: number) => 2 / (fanIn + fanOut);
const lecun = (fanIn: number) => 1 / fanIn;
/** PyTorch's gain for tanh, as a factor on the variance. */
const tanhGain = (5 / 3) ** 2;
const widths = [0.001, 0.01, 0.02, 0.05, 0.1, 1];

const variances: readonly (readonly [rule: string, family: KnownRule['family'], KnownRule['variance']])[] = [
  ['he-normal', 'normal', he],
  ['he-uniform', 'uniform', he],
  ['keras-he-normal', 'truncated-normal', he],
  ['tfjs-he-normal', 'truncated-normal', (i) => cutVariance * he(i)],
  ['he-normal(mode=fanOut)', 'normal', heOut],
  ['he-uniform(mode=fanOut)', 'uniform', heOut],
  ['glorot-normal', 'normal', glorot],
  ['glorot-uniform', 'uniform', glorot],
  ['keras-glorot-normal', 'truncated-normal', glorot],
  ['tfjs-glorot-normal', 'truncated-normal', (i, o) => cutVariance * glorot(i, o)],
  [`glorot-normal(gain=${5 / 3})`, 'normal', (i, o) => tanhGain * glorot(i, o)],
  [`glorot-uniform(gain=${5 / 3})`, 'uniform', (i, o) => tanhGain * glorot(i, o)],
  ['lecun-normal', 'normal', lecun],
  ['lecun-uniform', 'uniform', lecun],
  ['keras-lecun-normal', 'truncated-normal', lecun],
  ['tfjs-lecun-normal', 'truncated-normal', (i) => cutVariance * lecun(i)],
  ['pytorch-default', 'uniform', (i) => 1 / (3 * i)],
  ...widths.map((std) => [`normal(std=${std})`, 'normal', () => std * std] as const),
  ...widths.map(
    (std) => [`truncated-normal(std=${std})`, 'truncated-normal', () => cutVariance * std * std] as const,
  ),
  ...[0.05, 0.1, 1].map(
    (high) => [`uniform(low=${-high},high=${high})`, 'uniform', () => (high * high) / 3] as const,
  ),
];

export const knownRules: readonly KnownRule[] = variances.map(([rule, family, variance]) => ({
  rule,
  family,
  variance,
}));
