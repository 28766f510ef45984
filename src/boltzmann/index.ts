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
