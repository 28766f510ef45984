import { availableParallelism } from 'node:os';
import path from 'node:path';
import { writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import { type Language, OutsetError } from '../../messages/index.ts';
import { boltzmannRunLabels as labels } from '../../messages/labels/boltzmann-run.ts';
import { dbnLabels } from '../../messages/labels/dbn.ts';
import { raceLabels } from '../../messages/labels/race.ts';
import { createNetwork } from '../../network/create-network.ts';
import { contestantsOf } from '../../race/contestants.ts';
import { commandOf } from '../boltzmann/repeat-command.ts';
import { readModelFile } from '../boltzmann/stored-model-file.ts';
import { type Race, runRace } from '../race/command.ts';
import { encodeJson, type RaceFile, RaceFolder } from '../race/folder.ts';
import { parseSeeds, wholeNumber } from '../race/options.ts';
import { readParameters } from '../race/parameters-file.ts';
import { type ProgressView, progressView } from '../race/progress.ts';
import { sharedDataset } from '../race/shared-dataset.ts';
import { checkSameOptions } from '../run-folder.ts';
import { shownPath } from '../shown-path.ts';
import { openForModel } from './labelled-data.ts';
import { checkNetFile, writeNetFile } from './net-file.ts';
import type { FinetuneOptions } from './options.ts';
import { planFinetune, pretrained } from './plan.ts';
import { pretrainedVerdict } from './verdict.ts';

/**
 * `outset finetune`: a race of a pre-trained net against other starts of the same network, with a verdict; the pre-trained
 * net is written at the end.
 * @returns the exit code
 */
export async function runFinetuneCommand(
  options: FinetuneOptions,
  explicit: ReadonlySet<string>,
  language: Language,
): Promise<number> {
  const view = progressView(options.json === true, language);
  if (options.output !== undefined) checkNetFile(options.output);
  const race = await prepare(options, explicit, language, view);
  const { code, result } = await runRace(race, language, view);
  if (result === undefined) return code;
  const verdict = pretrainedVerdict(result);
  if (verdict !== null) {
    view.summary(dbnLabels.verdict[language](verdict));
    await writeFileAtomic(race.folder.file('verdict.json'), encodeJson(verdict));
  }
  view.event({ event: 'verdict', verdict });
  const file = options.output ?? race.output ?? race.folder.file('net.safetensors');
  const first = result.contestants.find(({ start, status }) => start === pretrained && status === 'finished');
  if (first?.weightsFile == null) return code;
  const values = readParameters(race.folder.file(first.weightsFile));
  await writeNetFile(file, result.spec.network, values);
  view.note(labels.modelWritten[language]({ file: shownPath(file) }));
  return code;
}

async function prepare(
  options: FinetuneOptions,
  explicit: ReadonlySet<string>,
  language: Language,
  view: ProgressView,
): Promise<Race & { output?: string }> {
  const resumed =
    options.resume === undefined
      ? undefined
      : new RaceFolder(options.resume).open<FinetuneOptions>('finetune');
  if (resumed !== undefined) {
    checkSameOptions(options.resume ?? '', explicit, options, resumed.options);
  }
  const asked = resumed?.options ?? options;
  const { model: modelFile, data } = asked;
  if (modelFile === undefined || data === undefined) {
    const example = 'outset finetune dbn.safetensors mnist --labels 1000';
    throw new OutsetError('cli.argument_missing', { name: 'MODEL DATA', example });
  }
  const model = readModelFile(modelFile);
  view.note(raceLabels.loading[language]({ data }));
  const [seed] = parseSeeds(asked.seed, asked.seeds);
  const wanted = {
    labels: asked.labels === undefined ? undefined : wholeNumber('--labels', asked.labels, 1),
    autoencoder: asked.autoencoder === true,
    seed,
  };
  const dataset = sharedDataset(await openForModel(data, model, modelFile, wanted, language));
  const { spec, start } = planFinetune(asked, model, dataset);
  const folder = new RaceFolder(options.resume ?? options.out ?? defaultFolder());
  const startFile = folder.file('pretrained.safetensors');
  if (resumed === undefined) {
    const file: RaceFile<FinetuneOptions> = {
      format: 'outset-race-plan',
      version: 1,
      command: 'finetune',
      options: asked,
      spec,
      dataDigest: dataset.digest,
    };
    await folder.create(file);
    await writeFileAtomic(startFile, writeSafetensors(start.values));
  } else if (resumed.dataDigest !== dataset.digest) {
    const details = { folder: folder.path, what: 'data', before: resumed.dataDigest, after: dataset.digest };
    throw new OutsetError('cli.resume_differs', details);
  }
  const contestants = contestantsOf(spec);
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1);
  const workers = Math.min(threads, contestants.length);
  view.note(
    raceLabels.header[language]({
      network: createNetwork(spec.network).title,
      data: `${data} (${dataset.train.count.toLocaleString('en-US')} + ${dataset.test.count.toLocaleString('en-US')})`,
      starts: spec.starts.length,
      seeds: spec.seeds.length,
      epochs: spec.training.epochs,
      workers,
    }),
  );
  if (model.labels > 0 && wanted.labels !== undefined) view.note(labels.sawAllLabels[language]({}));
  view.event({ event: 'finetune', spec, workers });
  return {
    spec,
    command: commandOf('finetune', [modelFile, data], asked),
    resumeCommand: `outset finetune --resume ${shownPath(folder.path)}`,
    folder,
    dataset,
    contestants,
    workers,
    parametersFile: (name) => (name === pretrained ? startFile : undefined),
    ...(asked.output !== undefined && { output: asked.output }),
  };
}

function defaultFolder(): string {
  return path.join('runs', `finetune-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`);
}
