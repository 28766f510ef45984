import { availableParallelism } from 'node:os';
import { chanceOf } from '../../data/chance.ts';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/node/open.ts';
import { type Language, OutsetError } from '../../messages/index.ts';
import { raceLabels } from '../../messages/labels/race.ts';
import { createNetwork } from '../../network/create-network.ts';
import { type Contestant, contestantsOf } from '../../race/contestants.ts';
import type { ContestantResult, RaceResult, RaceSpec } from '../../race/result.ts';
import { fieldOf, judge } from '../../race/verdict.ts';
import { defaultStarts } from '../../starts/default-starts.ts';
import { exitCodes, exitInterrupted } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { type RaceFile, RaceFolder } from './folder.ts';
import { machineOf } from './machine.ts';
import { parseSeeds, type RaceOptions, wholeNumber } from './options.ts';
import { writeOutputs } from './outputs.ts';
import { checkOptions, planRace } from './plan.ts';
import { ContestantPool } from './pool.ts';
import { type ProgressView, progressView } from './progress.ts';
import type { ContestantOutcome } from './protocol.ts';
import { repeatCommand } from './repeat-command.ts';
import { sharedDataset } from './shared-dataset.ts';

/** A race that is ready to run. */
export interface Race {
  readonly spec: RaceSpec;
  /** The command that repeats it, and the one that continues it. */
  readonly command: string;
  readonly resumeCommand: string;
  readonly folder: RaceFolder;
  /** File of the first weights of a start that comes from outside. */
  readonly parametersFile?: (start: string) => string | undefined;
  readonly dataset: Dataset;
  readonly contestants: readonly Contestant[];
  readonly workers: number;
}

/**
 * `outset race`: plans (or reopens) a race, runs its contestants side by side, judges them, writes everything.
 * @param explicit names of the options that were typed, to see what a resumed race would contradict
 * @returns the exit code
 */
export async function runRaceCommand(
  options: RaceOptions,
  explicit: ReadonlySet<string>,
  language: Language,
): Promise<number> {
  const view = progressView(options.json === true, language);
  return (await runRace(await prepare(options, explicit, language, view), language, view)).code;
}

/**
 * Runs a race to its end, or until Ctrl-C, and writes everything.
 * @returns the exit code, and the result unless it was stopped
 * @throws race.all_failed
 */
export async function runRace(
  race: Race,
  language: Language,
  view: ProgressView,
): Promise<{ code: number; result?: RaceResult }> {
  const begin = performance.now();
  const outcomes = await runAll(race, view);
  if (outcomes === undefined) {
    view.note(raceLabels.stopped[language]({ command: race.resumeCommand }));
    view.event({ event: 'stopped', folder: race.folder.path });
    return { code: exitInterrupted };
  }
  const seconds = (performance.now() - begin) / 1000;
  const result = resultOf(race, outcomes, seconds);
  if (result.contestants.every(({ status }) => status === 'failed')) {
    throw new OutsetError('race.all_failed', { first: result.contestants[0].failure?.message ?? '' });
  }
  await writeOutputs(result, race.folder, language, view);
  const code = result.contestants.some(({ status }) => status === 'failed') ? exitCodes.run : 0;
  return { code, result };
}

async function prepare(
  options: RaceOptions,
  explicit: ReadonlySet<string>,
  language: Language,
  view: ProgressView,
): Promise<Race> {
  const resumed = options.resume === undefined ? undefined : new RaceFolder(options.resume).open();
  if (resumed !== undefined) checkSame(options, explicit, resumed);
  const asked = resumed?.options ?? options;
  if (resumed === undefined) checkOptions(options);
  view.note(raceLabels.loading[language]({ data: asked.data }));
  const dataset = sharedDataset(
    await openDataset(asked.data, { preprocessing: asked.standardize === true ? 'standardize' : 'none' }),
  );
  const spec = resumed?.spec ?? planRace(asked, dataset);
  const file: RaceFile = resumed ?? {
    format: 'outset-race-plan',
    version: 1,
    options: asked,
    spec,
    dataDigest: dataset.digest,
  };
  const folder = new RaceFolder(options.resume ?? options.out ?? defaultFolder());
  if (resumed === undefined) await folder.create(file);
  else if (resumed.dataDigest !== dataset.digest) {
    throw new OutsetError('race.resume_differs', {
      folder: folder.path,
      what: 'data',
      before: resumed.dataDigest,
      after: dataset.digest,
    });
  }
  const contestants = contestantsOf(spec);
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('--threads', options.threads, 1);
  const workers = Math.min(threads, contestants.length);
  const command = repeatCommand(spec, file.options, defaultStarts);
  const resumeCommand = `outset race --resume ${folder.path}`;
  announce(spec, options, workers, resumed === undefined ? undefined : folder, contestants, language, view);
  return { spec, command, resumeCommand, folder, dataset, contestants, workers };
}

/** Says what is about to run. */
function announce(
  spec: RaceSpec,
  options: RaceOptions,
  workers: number,
  resumed: RaceFolder | undefined,
  contestants: readonly Contestant[],
  language: Language,
  view: ProgressView,
): void {
  view.note(
    raceLabels.header[language]({
      network: createNetwork(spec.network).title,
      data: spec.data,
      starts: spec.starts.length,
      seeds: spec.seeds.length,
      epochs: spec.training.epochs,
      workers,
    }),
  );
  if (resumed !== undefined) {
    const finished = contestants.filter(({ id }) => resumed.finishedResult(id) !== undefined).length;
    view.note(raceLabels.resuming[language]({ folder: resumed.path, finished, total: contestants.length }));
  } else if (options.data === 'mnist' && spec.training.epochs < 15) {
    view.note(raceLabels.shortRun[language]({ epochs: spec.training.epochs }));
  }
  view.event({ event: 'race', spec, workers });
}

/** Runs what has not finished yet; undefined if Ctrl-C stopped it. */
async function runAll(
  race: Race,
  view: ProgressView,
): Promise<(ContestantOutcome | ContestantResult)[] | undefined> {
  const pool = new ContestantPool(race.workers);
  const engineThreads = 1;
  view.begin(race.contestants, race.spec.training.epochs, race.workers);
  let stopped = false;
  const onSignal = () => {
    if (stopped) process.exit(exitInterrupted);
    stopped = true;
    view.stopping();
    pool.stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const results = await Promise.all(
      race.contestants.map(async (contestant) => {
        const known = race.folder.finishedResult(contestant.id);
        if (known !== undefined) {
          view.done(contestant, known);
          return known;
        }
        const given = race.parametersFile?.(contestant.start);
        const outcome = await pool.run(
          {
            contestant,
            spec: race.spec,
            ...(given !== undefined && { parametersFile: given }),
            dataset: race.dataset,
            threads: engineThreads,
            checkpointFile: race.folder.checkpoint(contestant.id),
            weightsFile: race.folder.file(race.folder.weights(contestant.id)),
            weightsName: race.folder.weights(contestant.id),
            checkpointEverySeconds: 30,
          },
          (who, progress) => view.progress(who, progress),
        );
        if (outcome !== undefined && outcome.status !== 'stopped') {
          const judged = { ...outcome, verdict: 'unfinished' as const };
          if (outcome.status !== 'failed') await race.folder.keep(contestant.id, judged);
          view.done(contestant, judged);
        }
        return outcome;
      }),
    );
    return stopped && results.some((result) => result === undefined || result.status === 'stopped')
      ? undefined
      : results.filter((result) => result !== undefined);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    view.end();
    await pool.close();
  }
}

function resultOf(
  race: Race,
  outcomes: readonly (ContestantOutcome | ContestantResult)[],
  seconds: number,
): RaceResult {
  const { spec } = race;
  const network = createNetwork(spec.network);
  const unjudged = outcomes.map((outcome) => {
    const { engine: _, ...rest } = outcome as ContestantOutcome;
    return { ...rest, verdict: 'unfinished' as const };
  });
  const field = fieldOf(unjudged, chanceOf(race.dataset));
  const engine = outcomes
    .map((outcome) => ('engine' in outcome ? outcome.engine : ''))
    .find((name) => name !== '');
  const { dataset } = race;
  return {
    format: 'outset-race',
    version: 1,
    outsetVersion: packageVersion(),
    createdAt: new Date().toISOString(),
    command: race.command,
    machine: machineOf(engine ?? 'unknown', race.workers),
    dataset: {
      name: dataset.name,
      description: dataset.description,
      digest: dataset.digest,
      train: dataset.train.count,
      test: dataset.test.count,
      classes: dataset.task.kind === 'classification' ? dataset.task.classes : null,
    },
    networkTitle: network.title,
    parameterCount: network.parameterCount,
    spec,
    contestants: unjudged.map((contestant) => ({ ...contestant, verdict: judge(contestant, field) })),
    seconds,
  };
}

/** Options that were typed together with --resume must say what the race has already. */
function checkSame(options: RaceOptions, explicit: ReadonlySet<string>, file: RaceFile): void {
  const folder = options.resume ?? '';
  for (const name of explicit) {
    if (['resume', 'threads', 'json', 'lang'].includes(name)) continue;
    const after = JSON.stringify(options[name as keyof RaceOptions]);
    const before = JSON.stringify(file.options[name as keyof RaceOptions]);
    const same =
      name === 'seed' || name === 'seeds'
        ? parseSeeds(options.seed, options.seeds).join() === file.spec.seeds.join()
        : after === before;
    if (!same) {
      throw new OutsetError('race.resume_differs', {
        folder,
        what: `--${name}`,
        before: before ?? '-',
        after: after ?? '-',
      });
    }
  }
}

/** A new folder a race: runs/race-2026-11-24T04-05-06. */
function defaultFolder(): string {
  return `runs/race-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
}
