import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import type { Language } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { rbmReport } from '../../report/boltzmann/rbm-report.ts';
import type { RbmReportData } from '../../report/boltzmann/rbm-report-data.ts';
import { localized } from '../../report/figures/figure.ts';
import { imageGridPng } from '../../report/images/image-grid.ts';
import { quote } from '../boltzmann/repeat-command.ts';
import { factsOf, type RunData } from '../boltzmann/run-data.ts';
import { packageVersion } from '../package-version.ts';
import { encodeJson } from '../race/folder.ts';
import { formatPercent } from '../race/format.ts';
import { machineOf } from '../race/machine.ts';
import type { RunFolder } from '../run-folder.ts';
import { shownPath } from '../shown-path.ts';
import type { StatusView } from '../status-view.ts';
import type { PretrainOptions } from './options.ts';
import { modelTitle, type PretrainPlan } from './plan.ts';
import type { PretrainOutcome } from './protocol.ts';

const shownFilters = 400;

export interface FinishedPretraining {
  readonly outcome: Extract<PretrainOutcome, { status: 'finished' }>;
  readonly plan: PretrainPlan;
  readonly data: RunData;
  readonly folder: RunFolder<PretrainOptions, PretrainPlan>;
  readonly command: string;
  readonly modelFile: string;
  readonly threads: number;
  readonly seconds: number;
}

/** Writes result.json, report.html and the pictures of a run, and says what came out. */
export async function writePretrainOutputs(
  finished: FinishedPretraining,
  language: Language,
  view: StatusView,
): Promise<void> {
  const { outcome, plan, data, folder, command, modelFile } = finished;
  const report = reportOf(finished);
  const result = {
    format: 'outset-pretrain',
    version: 1,
    outsetVersion: report.outsetVersion,
    createdAt: report.createdAt,
    command,
    plan,
    dataset: { ...report.dataset, digest: data.dataset.digest },
    histories: outcome.layers.map(({ history }) => history),
    readOut: outcome.readOut,
    model: modelFile,
    seconds: report.seconds,
  };
  await writeFileAtomic(folder.file('result.json'), encodeJson(result));
  await writeFileAtomic(folder.file('report.html'), rbmReport(report, { language }));
  const pictures = picturesOf(finished);
  for (const [name, bytes] of pictures) await writeFileAtomic(folder.file(name), bytes);
  view.event({ event: 'result', folder: folder.path, model: modelFile, readOut: outcome.readOut });
  if (outcome.readOut !== null) {
    const { greedy, final } = outcome.readOut;
    view.summary(
      labels.readOut[language]({
        error: formatPercent(final),
        before: plan.upDown === null ? '' : formatPercent(greedy),
      }),
    );
  }
  view.note(labels.modelWritten[language]({ file: shownPath(modelFile) }));
  view.note(labels.reportWritten[language]({ file: folder.shown('report.html') }));
  const files = pictures.map(([name]) => folder.shown(name)).join(', ');
  view.note(labels.picturesWritten[language]({ files }));
  view.note(labels.repeat[language]({ command }));
  const classes = factsOf(data).classes.length;
  if (classes > 1 && data.form === 'dense') {
    const next = `outset finetune ${quote(shownPath(modelFile))} ${quote(plan.data)}`;
    view.note(labels.next[language]({ command: next }));
  }
}

function picturesOf({ outcome }: FinishedPretraining): [string, Uint8Array][] {
  const pictures: [string, Uint8Array][] = outcome.layers.map(({ filters }, i) => [
    `filters-${i + 1}.png`,
    imageGridPng(filters?.images.slice(0, shownFilters) ?? [], {
      shape: filters?.shape ?? null,
      map: 'diverging',
      range: 'each',
    }),
  ]);
  const { dreams } = outcome;
  if (dreams !== null) {
    const images = dreams.rows.flatMap((row) => row.images);
    const columns = dreams.rows[0].images.length;
    pictures.push(['dreams.png', imageGridPng(images, { shape: dreams.shape, columns })]);
  }
  return pictures;
}

function reportOf({ outcome, plan, data, command, threads, seconds }: FinishedPretraining): RbmReportData {
  const { name, description, train, test } = factsOf(data);
  const { cpu, platform, node } = machineOf('', threads);
  const { readOut } = outcome;
  return {
    format: 'outset-rbm-report',
    version: 1,
    model: modelTitle(plan),
    dataset: { name, description, train, test },
    layers: outcome.layers,
    ...(outcome.dreams && { dreams: outcome.dreams }),
    command,
    facts: [
      [localized(labels['fact.seed'], {}), String(plan.seed)],
      [localized(labels['fact.upward'], {}), localized(labels[`upward.${plan.upward}`], {})],
      ...(readOut === null
        ? []
        : [[localized(labels['fact.readOut'], {}), formatPercent(readOut.final)] as const]),
      [localized(labels['fact.threads'], {}), String(threads)],
      [localized(labels['fact.machine'], {}), `${cpu}, ${platform}, Node ${node}`],
    ],
    outsetVersion: packageVersion(),
    createdAt: new Date().toISOString(),
    seconds,
  };
}
