/** The doctor's verdict from first weights and one batch, held against what training really did. */
import type { FindingCode, VerdictName } from '../../src/doctor/diagnosis.ts';
import { OutsetError } from '../../src/messages/error.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, seenCases, studyCases } from './doctor/cases.ts';
import { examineCase, secondsOfFifty } from './doctor/examine-case.ts';
import { areaUnderCurve } from './doctor/roc.ts';
import {
  bars,
  CaseData,
  halfWay,
  majority,
  type Outcome,
  planSteps,
  type SeedTruth,
  truthOf,
} from './doctor/train-case.ts';
import { median, type PartContext, type PartResults, percent, type Study } from './study.ts';

export const casesPerPart = 3;

/** A case and what its training did. */
export interface TrainedCase {
  readonly case: Case;
  readonly truth: readonly SeedTruth[] | { readonly failed: string };
}

/** What the doctor said of a case. */
interface Judged {
  readonly id: string;
  readonly verdict: VerdictName;
  readonly probability: number;
  readonly wellProbability: number;
  readonly because: readonly FindingCode[];
  readonly baseline: boolean;
  readonly seconds: number;
}

interface JudgePart {
  readonly judged: readonly Judged[];
}

export const trainParts = Array.from(
  { length: Math.ceil(studyCases().length / casesPerPart) },
  (_, i) => `train-${i}`,
);

async function train(part: string, { say }: PartContext): Promise<TrainedCase[]> {
  const from = Number(part.slice('train-'.length)) * casesPerPart;
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const trained: TrainedCase[] = [];
  for (const one of studyCases().slice(from, from + casesPerPart)) {
    const truth = await truthOf(one, await data.load(one), runtime);
    trained.push({ case: one, truth });
    const how = 'failed' in truth ? truth.failed : truth.map(({ reachedAt }) => reachedAt ?? 'no').join(', ');
    say(`${one.id} ${one.start} ${one.optimizer.name} ${one.learningRate}: ${how}`);
  }
  return trained;
}

/** Knows nothing of the trainings: the verdicts may be worked out before them. */
async function judgeAll({ say }: PartContext): Promise<JudgePart> {
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const judged: Judged[] = [];
  for (const one of studyCases().slice(seenCases)) {
    const examined = await examineCase(one, await data.load(one), runtime).catch(leaveOut);
    if (examined === null) continue;
    const { diagnosis, processorSeconds: seconds } = examined;
    const { name, probability, wellProbability, because, baseline } = diagnosis.verdict;
    judged.push({ id: one.id, verdict: name, probability, wellProbability, because, baseline, seconds });
    say(`${one.id}: ${name} ${probability.toFixed(3)}`);
  }
  return { judged };
}

/** In a process of its own, as a command has. */
async function timeFifty(): Promise<number> {
  const standard = studyCases().find((one) => one.data === 'mnist' && one.preprocessing === 'standardize');
  return secondsOfFifty(await new CaseData().load(standard as Case));
}

function runPart(part: string, context: PartContext): Promise<unknown> {
  if (part === 'judge') return judgeAll(context);
  return part === 'fifty' ? timeFifty() : train(part, context);
}

/** A start that cannot be made is no case. */
function leaveOut(error: unknown): null {
  if (error instanceof OutsetError && error.code.startsWith('starts.')) return null;
  throw error;
}

/** Cases whose start could be made and that were trained. */
export function trainedCases(parts: PartResults): { case: Case; truth: readonly SeedTruth[] }[] {
  return [...parts]
    .filter(([part]) => part.startsWith('train-'))
    .flatMap(([, { data }]) => data as TrainedCase[])
    .flatMap(({ case: one, truth }) => ('failed' in truth ? [] : [{ case: one, truth }]));
}

/** Those that nobody had looked at when the verdict was made. */
export const unseenCases = (parts: PartResults) =>
  trainedCases(parts).filter(({ case: one }) => Number(one.id) >= seenCases);

export const decidesStudy: Study = {
  name: 'doctor-decides',
  title: 'The doctor decides: will it learn?',
  source: 'first weights and one batch against 3,000 updates of training',
  stages: [trainParts, ['judge'], ['fifty']],
  runPart,
  conclude: (parts) => {
    const judge = parts.get('judge')?.data as JudgePart | undefined;
    const fifty = parts.get('fifty')?.data as number | undefined;
    if (judge === undefined || fifty === undefined) return { rows: [], notes: [] };
    const truths = new Map(trainedCases(parts).map((one) => [one.case.id, one]));
    const rows: Row[] = judge.judged.flatMap((said) => {
      const found = truths.get(said.id);
      return found === undefined ? [] : [{ said, ...found, outcome: majority(found.truth) }];
    });
    const learns = rows.map(({ said, outcome }) => ({
      score: said.probability,
      positive: outcome !== 'will-not-learn',
    }));
    const well = rows.map(({ said, outcome }) => ({
      score: said.wellProbability,
      positive: outcome === 'learns',
    }));
    const plain = rows.map(({ said, outcome }) => ({
      score: Number(said.baseline),
      positive: outcome !== 'will-not-learn',
    }));
    const clear = rows.filter(
      ({ outcome, truth, case: one }) => outcome === 'learns' || bestOf(truth) < bars[one.data] - 0.05,
    );
    const clearRight = clear.filter(
      ({ said, outcome }) => (said.verdict === 'learns') === (outcome === 'learns'),
    );
    const threeWay = rows.filter(({ said, outcome }) => said.verdict === outcome).length;
    const of = (outcome: Outcome) => rows.filter((one) => one.outcome === outcome).length;
    const seconds = median(rows.map(({ said }) => said.seconds));
    const row = (
      what: string,
      measured: string,
      bar: string | null = null,
      holds: boolean | null = null,
    ) => ({
      what,
      published: '',
      bar,
      measured,
      holds,
    });
    const area = areaUnderCurve(learns);
    const figures = (scored: Scored) => `${percent(rightPart(scored))}, ${areaUnderCurve(scored).toFixed(4)}`;
    return {
      rows: [
        row('networks', String(rows.length), '>= 120', rows.length >= 120),
        row('does it learn at all: right', percent(rightPart(learns)), '>= 95 %', rightPart(learns) >= 0.95),
        row('does it learn at all: AUC of the probability', area.toFixed(4), '>= 0.98', area >= 0.98),
        row('does it reach the bar of accuracy: right, AUC', figures(well)),
        row(
          'the same without those that fail within 5 points of the bar',
          `${percent(clearRight.length / clear.length)} of ${clear.length} right`,
        ),
        row('learns, learns slowly, will not learn: right of three', percent(threeWay / rows.length)),
        row('the plain rule "forward std in [0.1, 10]", does it learn at all: right, AUC', figures(plain)),
        row(
          'processor seconds for 50 layers of 128 on one thread, least of 5',
          fifty.toFixed(2),
          '< 1',
          fifty < 1,
        ),
        row('median processor seconds of a diagnosis', seconds.toFixed(2)),
        row(
          'networks that learn, learn slowly, do not learn',
          `${of('learns')}, ${of('learns-slowly')}, ${of('will-not-learn')}`,
        ),
      ],
      notes: [
        `What most of three seeds do counts. A network learns if it reaches ${percent(bars['fashion-mnist'])} of the Fashion-MNIST or ${percent(bars.mnist)} of the MNIST test set at one of the looks within ${planSteps.toLocaleString('en')} updates of 64 examples, images of 14 x 14 (means of 2 x 2 pixels, to save time). It learns slowly if it stays below that but reaches ${percent(halfWay)}, half way from chance to what good starts reach. Else it does not learn. A training ends early where nothing can change the answer: the bar is reached, a value is not finite, or two seeds agree.`,
        `Networks, starts, optimizers and rates were drawn by chance from a grid. The first ${seenCases} were looked at while the verdict was made, so they are left out here and count as development (\`doctor-development\`, which has a grid of its own besides); the verdicts of those in the table were worked out once, when the method was final. The doctor sees the weights of the first seed and 256 training examples. A start that cannot be made (LSUV of a dead layer) is left out.`,
        `| | network | start | optimizer, rate | data | update at which each seed reached the bar | verdict | |\n|---|---|---|---|---|---|---|---|\n${rows.map(rowText).join('\n')}`,
      ],
    };
  },
};

interface Row {
  readonly said: Judged;
  readonly case: Case;
  readonly truth: readonly SeedTruth[];
  readonly outcome: Outcome;
}

type Scored = readonly { readonly score: number; readonly positive: boolean }[];

const rightPart = (scored: Scored): number =>
  scored.filter(({ score, positive }) => score >= 0.5 === positive).length / scored.length;

/** Wrong is a verdict on whether it learns at all; one between the two others is noted. */
function rowText({ said, case: one, truth, outcome }: Row): string {
  const { network, start, optimizer, learningRate, data, preprocessing } = one;
  const reached = truth.map(({ reachedAt, bestAccuracy }) => reachedAt ?? `no (${percent(bestAccuracy)})`);
  const wrong = (said.verdict === 'will-not-learn') !== (outcome === 'will-not-learn');
  const mark = wrong ? '**wrong**' : said.verdict === outcome ? '' : outcome;
  return `| ${one.id} | ${shortened(network)} | \`${start}\` | ${optimizer.name} ${learningRate} | ${data}, ${preprocessing} | ${reached.join(', ')} | ${said.verdict} (${said.probability.toFixed(2)}, ${said.wellProbability.toFixed(2)}) | ${mark} |`;
}

function bestOf(truths: readonly SeedTruth[]): number {
  return Math.max(...truths.map(({ bestAccuracy }) => bestAccuracy));
}

/** `196-32-32-32-10:relu` as `196-3x32-10:relu`. */
export function shortened(network: string): string {
  return network.replace(
    /(?<=-)([^-:]+)(?:-\1(?=-))+/g,
    (run, part: string) => `${run.split('-').length}x${part}`,
  );
}
