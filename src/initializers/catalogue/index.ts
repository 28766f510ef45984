/** Every rule with its names, parameters, formula and source: the one table that registry, command line and docs read. */
import type { RuleEntry } from './entry.ts';
import { fixedRules } from './fixed.ts';
import { frameworkRules } from './frameworks.ts';
import { geometryRules } from './geometry.ts';
import { identityRules } from './identity.ts';
import { lectureRules } from './lecture.ts';
import { varianceRules } from './variance.ts';

export const ruleEntries: readonly RuleEntry[] = [
  ...varianceRules,
  ...geometryRules,
  ...identityRules,
  ...fixedRules,
  ...frameworkRules,
  ...lectureRules,
];
