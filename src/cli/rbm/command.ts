import { availableParallelism } from 'node:os';
import { type Language, OutsetError } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { readSnapshot } from '../boltzmann/checkpoint-file.ts';
import { methodName } from '../boltzmann/layer-report.ts';
import { openRun } from '../boltzmann/open-run.ts';
import { commandOf } from '../boltzmann/repeat-command.ts';
import { factsOf, type RunData } from '../boltzmann/run-data.ts';
import { formatMeasure, TrainingStatus } from '../boltzmann/training-status.ts';
import { exitInterrupted } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { formatDuration } from '../race/format.ts';
import { wholeNumber } from '../race/options.ts';
import { StatusView } from '../status-view.ts';
import { runTask } from '../task/run-task.ts';
import type { RbmOptions } from './options.ts';
import { writeRbmOutputs } from './outputs.ts';
import { planRbm, type RbmPlan } from './plan.ts';
import type { RbmNews, RbmOutcome, RbmTask } from './protocol.ts';

/**
 * `outset rbm`: plans (or reopens) a run, trains a restricted Boltzmann machine, judges it, writes everything.
 * @param explicit names of the options that were typed, to see what a resumed run would contradict
 * @returns the exit code
 */
export async function runRbmCommand(
  options: RbmOptions,
  explicit: ReadonlySet<string>,
  language: Language,
): Promise<number> {
  const begin = performance.now();
  const view = new StatusView(options.json === true, language);
  const run = await openRun('rbm', options, explicit, planRbm, language, view);
  const { folder, plan, data } = run;
  if (run.resumed) {
    const epoch = readSnapshot(folder.checkpoint)?.epoch ?? 0;
    view.note(labels.resuming[language]({ folder: folder.shown(), epoch }));
  }
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1);
  const command = commandOf('rbm', [plan.data], run.options);
  const modelFile = options.output ?? run.options.output ?? folder.file('model.safetensors');
  announce(plan, data, language, view);
  const status = new TrainingStatus(view, language);
  const outcome = await runTask<RbmNews, RbmOutcome>({
    script: new URL('./worker.js', import.meta.url),
    task: {
      plan,
      data,
      threads,
      checkpointFile: folder.checkpoint,
      modelFile,
      command,
      outsetVersion: packageVersion(),
    } satisfies RbmTask,
    onNews: (news) => tell(news, plan, status, language, view),
    onStopping: () => view.note(labels.stopping[language]({})),
  }).catch((error: unknown) => {
    view.end();
    if (!run.resumed) folder.discard();
    throw error;
  });
  view.end();
  if (outcome.status === 'stopped') {
    const again = `outset rbm --resume ${folder.shown()}`;
    view.note(labels.stopped[language]({ command: again }));
    view.event({ event: 'stopped', folder: folder.path });
    return exitInterrupted;
  }
  if (outcome.status === 'diverged') {
    const { step, what } = outcome;
    throw new OutsetError('cli.diverged', {
      step,
      what,
      rate: plan.training.learningRate,
      file: folder.checkpoint,
    });
  }
  const seconds = (performance.now() - begin) / 1000;
  const unjudged = plan.likelihood === 'none' && run.options.likelihood === 'auto';
  await writeRbmOutputs(
    { outcome, plan, data, folder, command, modelFile, threads, seconds, unjudged },
    language,
    view,
  );
  folder.dropCheckpoint();
  return 0;
}

function announce(plan: RbmPlan, data: RunData, language: Language, view: StatusView): void {
  const { training } = plan;
  view.note(
    labels.rbmHeader[language]({
      model: `${plan.visible.count}-${plan.hidden.count}`,
      data: plan.data,
      examples: factsOf(data).train,
      method: methodName(training.negative),
      epochs: training.epochs,
      batch: training.batchSize,
    }),
  );
  if (plan.standardize) view.note(labels.standardizedNote[language]({}));
  if (plan.hasGrey)
    view.note(labels.greyNote[language]({ grey: labels[`grey.${training.grey}`][language]({}) }));
  view.event({ event: 'rbm', plan });
}

function tell(
  news: RbmNews,
  plan: RbmPlan,
  status: TrainingStatus,
  language: Language,
  view: StatusView,
): void {
  switch (news.type) {
    case 'constant-columns': {
      const { columns, of } = news;
      view.note(labels.constantColumns[language]({ columns, of, standardized: plan.standardize }));
      view.event({ event: 'warning', warning: 'constant-columns', columns, of });
      return;
    }
    case 'progress':
      status.progress(news.progress);
      return;
    case 'epoch': {
      status.epoch(news.record);
      view.event({ ...news.record, event: 'epoch' });
      const { epoch, reconstructionError, freeEnergyGap, seconds } = news.record;
      if (epoch !== plan.training.epochs) return;
      view.end();
      view.note(
        labels.trained[language]({
          epochs: epoch,
          seconds: formatDuration(seconds, language),
          error: formatMeasure(reconstructionError),
          gap: freeEnergyGap === null ? '' : formatMeasure(freeEnergyGap),
        }),
      );
      return;
    }
    case 'judging':
      view.status(
        news.done / news.of,
        labels.judging[language]({ percent: Math.round((100 * news.done) / news.of) }),
      );
  }
}
