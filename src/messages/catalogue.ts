/** Every issue that Outset can raise: the union of the areas' files in `issues/`. */

import { autodiffIssues } from './issues/autodiff.ts';
import { boltzmannIssues } from './issues/boltzmann.ts';
import { boltzmannFileIssues } from './issues/boltzmann-files.ts';
import { cliIssues } from './issues/cli.ts';
import { dataIssues } from './issues/data.ts';
import { dbnIssues } from './issues/dbn.ts';
import { doctorCliIssues } from './issues/doctor-cli.ts';
import { doctorSubjectIssues } from './issues/doctor-subject.ts';
import { formatsIssues } from './issues/formats.ts';
import { hdf5Issues } from './issues/hdf5.ts';
import { initIssues } from './issues/init.ts';
import { initializersIssues } from './issues/initializers.ts';
import { labIssues } from './issues/lab.ts';
import { likelihoodIssues } from './issues/likelihood.ts';
import { modelsIssues } from './issues/models.ts';
import { networkIssues } from './issues/network.ts';
import { onnxIssues } from './issues/onnx.ts';
import { raceIssues } from './issues/race.ts';
import { randomIssues } from './issues/random.ts';
import { rbmTrainingIssues } from './issues/rbm-training.ts';
import { reportIssues } from './issues/report.ts';
import { runtimeIssues } from './issues/runtime.ts';
import { startsIssues } from './issues/starts.ts';
import { tensorIssues } from './issues/tensor.ts';
import { tfjsIssues } from './issues/tfjs.ts';
import { theoryIssues } from './issues/theory.ts';
import { traceIssues } from './issues/trace.ts';
import { trainingIssues } from './issues/training.ts';

export const issues = {
  ...tensorIssues,
  ...randomIssues,
  ...initializersIssues,
  ...onnxIssues,
  ...autodiffIssues,
  ...runtimeIssues,
  ...networkIssues,
  ...startsIssues,
  ...theoryIssues,
  ...traceIssues,
  ...trainingIssues,
  ...boltzmannIssues,
  ...boltzmannFileIssues,
  ...rbmTrainingIssues,
  ...likelihoodIssues,
  ...dbnIssues,
  ...raceIssues,
  ...dataIssues,
  ...formatsIssues,
  ...hdf5Issues,
  ...tfjsIssues,
  ...modelsIssues,
  ...doctorSubjectIssues,
  ...doctorCliIssues,
  ...reportIssues,
  ...initIssues,
  ...labIssues,
  ...cliIssues,
} as const;

/** The stable name of an issue, e.g. `initializers.fans_unknown_rank`. */
export type IssueCode = keyof typeof issues;

/** The values that the sentence of an issue mentions. */
export type IssueDetails<Code extends IssueCode> = Parameters<(typeof issues)[Code]['en']>[0];
