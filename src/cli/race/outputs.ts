import { hostname } from 'node:os';
import path from 'node:path';
import { ensureWritableFolder, writeFileAtomic } from '../../formats/node/atomic-file.ts';
import { eventFileName, TensorBoardWriter } from '../../formats/tensorboard.ts';
import type { Language } from '../../messages/index.ts';
import { raceLabels } from '../../messages/labels/race.ts';
import { contestantsOf } from '../../race/contestants.ts';
import type { ContestantResult, RaceResult } from '../../race/result.ts';
import { raceReport } from '../../report/html.ts';
import { raceSummary } from '../../report/terminal/index.ts';
import type { Distribution } from '../../training/trace.ts';
import { encodeJson, type RaceFolder } from './folder.ts';
import type { ProgressView } from './progress.ts';

/** Writes result.json, report.html and the TensorBoard events of a race, and shows its summary. */
export async function writeOutputs(
  result: RaceResult,
  folder: RaceFolder,
  language: Language,
  view: ProgressView,
): Promise<void> {
  await writeFileAtomic(folder.file('result.json'), encodeJson(result));
  await writeFileAtomic(folder.file('report.html'), raceReport(result, { language }));
  await writeEvents(result, folder);
  view.event({
    event: 'result',
    folder: folder.path,
    result: folder.file('result.json'),
    report: folder.file('report.html'),
    summary: summaryOf(result),
  });
  view.summary(raceSummary(result, view.terminal));
  const report = path.relative(process.cwd(), folder.file('report.html'));
  view.note(raceLabels.written[language]({ report }));
  view.note(raceLabels.writtenRest[language]({ folder: path.relative(process.cwd(), folder.path) || '.' }));
  view.note(raceLabels.repeat[language]({ command: result.command }));
}

/** The table of a race for machines. */
function summaryOf(result: RaceResult): readonly Readonly<Record<string, unknown>>[] {
  return result.contestants.map(({ start, seed, status, verdict, gradientRatio, history, weightsFile }) => ({
    start,
    seed,
    status,
    verdict,
    gradientRatio,
    firstCost: history.stepLosses[0] ?? null,
    firstEpochCost: history.epochs.find(({ epoch }) => epoch === 1)?.trainLoss ?? null,
    finalCost: history.epochs.at(-1)?.trainLoss ?? null,
    testAccuracy: history.epochs.at(-1)?.testAccuracy ?? null,
    weightsFile,
  }));
}

/** One TensorBoard run a contestant, in tensorboard/<contestant>/. */
async function writeEvents(result: RaceResult, folder: RaceFolder): Promise<void> {
  const seconds = Date.parse(result.createdAt) / 1000;
  for (const [i, { id }] of contestantsOf(result.spec).entries()) {
    const contestant = result.contestants[i];
    if (contestant.status === 'failed') continue;
    const run = folder.file('tensorboard', id);
    await ensureWritableFolder(run);
    await writeFileAtomic(path.join(run, eventFileName(seconds, hostname())), events(contestant, seconds));
  }
}

function* events(contestant: ContestantResult, seconds: number): Generator<Uint8Array> {
  const writer = new TensorBoardWriter(() => seconds);
  const { history, traces } = contestant;
  yield writer.header();
  for (const [step, loss] of history.stepLosses.entries()) {
    yield writer.scalar('train/batch cost', step, loss ?? Number.NaN);
  }
  for (const record of history.epochs) {
    if (record.trainLoss !== null) yield writer.scalar('train/cost', record.step, record.trainLoss);
    yield writer.scalar('test/cost', record.step, record.testLoss ?? Number.NaN);
    if (record.testAccuracy !== null) yield writer.scalar('test/accuracy', record.step, record.testAccuracy);
    yield writer.scalar('learning rate', record.step, record.learningRate);
  }
  for (const { step, layers } of traces) {
    for (const { name, weights, preActivations, activations, gradients } of layers) {
      const parts: Readonly<Record<string, Distribution>> = {
        weights,
        'pre-activations': preActivations,
        activations,
        'gradient of weights': gradients.weights,
        'gradient of pre-activations': gradients.preActivations,
      };
      for (const [part, { histogram, std }] of Object.entries(parts)) {
        if (histogram.counts.length > 0) yield writer.histogram(`${name}/${part}`, step, histogram);
        if (std !== null) yield writer.scalar(`${name}/std of ${part}`, step, std);
      }
    }
  }
}
