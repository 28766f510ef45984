/** Writing files where there is a file system (Node). */
export {
  ensureWritableFolder,
  type FileContent,
  type FileSystem,
  writeError,
  writeFileAtomic,
} from './atomic-file.ts';
