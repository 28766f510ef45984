/** The doctor's verdict from first weights and one batch, held against what training really did. */
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, studyCases } from './doctor/cases.ts';
import { CaseData, type SeedTruth, truthOf } from './doctor/train-case.ts';
import type { PartContext, Study } from './study.ts';

const casesPerPart = 3;
const sharedData = new CaseData();

/** A case and what its training did. */
export interface TrainedCase {
  readonly case: Case;
  readonly truth: readonly SeedTruth[] | { readonly failed: string };
}

const trainParts = Array.from(
  { length: Math.ceil(studyCases().length / casesPerPart) },
  (_, i) => `train-${i}`,
);

async function train(part: string, { say }: PartContext): Promise<TrainedCase[]> {
  const from = Number(part.slice('train-'.length)) * casesPerPart;
  const data = sharedData;
  const runtime = await nodeRuntime();
  const trained: TrainedCase[] = [];
  for (const one of studyCases().slice(from, from + casesPerPart)) {
    const truth = await truthOf(one, await data.load(one), runtime);
    trained.push({ case: one, truth });
    const how = 'failed' in truth ? truth.failed : truth.map(({ reachedAt }) => reachedAt ?? 'no').join(', ');
    say(`${one.id} ${one.start} ${one.optimizer.name} ${one.learningRate}: ${how}`);
  }
  return trained;
}

export const decidesStudy: Study = {
  name: 'doctor-decides',
  title: 'The doctor decides: will it learn?',
  source: 'first weights and one batch against 3,000 updates of training',
  stages: [trainParts],
  runPart: (part, context) => train(part, context),
  conclude: () => ({ rows: [], notes: [] }),
};
