export {
  flagAttribute,
  graphAttribute,
  hasAttribute,
  intAttribute,
  intsAttribute,
  numberAttribute,
  numbersAttribute,
  stringAttribute,
  tensorAttribute,
} from './attributes.ts';
export { broadcastDims } from './broadcast.ts';
export { type AttributeLiteral, floatAttribute, GraphBuilder } from './builder.ts';
export { dataTypeCode, dataTypeOfCode } from './data-types.ts';
export type { DecodeOptions } from './decode-options.ts';
export {
  type Attribute,
  type Attributes,
  type Graph,
  type GraphNode,
  opsetVersion,
  type ValueInfo,
  type ValueType,
} from './graph.ts';
export { inferTypes } from './infer.ts';
export type { InitializerUse } from './initializer-uses.ts';
export {
  type ExternalData,
  type ModelInitializer,
  type OnnxModelFile,
  openModelFile,
} from './model-file.ts';
export { constantValue } from './operators/generator.ts';
export { resolveSlice, type SliceRange } from './operators/indexing.ts';
export { pruneGraph } from './prune.ts';
export { decodeMetadata, decodeModel } from './read.ts';
export { validateGraph } from './validate.ts';
export { resolveTransposedWindow, resolveWindow, type Window } from './window.ts';
export { type EncodeOptions, encodeModel } from './write.ts';
