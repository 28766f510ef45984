/** What the doctor says of a case: it sees the first weights of the first seed and one batch. */
import type { Dataset } from '../../../src/data/dataset.ts';
import { type Diagnosis, diagnose, type Subject, subjectFromNetwork } from '../../../src/doctor/index.ts';
import type { ExaminationBatch } from '../../../src/doctor/measure/batch.ts';
import { nodeRuntime } from '../../../src/runtime/node.ts';
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { Stopwatch } from '../study.ts';
import type { Case } from './cases.ts';
import { batchOf, networkOf, planSteps, startOf } from './train-case.ts';

const examples = 256;

export interface Examined {
  readonly subject: Subject;
  readonly batch: ExaminationBatch;
  readonly diagnosis: Diagnosis;
  readonly seconds: number;
  /** Of the processor: on one thread, what it takes on a machine that does nothing else. */
  readonly processorSeconds: number;
}

export async function examineCase(one: Case, dataset: Dataset, runtime: Runtime): Promise<Examined> {
  const network = networkOf(one);
  const [seed] = one.seeds;
  const values = await startOf(one, network, dataset, seed, runtime);
  const { features, labels } = batchOf(network, dataset, seed, examples, 'doctor-batch');
  const subject = subjectFromNetwork(network, values);
  const batch = { inputs: { features }, labels, data: 'given' } as const;
  const { optimizer, learningRate } = one;
  const time = new Stopwatch();
  const diagnosis = await diagnose({
    subject,
    batch,
    plan: { optimizer, learningRate, steps: planSteps },
    runtime,
  });
  const { wallSeconds: seconds, cpuSeconds: processorSeconds } = time;
  return { subject, batch, diagnosis, seconds, processorSeconds };
}

/** Processor seconds of a diagnosis of 50 layers of 128 units on one thread, the least of some. */
export async function secondsOfFifty(dataset: Dataset): Promise<number> {
  const runtime = await nodeRuntime();
  const one: Case = {
    id: 'fifty',
    data: 'mnist',
    preprocessing: 'standardize',
    side: 14,
    batchSize: 64,
    network: `196-${Array(49).fill(128).join('-')}-10:tanh`,
    start: 'orthogonal',
    optimizer: { name: 'adam' },
    learningRate: 1e-3,
    seeds: [1],
  };
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push((await examineCase(one, dataset, runtime)).processorSeconds);
  return Math.min(...times);
}
