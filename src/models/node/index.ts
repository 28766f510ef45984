/** Models in files, where there is a file system (Node). */
export { formatOfFile, openModel, openModelAs, readBeside } from './open-model.ts';
export { checkOutput, type NewValues, writeModel } from './write-model.ts';
