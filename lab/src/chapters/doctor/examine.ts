/** An examination as a page shows it: every sentence, figure and table, in both languages. */
import type { Dataset } from '../../../../src/data/dataset.ts';
import { diagnose } from '../../../../src/doctor/diagnose.ts';
import type { Diagnosis, Prescription, Severity, VerdictName } from '../../../../src/doctor/diagnosis.ts';
import { type Fix, fix } from '../../../../src/doctor/fix.ts';
import { doctorCliLabels } from '../../../../src/messages/labels/doctor-cli.ts';
import { doctorReportLabels } from '../../../../src/messages/labels/doctor-report.ts';
import { changeRows } from '../../../../src/report/doctor/change-markup.ts';
import { type CodeToWrite, codeToWrite } from '../../../../src/report/doctor/code/code-to-write.ts';
import { depthFigure } from '../../../../src/report/doctor/depth-figures.ts';
import { layerTable } from '../../../../src/report/doctor/layer-table.ts';
import { layerValues } from '../../../../src/report/doctor/layer-values.ts';
import { prescriptionsOf } from '../../../../src/report/doctor/prescriptions-of.ts';
import { type ProvenanceTable, provenanceTable } from '../../../../src/report/doctor/provenance-table.ts';
import { diagnosisNotes } from '../../../../src/report/doctor/screen.ts';
import {
  evidenceText,
  findingSentence,
  layerNames,
  leadSentence,
  percent,
  prescriptionText,
  verdictSentence,
} from '../../../../src/report/doctor/words.ts';
import {
  type FigureTable,
  type LineFigure,
  type Localized,
  localized,
} from '../../../../src/report/figures/figure.ts';
import type { Runtime } from '../../../../src/runtime/runtime.ts';
import { mendedFiles } from './mended-files.ts';
import { type DoctorOrder, doctorCommand, trainingPlan } from './order.ts';
import { openPatient, type Patient } from './patient.ts';

export type DoctorStage = 'opening' | 'examining' | 'mending';

/** What is being done, and the diagnosis as soon as there is one. */
export interface DoctorNews {
  readonly stage: DoctorStage;
  readonly frame: DoctorFrame | null;
}

export interface FindingFrame {
  readonly severity: Severity;
  readonly badge: Localized;
  readonly short: Localized;
  readonly long: Localized;
  readonly confidence: Localized;
  readonly layers: Localized;
  readonly evidence: readonly Localized[];
  readonly prescription: Localized | null;
}

/** What mending changed. */
export interface MendFrame {
  /** Why nothing was changed; null where something was. */
  readonly unchanged: Localized | null;
  readonly applied: readonly Localized[];
  readonly change: FigureTable | null;
  /** The mended model; empty where its weights have not changed or its format cannot be written. */
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
}

export interface DoctorFrame {
  readonly lead: Localized;
  readonly verdict: { readonly name: VerdictName; readonly badge: Localized; readonly sentence: Localized };
  readonly notes: readonly Localized[];
  readonly findings: readonly FindingFrame[];
  /** Forward, then backward; empty where nothing could be run. */
  readonly figures: readonly LineFigure[];
  readonly layers: FigureTable;
  readonly provenance: ProvenanceTable;
  /** Prescriptions as code in five frameworks. */
  readonly codes: readonly CodeToWrite[];
  readonly mend: MendFrame | null;
  /** True where the file holds weights without an architecture. */
  readonly needsNetwork: boolean;
  readonly command: string;
}

/** What the worker, or the build, does an examination with. */
export interface Surgery {
  readonly runtime: Runtime;
  readonly threads: number;
  readonly signal: AbortSignal;
  report(news: DoctorNews): void;
  /** The data set that an order names; null for noise. */
  openData(): Promise<Dataset | null>;
}

export async function examine(order: DoctorOrder, surgery: Surgery): Promise<DoctorFrame> {
  const { runtime, threads, signal, report } = surgery;
  report({ stage: 'opening', frame: null });
  const patient = await openPatient(order, runtime, surgery.openData);
  const { subject, batch } = patient;
  report({ stage: 'examining', frame: null });
  const diagnosis = await diagnose({ subject, batch, plan: trainingPlan(order), runtime, threads });
  const found = await frameOf(order, patient, diagnosis, null);
  if (order.mend === 'no' || signal.aborted) return found;
  report({ stage: 'mending', frame: found });
  const mended = await fix({ subject, diagnosis, batch, runtime, seed: order.seed, signal });
  return frameOf(order, patient, diagnosis, mended);
}

async function frameOf(
  order: DoctorOrder,
  patient: Patient,
  diagnosis: Diagnosis,
  mended: Fix | null,
): Promise<DoctorFrame> {
  const { verdict, findings } = diagnosis;
  const { build, notRunnable, origin } = patient.subject;
  const applied = mended !== null && mended.prescriptions.length > 0 ? mended : null;
  const ran = build !== undefined;
  const needsNetwork = !ran && (origin === 'safetensors' || origin === 'npz');
  const notes = [
    ...(notRunnable === undefined || needsNetwork ? [] : [notRunnable]),
    ...(patient.note === null || !ran ? [] : [patient.note]),
    ...(needsNetwork ? [] : diagnosisNotes(diagnosis)),
  ];
  return {
    lead: leadSentence(diagnosis),
    verdict: {
      name: verdict.name,
      badge: localized(doctorReportLabels.verdict, { verdict: verdict.name }),
      sentence: verdictSentence(diagnosis),
    },
    notes,
    findings: findings.map((finding) => ({
      severity: finding.severity,
      badge: localized(doctorReportLabels.severity, { severity: finding.severity }),
      short: findingSentence(finding, 'short'),
      long: findingSentence(finding, 'long'),
      confidence: localized(doctorReportLabels.confidence, { percent: percent(finding.confidence) }),
      layers: layerNames(finding.layers),
      evidence: finding.evidence.map(evidenceText),
      prescription: finding.prescription === null ? null : prescriptionText(finding.prescription),
    })),
    figures: ran
      ? (['forward', 'backward'] as const).map((way) => depthFigure(diagnosis, way, applied?.after))
      : [],
    layers: withValues(layerTable(layerValues(diagnosis))),
    provenance: provenanceTable(diagnosis),
    codes: codeToWrite(applied?.prescriptions ?? prescriptionsOf(diagnosis), diagnosis),
    mend: mended === null ? null : await mendFrame(order, patient, diagnosis, mended),
    needsNetwork,
    command: doctorCommand(order, patient.used),
  };
}

/** A table without the columns that hold nothing. */
function withValues({ columns, rows }: FigureTable): FigureTable {
  const kept = columns.map((_, i) => rows.some((row) => row[i] !== null));
  return {
    columns: columns.filter((_, i) => kept[i]),
    rows: rows.map((row) => row.filter((_, i) => kept[i])),
  };
}

async function mendFrame(
  order: DoctorOrder,
  { subject }: Patient,
  before: Diagnosis,
  { prescriptions, reason, changed, values, after }: Fix,
): Promise<MendFrame> {
  if (prescriptions.length === 0) {
    const unchanged = localized(doctorCliLabels.unchanged, { reason: reason ?? 'learns-already' });
    return { unchanged, applied: [], change: null, files: [] };
  }
  return {
    unchanged: null,
    applied: prescriptions.map((one: Prescription) => prescriptionText(one)),
    change: {
      columns: [
        localized(doctorReportLabels.quantityColumn, {}),
        localized(doctorReportLabels.beforeColumn, {}),
        localized(doctorReportLabels.afterColumn, {}),
      ],
      rows: changeRows(before, after),
    },
    files: changed.length === 0 ? [] : await mendedFiles(order, subject, values),
  };
}
