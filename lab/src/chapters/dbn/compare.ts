/** Pre-training against other starts of the same network: the race that `outset finetune` runs, in lockstep. */
import type { ComparisonVerdict, StoredModel } from '../../../../src/boltzmann/index.ts';
import { datasetForModel } from '../../../../src/cli/finetune/model-dataset.ts';
import { planFinetune, pretrained } from '../../../../src/cli/finetune/plan.ts';
import { pretrainedVerdict } from '../../../../src/cli/finetune/verdict.ts';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { type RaceEnd, type RaceRun, runRace } from '../../race/run-race.ts';
import { type CompareOrder, finetuneOptions, modelFile, stackData } from './orders.ts';

export interface CompareInput {
  readonly order: CompareOrder;
  readonly model: StoredModel;
}

export interface CompareEnd extends RaceEnd {
  /** Null where the pre-trained network or all others failed. */
  readonly verdict: ComparisonVerdict | null;
}

export interface CompareRun
  extends CompareInput,
    Pick<RaceRun, 'runtime' | 'threads' | 'signal' | 'report' | 'onControl'> {
  readonly dataset: Dataset;
}

/** @throws what `outset finetune` throws */
export async function compare({ order, model, dataset, ...run }: CompareRun): Promise<CompareEnd> {
  const options = { ...finetuneOptions(order), data: stackData };
  const labelled = datasetForModel(
    dataset,
    model,
    { data: stackData, model: modelFile },
    {
      labels: order.labels === '10000' ? undefined : Number(order.labels),
      autoencoder: false,
      seed: order.seed,
    },
  );
  const { spec, start } = planFinetune(options, model, labelled);
  const end = await runRace({
    ...run,
    spec,
    dataset: labelled,
    parametersOf: (name) => (name === pretrained ? start.values : undefined),
    traced: 'start',
  });
  return { ...end, verdict: pretrainedVerdict({ spec, contestants: end.contestants }) };
}
