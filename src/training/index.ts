export { checkTrainingSpec, lossNames } from './check-spec.ts';
export { createEvaluator, type Evaluation, type Evaluator } from './evaluator.ts';
export { type ExampleArrays, type Examples, exampleCount, examplesFor } from './examples.ts';
export { explainZeroStart, type ZeroStartFinding } from './explain-zero-start.ts';
export {
  type AnswerKind,
  buildGradientGraph,
  type GradientGraph,
  type TrainingLoss,
} from './gradient-graph.ts';
export type { EpochRecord, History, TrainingFinding } from './history.ts';
export { appendLoss, countCorrect } from './loss.ts';
export { createOptimizer, type Optimizer, optimizerConstants, optimizerNames } from './optimizer.ts';
export { appendOptimizer } from './optimizer-graph.ts';
export { ParameterStore } from './parameter-store.ts';
export { scheduleFactor, scheduleNames } from './schedule.ts';
export {
  decodeSnapshot,
  encodeSnapshot,
  type SnapshotMetadata,
  type SnapshotOrigin,
  type TrainingSnapshot,
} from './snapshot.ts';
export type { LossName, OptimizerSpec, ScheduleSpec, TrainingSpec } from './spec.ts';
export type { Distribution, LayerTrace, SignalTrace } from './trace.ts';
export { type TraceBatch, type TraceOptions, traceSignal } from './trace-signal.ts';
export {
  createTrainer,
  type Trainer,
  type TrainerOptions,
  type TrainingEnd,
  type TrainingProgress,
  type TrainOptions,
} from './trainer.ts';
