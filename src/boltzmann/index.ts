export {
  createPretrainer,
  type DbnLabels,
  type DbnLayerPlan,
  type DbnPretrainer,
  type PretrainOptions,
  type PretrainRunOptions,
  type PretrainSnapshot,
  pretrainDbn,
} from './dbn/pretrain.ts';
export type { RbmProblem, RbmTrainerFactory } from './dbn/rbm-problem.ts';
export { hiddenMeans, sampleRows } from './dbn/upward.ts';
export type { Dbn, DbnLayer } from './dbn.ts';
export type { LayerParameters, Rbm } from './rbm.ts';
export type {
  RbmEpochRecord,
  RbmProgress,
  RbmSnapshot,
  RbmTrainer,
  RbmTrainingEnd,
  RbmTrainOptions,
} from './rbm-trainer.ts';
export type {
  GreyConvention,
  NegativePhase,
  RbmOptimizerSpec,
  RbmTrainingSpec,
} from './rbm-training-spec.ts';
export type { DenseRows, SparseRows, StateRows } from './state-rows.ts';
export { stateWidth, type UnitKind, type UnitSpec } from './units/unit-spec.ts';
