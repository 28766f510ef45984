export { checkRbm } from './check-rbm.ts';
export { checkRows } from './check-rows.ts';
export { checkUnits, unitKinds } from './check-units.ts';
export {
  inputHiddenFromVisible,
  meanHiddenFromVisible,
  meanVisibleFromHidden,
  modeHiddenFromVisible,
  modeVisibleFromHidden,
  sampleHiddenFromVisible,
  sampleVisibleFromHidden,
} from './conditionals.ts';
export { denseRows, selectRows, sparseRows } from './convert-rows.ts';
export { type CreateRbmOptions, columnMoments, createRbm } from './create-rbm.ts';
export {
  type ComparedResult,
  type ComparedStart,
  type CompareOptions,
  type Comparison,
  type ComparisonVerdict,
  compareStarts,
} from './dbn/compare-starts.ts';
export { type FinetuneOptions, type FinetuneResult, type FinetuneState, finetune } from './dbn/finetune.ts';
export { type Generated, type GenerateOptions, generateSamples } from './dbn/generate.ts';
export { createLabelRbmTrainer } from './dbn/label-rbm-trainer.ts';
export { chooseLabelled, type LabelSubsetOptions } from './dbn/label-subset.ts';
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
export { labelScores, readOutError } from './dbn/read-out.ts';
export {
  type DbnClassifierOptions,
  dbnClassifier,
  type NetworkWithValues,
  unrollAutoencoder,
} from './dbn/to-network.ts';
export type { UpDownSpec } from './dbn/up-down-spec.ts';
export { createUpDownTrainer, type UpDownOptions, type UpDownTrainer } from './dbn/up-down-trainer.ts';
export { hiddenMeans, sampleRows } from './dbn/upward.ts';
export {
  type VariationalBound,
  type VariationalBoundOptions,
  variationalBound,
} from './dbn/variational-bound.ts';
export type { Dbn, DbnLayer } from './dbn.ts';
export { createDenseTrainer, type DenseTrainerOptions } from './dense/dense-trainer.ts';
export { exactLogLikelihood } from './enumeration/exact-likelihood.ts';
export { allStates, exactVisibleProbabilities, sampleExactly } from './enumeration/exact-sampling.ts';
export { exactLogPartition } from './enumeration/log-partition.ts';
export { exactGradient, exactMoments, type RbmMoments } from './enumeration/moments.ts';
export { createExactTrainer } from './exact-trainer.ts';
export { energy, freeEnergy, freeEnergyOfHidden } from './free-energy.ts';
export type { AisChains, AisEngine, AisPath } from './judge/ais-engine.ts';
export {
  type AisOptions,
  type AisResult,
  annealedImportanceSampling,
} from './judge/annealed-importance-sampling.ts';
export { baseRate } from './judge/base-rate.ts';
export { type JudgeOptions, judgeRbm } from './judge/judge-rbm.ts';
export type { JudgedNumber, Judgement } from './judge/judgement.ts';
export { compareMoments, type MomentComparison } from './judge/moment-comparison.ts';
export {
  boundPartition,
  type ChainAgreement,
  type PartitionBounds,
  type PartitionBoundsOptions,
} from './judge/partition-bounds.ts';
export type { PartitionEstimate } from './judge/partition-estimate.ts';
export { pseudoLikelihood, stochasticPseudoLikelihood } from './judge/pseudo-likelihood.ts';
export { referenceAis } from './judge/reference-ais.ts';
export {
  equilibrate,
  type ReverseAisOptions,
  type ReverseAisResult,
  reverseAis,
} from './judge/reverse-ais.ts';
export { linearTemperatures, publishedTemperatures } from './judge/temperatures.ts';
export { kernelAis } from './kernels/kernel-ais.ts';
export { createSparseTrainer, type SparseTrainerOptions } from './kernels/sparse-trainer.ts';
export {
  decodeModelFile,
  encodeModelFile,
  type ModelAbout,
  type StoredModel,
} from './model-file.ts';
export type { LayerParameters, Rbm } from './rbm.ts';
export type {
  RbmEpochRecord,
  RbmProgress,
  RbmSnapshot,
  RbmTrainer,
  RbmTrainerOptions,
  RbmTrainingEnd,
  RbmTrainOptions,
} from './rbm-trainer.ts';
export type {
  GreyConvention,
  NegativePhase,
  RbmOptimizerSpec,
  RbmTrainingSpec,
} from './rbm-training-spec.ts';
export {
  type FeatureRows,
  rowsFromFeatures,
  rowsFromSparse,
  type SparseFeatureRows,
} from './rows-from-features.ts';
export { decodeRbmSnapshot, encodeRbmSnapshot, type SnapshotText } from './snapshot-file.ts';
export type { DenseRows, SparseRows, StateRows } from './state-rows.ts';
export { hasPrecision } from './units/bind-units.ts';
export { stateWidth, type UnitKind, type UnitSpec } from './units/unit-spec.ts';
