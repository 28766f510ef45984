/** The doctor's verdict from first weights and one batch, held against what training really did. */
import type { FindingCode, VerdictName } from '../../src/doctor/diagnosis.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, studyCases } from './doctor/cases.ts';
import { examineCase, secondsOfFifty } from './doctor/examine-case.ts';
import { areaUnderCurve } from './doctor/roc.ts';
import {
  bars,
  CaseData,
  majority,
  planSteps,
  type SeedTruth,
  slowBehind,
  truthOf,
} from './doctor/train-case.ts';
import { median, type PartContext, type PartResults, percent, type Study } from './study.ts';

const casesPerPart = 3;

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
  readonly because: readonly FindingCode[];
  readonly baseline: boolean;
  readonly seconds: number;
}

interface JudgePart {
  readonly judged: readonly Judged[];
  readonly fifty: number;
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

async function judgeAll({ done, say }: PartContext): Promise<JudgePart> {
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const judged: Judged[] = [];
  for (const { case: one } of trainedCases(done)) {
    const { diagnosis, processorSeconds: seconds } = await examineCase(one, await data.load(one), runtime);
    const { name, probability, because, baseline } = diagnosis.verdict;
    judged.push({ id: one.id, verdict: name, probability, because, baseline, seconds });
    say(`${one.id}: ${name} ${probability.toFixed(3)}`);
  }
  const standard = studyCases().find((one) => one.data === 'mnist' && one.preprocessing === 'standardize');
  return { judged, fifty: await secondsOfFifty(await data.load(standard as Case)) };
}

/** Cases whose start could be made and that were trained. */
export function trainedCases(parts: PartResults): { case: Case; truth: readonly SeedTruth[] }[] {
  return [...parts]
    .filter(([part]) => part.startsWith('train-'))
    .flatMap(([, { data }]) => data as TrainedCase[])
    .flatMap(({ case: one, truth }) => ('failed' in truth ? [] : [{ case: one, truth }]));
}

export const decidesStudy: Study = {
  name: 'doctor-decides',
  title: 'The doctor decides: will it learn?',
  source: 'first weights and one batch against 3,000 updates of training',
  stages: [trainParts, ['judge']],
  runPart: (part, context) => (part === 'judge' ? judgeAll(context) : train(part, context)),
  conclude: (parts) => {
    const judge = parts.get('judge')?.data as JudgePart | undefined;
    if (judge === undefined) return { rows: [], notes: [] };
    const truths = new Map(trainedCases(parts).map((one) => [one.case.id, one]));
    const rows = judge.judged.flatMap((said) => {
      const found = truths.get(said.id);
      return found === undefined ? [] : [{ said, ...found, ...majority(found.truth) }];
    });
    const right = rows.filter(({ said, learns }) => said.verdict.startsWith('learns') === learns);
    const plain = rows.filter(({ said, learns }) => said.baseline === learns);
    const auc = areaUnderCurve(
      rows.map(({ said, learns }) => ({ score: said.probability, positive: learns })),
    );
    const plainAuc = areaUnderCurve(
      rows.map(({ said, learns }) => ({ score: Number(said.baseline), positive: learns })),
    );
    const clear = rows.filter(
      ({ learns, truth, case: one }) => learns || bestOf(truth) < bars[one.data] - 0.05,
    );
    const clearRight = clear.filter(({ said, learns }) => said.verdict.startsWith('learns') === learns);
    const slow = rows.filter(({ learns, reachedAt }) => learns && (reachedAt ?? 0) > slowBehind);
    const seconds = median(rows.map(({ said }) => said.seconds));
    const table = rows
      .map(
        ({ said, case: one, learns, truth }) =>
          `| ${one.id} | ${shortened(one.network)} | \`${one.start}\` | ${one.optimizer.name} ${one.learningRate} | ${one.data}, ${one.preprocessing} | ${truth.map(({ reachedAt, bestAccuracy }) => reachedAt ?? `no (${percent(bestAccuracy)})`).join(', ')} | ${said.verdict} (${said.probability.toFixed(2)}) | ${said.verdict.startsWith('learns') === learns ? '' : '**wrong**'} |`,
      )
      .join('\n');
    return {
      rows: [
        {
          what: 'networks',
          published: '',
          bar: '>= 120',
          measured: String(rows.length),
          holds: rows.length >= 120,
        },
        {
          what: 'verdicts that are right',
          published: '',
          bar: '>= 95 %',
          measured: percent(right.length / rows.length),
          holds: right.length / rows.length >= 0.95,
        },
        {
          what: 'AUC of the probability',
          published: '',
          bar: '>= 0.98',
          measured: auc.toFixed(4),
          holds: auc >= 0.98,
        },
        {
          what: 'processor seconds for 50 layers of 128 on one thread, least of 5',
          published: '',
          bar: '< 1',
          measured: judge.fifty.toFixed(2),
          holds: judge.fifty < 1,
        },
        {
          what: 'median processor seconds of a diagnosis',
          published: '',
          bar: null,
          measured: seconds.toFixed(2),
          holds: null,
        },
        {
          what: 'the plain rule "forward std in [0.1, 10]": right, AUC',
          published: '',
          bar: null,
          measured: `${percent(plain.length / rows.length)}, ${plainAuc.toFixed(3)}`,
          holds: null,
        },
        {
          what: 'right, without those that fail within 5 points of the bar',
          published: '',
          bar: null,
          measured: `${percent(clearRight.length / clear.length)} of ${clear.length}`,
          holds: null,
        },
        {
          what: 'networks that learn; of them behind half of the plan',
          published: '',
          bar: null,
          measured: `${rows.filter(({ learns }) => learns).length}; ${slow.length}`,
          holds: null,
        },
      ],
      notes: [
        `A network learns if most of three seeds reach ${percent(bars['fashion-mnist'])} of the Fashion-MNIST or ${percent(bars.mnist)} of the MNIST test set at one of the looks within ${planSteps.toLocaleString('en')} updates of 64 examples, images of 14 x 14 (means of 2 x 2 pixels, to save time). A training ends early where nothing can change the answer: the bar is reached, a value is not finite, or two seeds agree. Networks, starts, optimizers and rates were drawn by chance from a grid that shares no depth, width, start, rate or seed with the one that the verdict was fitted to (\`doctor-development\`); nothing was chosen on these. The doctor sees the weights of the first seed and 256 training examples. A start that cannot be made (LSUV of a dead layer) is left out.`,
        `| | network | start | optimizer, rate | data | update at which each seed reached the bar | verdict | |\n|---|---|---|---|---|---|---|---|\n${table}`,
      ],
    };
  },
};

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
