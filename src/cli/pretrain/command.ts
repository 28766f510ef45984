import { availableParallelism } from 'node:os';
import { type Language, OutsetError } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
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
import type { PretrainOptions } from './options.ts';
import { writePretrainOutputs } from './outputs.ts';
import { modelTitle, type PretrainPlan, planPretrain } from './plan.ts';
import type { PretrainNews, PretrainOutcome, PretrainTask } from './protocol.ts';

/**
 * `outset pretrain`: plans (or reopens) a run, stacks RBMs into a deep belief net, writes everything.
 * @param explicit names of the options that were typed, to see what a resumed run would contradict
 * @returns the exit code
 */
export async function runPretrainCommand(
  options: PretrainOptions,
  explicit: ReadonlySet<string>,
  language: Language,
): Promise<number> {
  const begin = performance.now();
  const view = new StatusView(options.json === true, language);
  const run = await openRun('pretrain', options, explicit, planPretrain, language, view);
  const { folder, plan, data } = run;
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1);
  const command = commandOf('pretrain', [plan.data], run.options);
  const modelFile = options.output ?? run.options.output ?? folder.file('dbn.safetensors');
  announce(plan, data, language, view);
  const news = new NewsTeller(plan, folder.shown(), language, view);
  const outcome = await runTask<PretrainNews, PretrainOutcome>({
    script: new URL('./worker.js', import.meta.url),
    task: {
      plan,
      data,
      threads,
      checkpointFile: folder.checkpoint,
      modelFile,
      command,
      outsetVersion: packageVersion(),
    } satisfies PretrainTask,
    onNews: (one) => news.tell(one),
    onStopping: () => view.note(labels.stopping[language]({})),
  }).catch((error: unknown) => {
    view.end();
    if (!run.resumed) folder.discard();
    throw error;
  });
  view.end();
  if (outcome.status === 'stopped') {
    const again = `outset pretrain --resume ${folder.shown()}`;
    view.note(labels.stopped[language]({ command: again }));
    view.event({ event: 'stopped', folder: folder.path });
    return exitInterrupted;
  }
  if (outcome.status === 'diverged') {
    const { step, what, layer } = outcome;
    const rate = (plan.layers[layer]?.spec ?? plan.upDown)?.learningRate ?? 0;
    throw new OutsetError('cli.diverged', { step, what, rate, file: folder.checkpoint });
  }
  const seconds = (performance.now() - begin) / 1000;
  await writePretrainOutputs(
    { outcome, plan, data, folder, command, modelFile, threads, seconds },
    language,
    view,
  );
  folder.dropCheckpoint();
  return 0;
}

function announce(plan: PretrainPlan, data: RunData, language: Language, view: StatusView): void {
  view.note(
    labels.dbnHeader[language]({
      model: modelTitle(plan),
      data: plan.data,
      examples: factsOf(data).train,
      labels: plan.labels,
    }),
  );
  const { spec } = plan.layers[0];
  if (plan.standardize) view.note(labels.standardizedNote[language]({}));
  if (plan.hasGrey) view.note(labels.greyNote[language]({ grey: labels[`grey.${spec.grey}`][language]({}) }));
  view.event({ event: 'pretrain', plan });
}

/** Says what the thread reports. */
class NewsTeller {
  readonly #plan: PretrainPlan;
  readonly #folder: string;
  readonly #language: Language;
  readonly #view: StatusView;
  readonly #status: TrainingStatus;

  constructor(plan: PretrainPlan, folder: string, language: Language, view: StatusView) {
    this.#plan = plan;
    this.#folder = folder;
    this.#language = language;
    this.#view = view;
    this.#status = new TrainingStatus(view, language);
  }

  tell(news: PretrainNews): void {
    const [view, language, plan] = [this.#view, this.#language, this.#plan];
    switch (news.type) {
      case 'constant-columns': {
        const { columns, of } = news;
        view.note(labels.constantColumns[language]({ columns, of, standardized: plan.standardize }));
        view.event({ event: 'warning', warning: 'constant-columns', columns, of });
        return;
      }
      case 'resumed': {
        const { epoch, layer } = news;
        view.note(labels.resumingLayer[language]({ folder: this.#folder, layer: layer + 1, epoch }));
        return;
      }
      case 'progress': {
        const layers = plan.layers.length;
        this.#status.progress(
          news.progress,
          news.layer < layers ? { layer: news.layer + 1, layers } : { layer: 0, layers },
        );
        return;
      }
      case 'epoch':
        this.#status.epoch(news.record);
        view.event({ ...news.record, event: 'epoch', layer: news.layer + 1 });
        this.#epoch(news.layer, news.record);
        return;
      case 'drawing':
        view.end();
    }
  }

  #epoch(layer: number, record: Extract<PretrainNews, { type: 'epoch' }>['record']): void {
    const plan = this.#plan;
    const spec = plan.layers[layer]?.spec ?? plan.upDown;
    if (record.epoch !== spec?.epochs) return;
    const own = plan.layers[layer];
    const below = layer === 0 ? plan.visible : plan.layers[layer - 1]?.hidden;
    const labelled = plan.labels > 0 && layer === plan.layers.length - 1 ? `+${plan.labels}` : '';
    this.#view.end();
    this.#view.note(
      labels.layerDone[this.#language]({
        layer: own === undefined ? 0 : layer + 1,
        model:
          own === undefined
            ? modelTitle(plan)
            : `${below?.count}${labelled}-${own.hidden.count}, ${methodName(own.spec.negative)}`,
        seconds: formatDuration(record.seconds, this.#language),
        error: formatMeasure(record.reconstructionError),
        gap: record.freeEnergyGap === null ? '' : formatMeasure(record.freeEnergyGap),
      }),
    );
  }
}
