/** The starts that are more than a rule: by data, by architecture, by learning. */
import { autoInitDefinition } from './autoinit.ts';
import { dbnDefinition } from './dbn-start.ts';
import type { StartDefinition } from './definition.ts';
import { gradInitDefinition } from './gradinit.ts';
import { krahenbuhlDefinition, weightNormDefinition } from './krahenbuhl.ts';
import { looksLinearDefinition } from './looks-linear.ts';
import { lsuvDefinition } from './lsuv.ts';
import { meanFieldDefinition } from './mean-field.ts';
import { metaInitDefinition } from './metainit.ts';
import { residualDefinitions } from './residual-definitions.ts';

export const startDefinitions: readonly StartDefinition[] = [
  autoInitDefinition,
  meanFieldDefinition,
  looksLinearDefinition,
  ...residualDefinitions,
  lsuvDefinition,
  krahenbuhlDefinition,
  weightNormDefinition,
  metaInitDefinition,
  gradInitDefinition,
  dbnDefinition,
];
