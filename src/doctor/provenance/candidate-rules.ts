import type { ParameterShape } from '../../initializers/initializer.ts';
import type { ParameterProvenance } from '../measurement.ts';

/** A rule's mean square of weights, and the families that it draws from. */
interface RuleVariance {
  readonly rule: string;
  readonly families: readonly ParameterProvenance['distribution'][];
  readonly variance: (fanIn: number, fanOut: number) => number;
}

/** Var of a normal cut at two standard deviations, over that of the uncut: what `trunc_normal` of PyTorch leaves. */
const cut = 0.7737413035499233;
const normals = ['normal', 'truncated-normal'] as const;

/** Rules by name in the registry, with the parameters that make them what frameworks write. */
const rules: readonly RuleVariance[] = [
  { rule: 'he-normal', families: normals, variance: (fanIn) => 2 / fanIn },
  { rule: 'he-uniform', families: ['uniform'], variance: (fanIn) => 2 / fanIn },
  { rule: 'he-normal(mode=fan-out)', families: normals, variance: (_, fanOut) => 2 / fanOut },
  { rule: 'glorot-normal', families: normals, variance: (fanIn, fanOut) => 2 / (fanIn + fanOut) },
  { rule: 'glorot-uniform', families: ['uniform'], variance: (fanIn, fanOut) => 2 / (fanIn + fanOut) },
  { rule: 'glorot-normal(gain=1.6667)', families: normals, variance: (i, o) => (25 / 9) * (2 / (i + o)) },
  {
    rule: 'glorot-uniform(gain=1.6667)',
    families: ['uniform'],
    variance: (i, o) => (25 / 9) * (2 / (i + o)),
  },
  { rule: 'lecun-normal', families: normals, variance: (fanIn) => 1 / fanIn },
  { rule: 'lecun-uniform', families: ['uniform'], variance: (fanIn) => 1 / fanIn },
  { rule: 'pytorch-default', families: ['uniform'], variance: (fanIn) => 1 / (3 * fanIn) },
  ...[0.01, 0.02, 0.05, 0.1, 1].map((std) => ({
    rule: `normal(std=${std})`,
    families: ['normal'] as const,
    variance: () => std * std,
  })),
  ...[0.01, 0.02, 0.05, 0.1, 1].map((std) => ({
    rule: `truncated-normal(std=${std})`,
    families: ['truncated-normal'] as const,
    variance: () => cut * std * std,
  })),
  { rule: 'uniform(low=-0.05, high=0.05)', families: ['uniform'], variance: () => 0.05 ** 2 / 3 },
];

/**
 * Rules whose variance lies within 4 standard errors of the sample's, the likeliest first. The logarithm of a mean square of
 * n numbers has a variance of (kurtosis - 1) / n, so the log-likelihoods differ by half the squared distance.
 */
export function candidateRules(
  { fanIn, fanOut }: ParameterShape,
  count: number,
  meanSquare: number,
  family: { readonly name: ParameterProvenance['distribution']; readonly kurtosis: number },
): ParameterProvenance['candidates'] {
  const error = Math.sqrt((family.kurtosis - 1) / count);
  const found = rules.flatMap(({ rule, families, variance }) => {
    const distance = Math.log(meanSquare / variance(fanIn, fanOut)) / error;
    const possible = families.includes(family.name) && Math.abs(distance) < 4;
    return possible ? [{ rule, half: (distance * distance) / 2 }] : [];
  });
  const best = Math.min(...found.map(({ half }) => half));
  return found
    .sort((a, b) => a.half - b.half)
    .map(({ rule, half }) => ({ rule, logLikelihoodGap: half - best }));
}
