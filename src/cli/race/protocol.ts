import type { Dataset } from '../../data/dataset.ts';
import type { Contestant } from '../../race/contestants.ts';
import type { ContestantResult, RaceSpec } from '../../race/result.ts';
import type { ContestantProgress } from '../../race/run-contestant.ts';

/** What a worker thread gets to run one contestant; the data set lies in shared memory. */
export interface ContestantTask {
  readonly contestant: Contestant;
  readonly spec: RaceSpec;
  readonly dataset: Dataset;
  /** File of the first weights of a start that comes from outside. */
  readonly parametersFile?: string;
  /** Threads of the engine. */
  readonly threads: number;
  readonly checkpointFile: string;
  /** Absolute path of the weights to write, and the path to note in the result. */
  readonly weightsFile: string;
  readonly weightsName: string;
  readonly checkpointEverySeconds: number;
  readonly port: MessagePort;
}

/** From the worker while it runs. */
export interface WorkerMessage {
  readonly type: 'progress';
  readonly progress: ContestantProgress;
}

/** To the worker: stop after this step and write a checkpoint. */
export interface StopMessage {
  readonly type: 'stop';
}

/** What a worker returns; the verdict is given when all have run. */
export type ContestantOutcome = Omit<ContestantResult, 'verdict'> & { readonly engine: string };
