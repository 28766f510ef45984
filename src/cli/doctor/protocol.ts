import type { Diagnosis } from '../../doctor/diagnosis.ts';
import type { Fix } from '../../doctor/fix.ts';
import type { Language } from '../../messages/index.ts';
import type { DoctorFix } from '../../report/doctor/report-data.ts';
import type { DoctorPlan } from './options.ts';

/** What the worker thread of `outset doctor` is asked for. */
export interface DoctorTask {
  readonly plan: DoctorPlan;
  readonly language: Language;
}

export interface DoctorNews {
  readonly stage: 'opening' | 'examining' | 'mending';
}

export interface DoctorOutcome {
  /** Null where Ctrl-C came first. */
  readonly diagnosis: Diagnosis | null;
  /** What data the batch came from, in words. */
  readonly data: string;
  readonly fix: DoctorFix | null;
  /** Why `--fix` changed nothing. */
  readonly unchanged: Fix['reason'];
  /** Examples that were measured and asked for, where memory allowed fewer. */
  readonly fewer: { readonly size: number; readonly wanted: number } | null;
  /** Why only the weights could be examined. */
  readonly notRunnable: { readonly en: string; readonly ko: string } | null;
}

/** Ctrl-C came before there was anything to show. */
export const stopped: DoctorOutcome = {
  diagnosis: null,
  data: '',
  fix: null,
  unchanged: null,
  fewer: null,
  notRunnable: null,
};
