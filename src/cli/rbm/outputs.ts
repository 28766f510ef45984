import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import type { Language } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { rbmReport } from '../../report/boltzmann/rbm-report.ts';
import type { RbmReportData } from '../../report/boltzmann/rbm-report-data.ts';
import { localized } from '../../report/figures/figure.ts';
import { imageGridPng } from '../../report/images/image-grid.ts';
import { judgementText } from '../boltzmann/judgement-text.ts';
import { factsOf, type RunData } from '../boltzmann/run-data.ts';
import { packageVersion } from '../package-version.ts';
import { encodeJson } from '../race/folder.ts';
import { machineOf } from '../race/machine.ts';
import type { RunFolder } from '../run-folder.ts';
import { shownPath } from '../shown-path.ts';
import type { StatusView } from '../status-view.ts';
import type { RbmOptions } from './options.ts';
import type { RbmPlan } from './plan.ts';
import type { RbmOutcome } from './protocol.ts';

const shownFilters = 400;

export interface FinishedRbm {
  readonly outcome: Extract<RbmOutcome, { status: 'finished' }>;
  readonly plan: RbmPlan;
  readonly data: RunData;
  readonly folder: RunFolder<RbmOptions, RbmPlan>;
  readonly command: string;
  readonly modelFile: string;
  readonly threads: number;
  readonly seconds: number;
  /** A likelihood would have been estimated if the units allowed it. */
  readonly unjudged: boolean;
}

/** Writes result.json, report.html and the pictures of a run, and says what came out. */
export async function writeRbmOutputs(
  finished: FinishedRbm,
  language: Language,
  view: StatusView,
): Promise<void> {
  const { outcome, plan, folder, command, modelFile } = finished;
  const { layer, samples } = outcome;
  const report = reportOf(finished);
  const result = {
    format: 'outset-rbm',
    version: 1,
    outsetVersion: report.outsetVersion,
    createdAt: report.createdAt,
    command,
    plan,
    dataset: { ...report.dataset, digest: finished.data.dataset.digest },
    history: layer.history,
    judgement: layer.judgement,
    model: modelFile,
    seconds: report.seconds,
  };
  await writeFileAtomic(folder.file('result.json'), encodeJson(result));
  await writeFileAtomic(folder.file('report.html'), rbmReport(report, { language }));
  const shape = layer.filters?.shape ?? null;
  const pictures: [string, Uint8Array][] = [
    [
      'filters.png',
      imageGridPng(layer.filters?.images.slice(0, shownFilters) ?? [], {
        shape,
        map: 'diverging',
        range: 'each',
      }),
    ],
    ['samples.png', imageGridPng(samples, { shape })],
  ];
  for (const [name, bytes] of pictures) await writeFileAtomic(folder.file(name), bytes);
  view.event({ event: 'result', folder: folder.path, model: modelFile, judgement: layer.judgement });
  view.summary(judgementText(layer.judgement, language));
  if (finished.unjudged) view.note(labels.noLikelihood[language]({}));
  view.note(labels.modelWritten[language]({ file: shownPath(modelFile) }));
  view.note(labels.reportWritten[language]({ file: folder.shown('report.html') }));
  view.note(
    labels.picturesWritten[language]({ files: pictures.map(([name]) => folder.shown(name)).join(', ') }),
  );
  view.note(labels.repeat[language]({ command }));
}

function reportOf({ outcome, plan, data, command, threads, seconds }: FinishedRbm): RbmReportData {
  const { name, description, train, test } = factsOf(data);
  const { cpu, platform, node } = machineOf('', threads);
  return {
    format: 'outset-rbm-report',
    version: 1,
    model: `${plan.visible.count}-${plan.hidden.count}`,
    dataset: { name, description, train, test },
    layers: [outcome.layer],
    command,
    facts: [
      [localized(labels['fact.seed'], {}), String(plan.seed)],
      [localized(labels['fact.weightStd'], {}), `N(0, ${plan.weightStd}²)`],
      [localized(labels['fact.threads'], {}), String(threads)],
      [localized(labels['fact.machine'], {}), `${cpu}, ${platform}, Node ${node}`],
    ],
    outsetVersion: packageVersion(),
    createdAt: new Date().toISOString(),
    seconds,
  };
}
