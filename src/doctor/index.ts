/** The doctor: will a network learn from its first weights, which layer is to blame, what to write instead. */

export { type DiagnoseOptions, diagnose, usualPlan } from './diagnose.ts';
export type * from './diagnosis.ts';
export { type Fix, type FixOptions, fix } from './fix.ts';
export type { Measurement } from './measurement.ts';
export { type BatchOptions, batchFor, defaultBatchSize, type SubjectBatch } from './subject/batch.ts';
export { subjectFromKeras } from './subject/from-keras.ts';
export { subjectFromNetwork } from './subject/from-network.ts';
export { type OnnxSubjectOptions, subjectFromOnnx } from './subject/from-onnx.ts';
export { subjectFromWeights } from './subject/from-weights.ts';
export { type OpenSubjectOptions, subjectFromBytes } from './subject/open-source.ts';
export type { Subject, SubjectGraph, SubjectInput, SubjectLayer, SubjectMode } from './subject.ts';
