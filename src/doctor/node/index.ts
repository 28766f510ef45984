/** The doctor in Node: opening model files. */
export { type OpenSubjectOptions, openSubject } from './open-subject.ts';
