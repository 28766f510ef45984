/** The doctor in Node: opening model files. */
export type { OpenSubjectOptions } from '../subject/open-source.ts';
export { openSubject } from './open-subject.ts';
