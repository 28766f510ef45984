/** What the doctor's report is drawn from, as plain JSON: the file diagnosis.json. */
import type { Diagnosis, Prescription } from '../../doctor/diagnosis.ts';

/** What `--fix` did. */
export interface DoctorFix {
  readonly prescriptions: readonly Prescription[];
  /** The mended network, examined with the same batch. */
  readonly after: Diagnosis;
  /** Where the mended weights were written; null where they were not. */
  readonly file: string | null;
}

export interface DoctorReportData {
  readonly format: 'outset-diagnosis';
  readonly version: 1;
  readonly outsetVersion: string;
  readonly createdAt: string;
  readonly command: string;
  /** Where the batch came from. */
  readonly data: string;
  readonly diagnosis: Diagnosis;
  readonly fix: DoctorFix | null;
}
