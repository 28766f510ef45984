/** Networks of doctor-decides that did not learn: the doctor mends their starts, and they are trained again. */
import { fix, type Prescription } from '../../src/doctor/index.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import type { Case } from './doctor/cases.ts';
import { examineCase } from './doctor/examine-case.ts';
import { CaseData, majority, networkOf, type SeedTruth, trainSeed } from './doctor/train-case.ts';
import { decidesStudy, shortened, trainedCases, trainParts } from './doctor-decides.ts';
import { readParts } from './run-study.ts';
import { type PartContext, percent, type Study } from './study.ts';

interface Healed {
  readonly case: Case;
  readonly before: number;
  readonly after: number;
  readonly prescriptions: readonly Prescription[];
  readonly learningRate: number;
  readonly truth: SeedTruth;
}

const healParts = trainParts.map((part) => part.replace('train', 'heal'));

async function heal(part: string, { say }: PartContext): Promise<Healed[]> {
  const trained = readParts(decidesStudy).get(part.replace('heal', 'train'));
  if (trained === undefined) throw new Error('doctor-decides has to run first');
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const healed: Healed[] = [];
  for (const { case: one, truth } of trainedCases(new Map([[part.replace('heal', 'train'), trained]]))) {
    if (majority(truth).learns) continue;
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
      before: mended.before.verdict.probability,
      after: mended.after.verdict.probability,
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
    const learned = all.filter(({ truth }) => truth.reachedAt !== null);
    const sameRate = all.filter(({ case: one, learningRate }) => one.learningRate === learningRate);
    const sameLearned = sameRate.filter(({ truth }) => truth.reachedAt !== null);
    const table = all
      .map(
        ({ case: one, before, after, prescriptions, truth }) =>
          `| ${one.id} | ${shortened(one.network)} | \`${one.start}\` | ${one.optimizer.name} ${one.learningRate} | ${textOf(prescriptions)} | ${before.toFixed(2)} → ${after.toFixed(2)} | ${truth.reachedAt ?? `**no** (${percent(truth.bestAccuracy)})`} |`,
      )
      .join('\n');
    return {
      rows: [
        {
          what: `of ${all.length} that did not learn, learn after --fix`,
          published: '',
          bar: '>= 90 %',
          measured: percent(learned.length / all.length),
          holds: learned.length >= 0.9 * all.length,
        },
        {
          what: 'of those whose learning rate was left as it was',
          published: '',
          bar: null,
          measured: `${sameLearned.length} of ${sameRate.length}`,
          holds: null,
        },
      ],
      notes: [
        'Each is trained once, with the first seed, for the same 3,000 updates at most, up to the same bar. The mended start is found without training, from one batch. The order of prescriptions was changed once after a first run on these networks (8 of the first 18 learned then): networks of the development set spoke for a start that looks linear before random weights where the sum of 1 / width is large. So these figures are not those of networks never seen.',
        `| | network | start | optimizer, rate | prescription | probability | reached the bar at |\n|---|---|---|---|---|---|---|\n${table}`,
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
