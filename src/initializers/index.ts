/** Rules that draw first weights: `(stream, parameter) => Tensor`. One rule a file; names and aliases in the registry. */
export {
  type ActivationFunction,
  type ActivationFunctionName,
  activationFunction,
  activationFunctionNames,
} from './activation-functions.ts';
export { activationScaling } from './activation-scaling.ts';
export { type RuleEntry, type Signal, type StartFamily, signals, startFamilies } from './catalogue/entry.ts';
export { constant, ones, zeros } from './constant.ts';
export { convolutionOrthogonal } from './convolution-orthogonal.ts';
export { type CriticalPoint, criticalPoint } from './criticality.ts';
export { type DeepNormFactors, deepNorm, deepNormFactors } from './deep-norm.ts';
export { deltaOrthogonal } from './delta-orthogonal.ts';
export { dirac, identity } from './dirac.ts';
export { type EdgeOfChaos, edgeOfChaos } from './edge-of-chaos.ts';
export {
  conv,
  convChannelsLast,
  convTranspose,
  denseInOut,
  denseOutIn,
  type Fans,
  fans,
  parameterShape,
} from './fans.ts';
export { pytorchDefault } from './framework-defaults.ts';
export { fluxLecunNormal, kerasNormal, tfjsNormal } from './framework-normals.ts';
export { backwardGain, forwardGain, torchGain } from './gain.ts';
export { gaussianExpectation } from './gaussian-quadrature.ts';
export { type GlorotOptions, glorotNormal, glorotUniform } from './glorot.ts';
export { gpt2 } from './gpt2.ts';
export { type HeOptions, heNormal, heUniform } from './he.ts';
export type { Initializer, Layout, ParameterRole, ParameterShape } from './initializer.ts';
export { type InitializerRule, initialize, initializerFor, parameterScales } from './initializer-rule.ts';
export { kumar } from './kumar.ts';
export { lectureHe, lectureNormal, lectureXavier, xavierInit } from './lecture.ts';
export { lecunNormal, lecunUniform } from './lecun.ts';
export { mimetic } from './mimetic.ts';
export type { ModelRule, ParameterScale } from './model-rule.ts';
export { muParametrization } from './mu-parametrization.ts';
export { neuralTangent } from './neural-tangent.ts';
export { normal } from './normal.ts';
export { orthogonal } from './orthogonal.ts';
export { fluxIdentity, paddedIdentity, zeroHadamard } from './partial-identity.ts';
export { randomWalk } from './random-walk.ts';
export { listRules, parseRule } from './registry.ts';
export { siren } from './siren.ts';
export { sparse, torchSparse } from './sparse.ts';
export { spectral } from './spectral.ts';
export { stft } from './stft.ts';
export { tFixup } from './t-fixup.ts';
export { type TorchDefaultsOptions, torchDefaults, torchLayerNames } from './torch/defaults.ts';
export * as torchInit from './torch/index.ts';
export type * from './torch/layer.ts';
export { type TransformerName, transformerName } from './transformer-names.ts';
export { absoluteTruncatedNormal, truncatedNormal, truncatedNormalStd } from './truncated-normal.ts';
export { uniform } from './uniform.ts';
export { type FanMode, type VarianceScalingOptions, varianceScaling } from './variance-scaling.ts';
export { visionTransformer } from './vision-transformer.ts';
