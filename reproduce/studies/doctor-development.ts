/** Networks that the verdict's coefficients are fitted to; none of them counts in the studies that hold it to its bars. */
import type { Rehearsal } from '../../src/doctor/diagnosis.ts';
import type { Condition, Fitted } from '../../src/doctor/verdict/coefficients.ts';
import { conditionsOf } from '../../src/doctor/verdict/conditions.ts';
import { type Probabilities, probabilityBetween } from '../../src/doctor/verdict/probability.ts';
import { rehearse } from '../../src/doctor/verdict/rehearse.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, developmentCases, seenCases } from './doctor/cases.ts';
import { examineCase } from './doctor/examine-case.ts';
import { fitConditions } from './doctor/fit-conditions.ts';
import { areaUnderCurve } from './doctor/roc.ts';
import { CaseData, majority, type Outcome, planSteps, type SeedTruth, truthOf } from './doctor/train-case.ts';
import { decidesStudy, trainedCases } from './doctor-decides.ts';
import { readParts } from './run-study.ts';
import { type PartContext, type PartResults, percent, type Study } from './study.ts';

const casesPerPart = 10;
/** Updates of a short and a long rehearsal. */
const lengths = [40, 300] as const;

interface Developed {
  readonly case: Case;
  readonly truth: readonly SeedTruth[] | { readonly failed: string };
}

interface Looked {
  readonly id: string;
  readonly outcome: Outcome;
  /** Rehearsals of the two lengths, and of the one that a diagnosis takes; null where findings decide alone. */
  readonly rehearsals: readonly [Rehearsal, Rehearsal, Rehearsal] | null;
}

const parts = (name: string, count: number) =>
  Array.from({ length: Math.ceil(count / casesPerPart) }, (_, i) => `${name}-${i}`);
const trainParts = parts('train', developmentCases().length);
const lookParts = parts('look', developmentCases().length + seenCases);

const chunk = <Item>(items: readonly Item[], part: string): Item[] => {
  const from = Number(part.split('-')[1]) * casesPerPart;
  return items.slice(from, from + casesPerPart);
};

async function train(part: string, { say }: PartContext): Promise<Developed[]> {
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const done: Developed[] = [];
  for (const one of chunk(developmentCases(), part)) {
    const truth = await truthOf(one, await data.load(one), runtime, 1);
    done.push({ case: one, truth });
    say(`${one.id} ${one.start}: ${JSON.stringify(truth)}`);
  }
  return done;
}

/** Trained ones of the development grid, and those of doctor-decides that were looked at. */
function trained(done: PartResults): { id: string; case: Case; outcome: Outcome }[] {
  const own = [...done]
    .filter(([part]) => part.startsWith('train-'))
    .flatMap(([, { data }]) => data as Developed[])
    .flatMap(({ case: one, truth }) =>
      'failed' in truth ? [] : [{ id: `development ${one.id}`, case: one, outcome: majority(truth) }],
    );
  const seen = trainedCases(readParts(decidesStudy))
    .filter(({ case: one }) => Number(one.id) < seenCases)
    .map(({ case: one, truth }) => ({ id: `decides ${one.id}`, case: one, outcome: majority(truth) }));
  return [...own, ...seen];
}

async function look(part: string, { done, say }: PartContext): Promise<Looked[]> {
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const looked: Looked[] = [];
  for (const { id, case: one, outcome } of chunk(trained(done), part)) {
    const { subject, batch, diagnosis } = await examineCase(one, await data.load(one), runtime);
    const plan = { optimizer: one.optimizer, learningRate: one.learningRate, steps: planSteps };
    const usual = diagnosis.verdict.probability === 0 ? null : diagnosis.rehearsal;
    const rehearsals: Rehearsal[] = [];
    for (const length of usual === null ? [] : lengths) {
      const again = usual?.updates === length ? usual : await rehearse(subject, batch, plan, runtime, length);
      rehearsals.push(again as Rehearsal);
    }
    const [short, long] = rehearsals;
    looked.push({ id, outcome, rehearsals: usual && [short, long, usual] });
    say(`${id}: ${usual?.updates ?? 'findings decide'}`);
  }
  return looked;
}

export const developmentStudy: Study = {
  name: 'doctor-development',
  title: 'The doctor learns: coefficients of the verdict',
  source: 'networks drawn by chance',
  stages: [trainParts, lookParts],
  runPart: (part, context) => (part.startsWith('look') ? look(part, context) : train(part, context)),
  conclude: (done) => {
    const cases = lookParts.flatMap((part) => (done.get(part)?.data ?? []) as Looked[]);
    if (cases.length === 0) return { rows: [], notes: [] };
    const fitted = fitBoth(cases);
    const held = heldOut(cases);
    const own = cases.map((one) => ({ ...said(one, fitted), outcome: one.outcome }));
    const row = (what: string, measured: string) => ({
      what,
      published: '',
      bar: null,
      measured,
      holds: null,
    });
    const figures = (all: typeof own) => [
      rightAndArea(
        all.map(({ learns, outcome }) => ({ score: learns, positive: outcome !== 'will-not-learn' })),
      ),
      rightAndArea(all.map(({ well, outcome }) => ({ score: well, positive: outcome === 'learns' }))),
    ];
    const [learns, well] = figures(held);
    const [ownLearns, ownWell] = figures(own);
    const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
    return {
      rows: [
        row('networks', String(cases.length)),
        row(
          'learn, learn slowly, do not learn',
          `${count('learns')}, ${count('learns-slowly')}, ${count('will-not-learn')}`,
        ),
        row('does it learn at all: right, AUC; fitted to the others (10 parts)', learns),
        row('does it reach the bar: right, AUC; fitted to the others', well),
        row('the same, fitted to all', `${ownLearns}; ${ownWell}`),
      ],
      notes: [
        `The coefficients are in src/doctor/verdict/coefficients.ts, which this command writes. ${developmentCases().length} networks are of a grid of their own, trained with one seed each, so near a border the truth itself is uncertain; the others are the first ${seenCases} of doctor-decides, which were looked at while the verdict was made.`,
      ],
      files: new Map([['../src/doctor/verdict/coefficients.ts', new TextEncoder().encode(source(fitted))]]),
    };
  },
};

const plan = { steps: planSteps };

function fitBoth(cases: readonly Looked[]): [Fitted, Fitted] {
  const [short, long] = lengths.map((updates, which): Fitted => {
    const seen = cases.flatMap(({ rehearsals, outcome }) =>
      rehearsals === null ? [] : [{ conditions: conditionsOf(rehearsals[which], plan), outcome }],
    );
    const fit = (learns: (outcome: Outcome) => boolean) =>
      fitConditions(seen.map(({ conditions, outcome }) => ({ conditions, learns: learns(outcome) })));
    return {
      updates,
      learns: fit((outcome) => outcome !== 'will-not-learn'),
      well: fit((outcome) => outcome === 'learns'),
    };
  });
  return [short, long];
}

function said({ rehearsals }: Looked, fitted: readonly [Fitted, Fitted]): Probabilities {
  if (rehearsals === null) return { learns: 0, well: 0 };
  const [, , usual] = rehearsals;
  return probabilityBetween(fitted, conditionsOf(usual, plan), usual.updates);
}

function heldOut(cases: readonly Looked[]): (Probabilities & { outcome: Outcome })[] {
  const folds = 10;
  return Array.from({ length: folds }, (_, fold) => {
    const by = fitBoth(cases.filter((_, i) => i % folds !== fold));
    return cases
      .filter((_, i) => i % folds === fold)
      .map((one) => ({ ...said(one, by), outcome: one.outcome }));
  }).flat();
}

function rightAndArea(scored: readonly { score: number; positive: boolean }[]): string {
  const right = scored.filter(({ score, positive }) => score >= 0.5 === positive).length;
  return `${percent(right / scored.length)}, ${areaUnderCurve(scored).toFixed(4)}`;
}

function source(fitted: readonly Fitted[]): string {
  const list = (conditions: readonly Condition[]) =>
    conditions
      .map(({ quantity, slope, at }) => `      { quantity: '${quantity}', slope: ${slope}, at: ${at} },`)
      .join('\n');
  const entries = fitted.map(
    ({ updates, learns, well }) =>
      `  {\n    updates: ${updates},\n    learns: [\n${list(learns)}\n    ],\n    well: [\n${list(well)}\n    ],\n  },`,
  );
  return `/** Written by \`npm run reproduce -- doctor-development\`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at \`at\`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

/** Conditions for learning at all and for learning well, after a rehearsal of so many updates. */
export interface Fitted {
  readonly updates: number;
  readonly learns: readonly Condition[];
  readonly well: readonly Condition[];
}

export const fitted: readonly [Fitted, Fitted] = [
${entries.join('\n')}
];
`;
}
