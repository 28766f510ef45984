/** Whole models: the architecture read from a file, its weights drawn, the file written again. */
export { type JaxNumpyLike, type PlainArray, toJaxArrays, toPlainArrays } from './adapters/plain-arrays.ts';
export {
  type TfjsInitializer,
  type TfjsInitializerOptions,
  type TfjsLike,
  tfjsInitializer,
} from './adapters/tfjs-initializer.ts';
export { type ArchitectureMap, applyArchitectureMap, parseArchitectureMap } from './architecture-map.ts';
export type { ModelContainer, WrittenFile } from './container.ts';
export { architectureByNames } from './detect/by-names.ts';
export { drawByRules, drawLike, type NewValue } from './draw.ts';
export { formatBytes, formatOfContent } from './format-of-content.ts';
export { hdf5Container, kerasContainer } from './keras-container.ts';
export type { Architecture, LayerKind, ModelFormat, ModelLayer, ModelParameter } from './model.ts';
export { npzContainer } from './npz-container.ts';
export { onnxContainer, type ReadBeside } from './onnx-container.ts';
export { openModelBytes } from './open-bytes.ts';
export { type ParameterPlan, parseRuleChoice, planByRules, type RuleChoice } from './rules.ts';
export { type SafetensorsSource, safetensorsContainer } from './safetensors-container.ts';
export { type ShardFiles, tfjsContainer } from './tfjs-container.ts';
export type { DrawnParameter, WeightDialect } from './weight-dialect.ts';
export { weightDialect, weightDialects } from './weight-dialects.ts';
