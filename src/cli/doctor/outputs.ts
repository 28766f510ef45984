import { hostname } from 'node:os';
import path from 'node:path';
import { ensureWritableFolder, writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { eventFileName, TensorBoardWriter } from '../../formats/tensorboard.ts';
import type { Language } from '../../messages/index.ts';
import { doctorSvg } from '../../report/doctor/depth-svg.ts';
import { doctorReport } from '../../report/doctor/report.ts';
import type { DoctorReportData } from '../../report/doctor/report-data.ts';
import { encodeJson } from '../race/folder.ts';
import { diagnosisEvents } from './events.ts';

/**
 * Writes diagnosis.json, report.html, depth.svg and tensorboard/ into a folder.
 * @returns the file of the report
 */
export async function writeDoctorOutputs(
  result: DoctorReportData,
  folder: string,
  language: Language,
): Promise<string> {
  const target = path.resolve(folder);
  await ensureWritableFolder(target);
  await writeFileAtomic(path.join(target, 'diagnosis.json'), encodeJson(result));
  const report = path.join(target, 'report.html');
  await writeFileAtomic(report, doctorReport(result, { language }));
  await writeFileAtomic(path.join(target, 'depth.svg'), doctorSvg(result.diagnosis, { language }));
  const seconds = Date.parse(result.createdAt) / 1000;
  const runs = [
    ['before', result.diagnosis],
    ...(result.fix === null ? [] : ([['after', result.fix.after]] as const)),
  ] as const;
  for (const [name, diagnosis] of runs) {
    const run = path.join(target, 'tensorboard', name);
    await ensureWritableFolder(run);
    const chunks = [...diagnosisEvents(diagnosis, new TensorBoardWriter(() => seconds))];
    await writeFileAtomic(path.join(run, eventFileName(seconds, hostname())), chunks);
  }
  return report;
}
