/** Every rule with its names, parameters, formula and source: the one table that registry, command line and docs read. */
import type { RuleEntry } from './entry.ts';
import { fixedRules } from './fixed.ts';
import { frameworkRules } from './frameworks.ts';
import { geometryRules } from './geometry.ts';
import { identityRules } from './identity.ts';
import { lectureRules } from './lecture.ts';
import { meanFieldRules } from './mean-field.ts';
import { transformerRules } from './transformer.ts';
import { varianceRules } from './variance.ts';
import { widthRules } from './width.ts';

export const ruleEntries: readonly RuleEntry[] = [
  ...varianceRules,
  ...geometryRules,
  ...identityRules,
  ...meanFieldRules,
  ...widthRules,
  ...transformerRules,
  ...fixedRules,
  ...frameworkRules,
  ...lectureRules,
];
