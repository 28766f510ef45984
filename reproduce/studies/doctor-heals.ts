/** Networks of doctor-decides that did not learn: the doctor mends their starts, and they are trained again. */
import { fix, type Prescription } from '../../src/doctor/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, seenCases } from './doctor/cases.ts';
import { examineCase } from './doctor/examine-case.ts';
import {
  CaseData,
  majority,
  networkOf,
  type Outcome,
  type SeedTruth,
  trainSeed,
} from './doctor/train-case.ts';
import { casesPerPart, decidesStudy, shortened, trainParts, unseenCases } from './doctor-decides.ts';
import { readParts } from './run-study.ts';
import { type PartContext, percent, type Study } from './study.ts';

interface Healed {
  readonly case: Case;
  /** What training made of it before. */
  readonly outcome: Outcome;
  /** Probability of learning well, before and after. */
  readonly before: number;
  readonly after: number;
  readonly prescriptions: readonly Prescription[];
  readonly learningRate: number;
  readonly truth: SeedTruth;
}

const healParts = trainParts
  .filter((_, i) => (i + 1) * casesPerPart > seenCases)
  .map((part) => part.replace('train', 'heal'));

async function heal(part: string, { say }: PartContext): Promise<Healed[]> {
  const trained = readParts(decidesStudy).get(part.replace('heal', 'train'));
  if (trained === undefined) throw new Error('doctor-decides has to run first');
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const healed: Healed[] = [];
  for (const { case: one, truth } of unseenCases(new Map([[part.replace('heal', 'train'), trained]]))) {
    const outcome = majority(truth);
    if (outcome === 'learns') continue;
    const dataset = await data.load(one);
    const { subject, batch, diagnosis } = await examineCase(one, dataset, runtime);
    const mended = await fix({ subject, diagnosis, batch, runtime, evenIfLearns: true });
    const { learningRate } = mended.plan;
    const [seed] = one.seeds;
    const again = await trainSeed(
      { ...one, learningRate },
      networkOf(one),
      mended.values,
      dataset,
      seed,
      runtime,
    );
    healed.push({
      case: one,
      outcome,
      before: mended.before.verdict.wellProbability,
      after: mended.after.verdict.wellProbability,
      prescriptions: mended.prescriptions,
      learningRate,
      truth: again,
    });
    say(
      `${one.id}: ${again.reachedAt ?? `no (${percent(again.bestAccuracy)})`}, ${textOf(mended.prescriptions)}`,
    );
  }
  return healed;
}

export const healsStudy: Study = {
  name: 'doctor-heals',
  title: 'The doctor heals: networks that did not learn, mended',
  source: 'the networks of doctor-decides that did not learn',
  stages: [healParts],
  runPart: heal,
  conclude: (parts) => {
    const all = [...parts.values()].flatMap(({ data }) => data as Healed[]);
    const hopeless = all.filter(({ outcome }) => outcome === 'will-not-learn');
    const slow = all.filter(({ outcome }) => outcome === 'learns-slowly');
    const sameRate = all.filter(({ case: one, learningRate }) => one.learningRate === learningRate);
    const learned = (some: readonly Healed[]) => some.filter(({ truth }) => truth.reachedAt !== null).length;
    const row = (what: string, some: readonly Healed[], judged: boolean) => ({
      what: `${what}: reach the bar after --fix`,
      published: '',
      bar: judged ? '>= 90 %' : null,
      measured: `${learned(some)} of ${some.length} (${percent(learned(some) / some.length)})`,
      holds: judged ? learned(some) >= 0.9 * some.length : null,
    });
    const table = all
      .map(
        ({ case: one, outcome, before, after, prescriptions, truth }) =>
          `| ${one.id} | ${shortened(one.network)} | \`${one.start}\` | ${one.optimizer.name} ${one.learningRate} | ${outcome} | ${textOf(prescriptions)} | ${before.toFixed(2)} → ${after.toFixed(2)} | ${truth.reachedAt ?? `**no** (${percent(truth.bestAccuracy)})`} |`,
      )
      .join('\n');
    return {
      rows: [
        row('did not learn at all', hopeless, true),
        row('missed the bar: these, and those that learned slowly', all, true),
        row('learned slowly', slow, false),
        row('of all, those whose learning rate was left as it was', sameRate, false),
      ],
      notes: [
        'The networks of doctor-decides that nobody had seen when the method was final. Each is trained once, with the first seed, for the same 3,000 updates at most, up to the same bar. The mended start is found from one batch of 256 examples: prescriptions are tried from the smallest to the largest, and the first whose rehearsal promises to learn well is taken.',
        `| | network | start | optimizer, rate | before | prescription | probability of learning well | reached the bar at |\n|---|---|---|---|---|---|---|---|\n${table}`,
      ],
    };
  },
};

function textOf(prescriptions: readonly Prescription[]): string {
  const text = prescriptions.map((one) => {
    switch (one.kind) {
      case 'gain':
        return `${one.layers.length} layers x ${one.factor.toPrecision(3)}`;
      case 'rule':
        return `\`${one.rule}\` for ${one.layers.length} layers`;
      case 'bias':
        return `biases ${one.rule}`;
      case 'start':
        return one.start;
      case 'learning-rate':
        return `rate ${one.learningRate}`;
      default:
        return one.kind;
    }
  });
  return text.length === 0 ? 'nothing' : text.join(', ');
}
