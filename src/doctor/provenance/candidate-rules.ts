import type { ParameterShape } from '../../initializers/initializer.ts';
import type { ParameterProvenance } from '../measurement.ts';
import { cutVariance, knownRules } from './known-rules.ts';

/**
 * Rules whose variance lies within 4 standard errors of the sample's, the likeliest first: the true one is left out once in
 * 16,000 times. The logarithm of a mean square of n numbers has a variance of (kurtosis - 1) / n, so the log-likelihoods
 * differ by half the squared distance.
 */
export function candidateRules(
  { fanIn, fanOut }: ParameterShape,
  count: number,
  meanSquare: number,
  family: { readonly name: ParameterProvenance['distribution']; readonly kurtosis: number },
): ParameterProvenance['candidates'] {
  const error = Math.sqrt((family.kurtosis - 1) / count);
  const found = knownRules.flatMap((one) => {
    const distance = Math.log(meanSquare / one.variance(fanIn, fanOut)) / error;
    const possible = one.family === family.name && Math.abs(distance) < 4;
    return possible ? [{ rule: one.rule, half: (distance * distance) / 2 }] : [];
  });
  const best = Math.min(...found.map(({ half }) => half));
  return found
    .sort((a, b) => a.half - b.half)
    .map(({ rule, half }) => ({ rule, logLikelihoodGap: half - best }));
}

/**
 * The rule that gives a variance known to single precision: of the registry if one does within 1e-4, else a plain
 * distribution with its number.
 */
export function ruleOfVariance(
  { fanIn, fanOut }: ParameterShape,
  family: 'uniform' | 'normal' | 'truncated-normal',
  variance: number,
): string {
  const known = knownRules.find(
    (one) => one.family === family && Math.abs(Math.log(variance / one.variance(fanIn, fanOut))) < 1e-4,
  );
  if (known !== undefined) return known.rule;
  const number = (value: number) => Number(value.toPrecision(6));
  if (family === 'uniform') {
    const high = number(Math.sqrt(3 * variance));
    return `uniform(low=${-high},high=${high})`;
  }
  if (family === 'normal') return `normal(std=${number(Math.sqrt(variance))})`;
  return `truncated-normal(std=${number(Math.sqrt(variance / cutVariance))})`;
}
