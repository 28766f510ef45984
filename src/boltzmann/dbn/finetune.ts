import type { Network, ParameterValues } from '../../network/network.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { type BestEpoch, betterEpoch } from '../../training/best-epoch.ts';
import { createEvaluator, type Evaluation } from '../../training/evaluator.ts';
import type { Examples } from '../../training/examples.ts';
import type { EpochRecord, History, TrainingFinding } from '../../training/history.ts';
import { copyTensors, type TrainingSnapshot } from '../../training/snapshot.ts';
import type { TrainingSpec } from '../../training/spec.ts';
import { createTrainer, type TrainingEnd, type TrainingProgress } from '../../training/trainer.ts';
import { checkWhole } from './check-dbn.ts';

export interface FinetuneOptions {
  readonly network: Network;
  /** Where it starts: pre-trained (see to-network.ts) or by any start. */
  readonly values: ParameterValues;
  readonly train: Examples;
  /** Held-out examples that decide when to stop and which weights to keep; without them the last weights are kept. */
  readonly validation?: Examples;
  readonly test: Examples;
  /** Evaluated after every epoch, for the record; default `validation`, else `test`. Fewer save time. */
  readonly watch?: Examples;
  readonly spec: TrainingSpec;
  /** Stop after this many epochs without a better validation result; default never. */
  readonly patience?: number;
  /** Orders the batches and draws dropout masks: equal streams, equal batches. */
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
  /** Goes on with the same bits. */
  readonly resume?: FinetuneState;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** After every epoch; accuracy and loss are those of the validation examples, else of `watch`, else of the test examples. */
  readonly onEpoch?: (record: EpochRecord, state: () => FinetuneState) => void | Promise<void>;
}

/** Everything that a fine-tuning needs to go on. */
export interface FinetuneState {
  readonly training: TrainingSnapshot;
  /** Null without validation examples. */
  readonly best: BestEpoch | null;
}

export interface FinetuneResult {
  readonly end: TrainingEnd | 'stopped-early';
  /** The weights that are kept, copied. */
  readonly values: ParameterValues;
  /** Epoch of the kept weights. */
  readonly epoch: number;
  /** On the test examples, with the kept weights. */
  readonly test: Evaluation;
  readonly history: History;
  readonly finding: TrainingFinding | null;
  readonly seconds: number;
}

/**
 * Supervised training from given weights, with early stopping on held-out examples. The measure is the error rate where
 * there are classes and the loss elsewhere; the first of equal epochs is kept.
 * @throws dbn.bad_value and those of createTrainer
 */
export async function finetune(options: FinetuneOptions): Promise<FinetuneResult> {
  const { network, validation, test, spec, patience, runtime, compile = {}, resume } = options;
  if (patience !== undefined) checkWhole('patience', patience, 1);
  const trainer = await createTrainer({
    network,
    parameters: options.values,
    train: options.train,
    test: validation ?? options.watch ?? test,
    spec,
    stream: options.stream,
    runtime,
    compile,
  });
  try {
    if (resume !== undefined) trainer.restore(resume.training);
    let best = resume?.best ?? null;
    let end: FinetuneResult['end'] = 'complete';
    const tooLong = () => best !== null && patience !== undefined && trainer.epoch - best.epoch >= patience;
    while (trainer.epoch < spec.epochs && !tooLong()) {
      end = await trainer.trainEpoch({ signal: options.signal, onProgress: options.onProgress });
      if (end !== 'complete') break;
      const record = trainer.history.epochs.at(-1) as EpochRecord;
      if (validation !== undefined) {
        const { testLoss: loss, testAccuracy: accuracy } = record;
        const now = new Map([...trainer.parameters, ...trainer.buffers]);
        best = betterEpoch(best, trainer.epoch, { loss, accuracy }, now);
      }
      await options.onEpoch?.(record, () => ({ training: trainer.snapshot(), best }));
    }
    if (end === 'complete' && trainer.epoch < spec.epochs) end = 'stopped-early';
    const current = new Map([...trainer.parameters, ...trainer.buffers]);
    const values = best?.values ?? copyTensors(current);
    const evaluator = await createEvaluator(network, spec.loss, test, runtime, compile);
    const evaluation = await evaluator.evaluate(values);
    await evaluator.dispose();
    const { stepLosses, epochs } = trainer.history;
    return {
      end,
      values,
      epoch: best?.epoch ?? trainer.epoch,
      test: evaluation,
      history: { stepLosses: [...stepLosses], epochs: [...epochs] },
      finding: trainer.finding,
      seconds: epochs.at(-1)?.seconds ?? 0,
    };
  } finally {
    await trainer.dispose();
  }
}
