/** Networks that the verdict's coefficients are fitted to; none of them is in a study. */
import { type Conditions, conditionsOf } from '../../src/doctor/verdict/conditions.ts';
import { lookAhead } from '../../src/doctor/verdict/look-ahead.ts';
import { probabilityWith } from '../../src/doctor/verdict/probability.ts';
import { nodeRuntime } from '../../src/runtime/node.ts';
import { type Case, developmentCases } from './doctor/cases.ts';
import { examineCase } from './doctor/examine-case.ts';
import { fitConditions } from './doctor/fit-conditions.ts';
import { areaUnderCurve } from './doctor/roc.ts';
import { CaseData, planSteps, type SeedTruth, truthOf } from './doctor/train-case.ts';
import { type PartContext, type PartResults, percent, type Study } from './study.ts';

const casesPerPart = 10;

interface Developed {
  readonly case: Case;
  readonly truth: readonly SeedTruth[] | { readonly failed: string };
}

interface Looked {
  readonly id: string;
  readonly conditions: Conditions | null;
}

const trainParts = Array.from(
  { length: Math.ceil(developmentCases().length / casesPerPart) },
  (_, i) => `train-${i}`,
);

async function train(part: string, { say }: PartContext): Promise<Developed[]> {
  const from = Number(part.slice('train-'.length)) * casesPerPart;
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const done: Developed[] = [];
  for (const one of developmentCases().slice(from, from + casesPerPart)) {
    const truth = await truthOf(one, await data.load(one), runtime, 1);
    done.push({ case: one, truth });
    say(`${one.id} ${one.start}: ${JSON.stringify(truth)}`);
  }
  return done;
}

function trained(parts: PartResults): { case: Case; learns: boolean }[] {
  return [...parts]
    .filter(([part]) => part.startsWith('train-'))
    .flatMap(([, { data }]) => data as Developed[])
    .flatMap(({ case: one, truth }) =>
      'failed' in truth ? [] : [{ case: one, learns: truth[0].reachedAt !== null }],
    );
}

async function look({ done }: PartContext): Promise<Looked[]> {
  const data = new CaseData();
  const runtime = await nodeRuntime();
  const looked: Looked[] = [];
  for (const { case: one } of trained(done)) {
    const { subject, batch, diagnosis } = await examineCase(one, await data.load(one), runtime);
    const plan = { optimizer: one.optimizer, learningRate: one.learningRate, steps: planSteps };
    const ahead = await lookAhead(subject, subject.parameters, batch, plan, runtime);
    const { measurement, prediction } = diagnosis;
    const conditions = ahead && conditionsOf({ subject, measurement, prediction, plan }, ahead);
    looked.push({ id: one.id, conditions });
  }
  return looked;
}

export const developmentStudy: Study = {
  name: 'doctor-development',
  title: 'The doctor learns: coefficients of the verdict',
  source: 'networks drawn by chance, one seed each',
  stages: [trainParts, ['look']],
  runPart: (part, context) => (part === 'look' ? look(context) : train(part, context)),
  conclude: (parts) => {
    const looked = new Map(
      ((parts.get('look')?.data ?? []) as Looked[]).map(({ id, conditions }) => [id, conditions]),
    );
    const cases = trained(parts).flatMap(({ case: one, learns }) => {
      const conditions = looked.get(one.id);
      return conditions == null ? [] : [{ conditions, learns }];
    });
    if (cases.length === 0) return { rows: [], notes: [] };
    const fitted = fitConditions(cases);
    const score = (conditions: Conditions, by = fitted) => probabilityWith(by, conditions);
    const held = heldOut(cases);
    const right = held.filter(({ probability, learns }) => probability >= 0.5 === learns);
    const auc = areaUnderCurve(
      held.map(({ probability, learns }) => ({ score: probability, positive: learns })),
    );
    const own = cases.filter(({ conditions, learns }) => score(conditions) >= 0.5 === learns);
    const row = (what: string, measured: string) => ({
      what,
      published: '',
      bar: null,
      measured,
      holds: null,
    });
    return {
      rows: [
        row('networks', String(cases.length)),
        row('of them learn', String(cases.filter(({ learns }) => learns).length)),
        row('right, fitted to the others (10 parts)', percent(right.length / held.length)),
        row('AUC, fitted to the others', auc.toFixed(3)),
        row('right, fitted to all', percent(own.length / cases.length)),
      ],
      notes: [
        'The coefficients are in src/doctor/verdict/coefficients.ts, which this command writes. One seed each, so near the bar the truth itself is uncertain.',
      ],
      files: new Map([['../src/doctor/verdict/coefficients.ts', new TextEncoder().encode(source(fitted))]]),
    };
  },
};

type FittedCases = readonly { readonly conditions: Conditions; readonly learns: boolean }[];

function heldOut(cases: FittedCases): { probability: number; learns: boolean }[] {
  return Array.from({ length: 10 }, (_, fold) => {
    const others = cases.filter((_, i) => i % 10 !== fold);
    const by = fitConditions(others);
    return cases
      .filter((_, i) => i % 10 === fold)
      .map(({ conditions, learns }) => ({ probability: probabilityWith(by, conditions), learns }));
  }).flat();
}

function source(fitted: ReturnType<typeof fitConditions>): string {
  const lines = fitted.map(
    ({ quantity, slope, at }) => `  { quantity: '${quantity}', slope: ${slope}, at: ${at} },`,
  );
  return `/** Written by \`npm run reproduce -- doctor-development\`. */
import type { Conditions } from './conditions.ts';

/** A condition: fulfilled to one half at \`at\`, to 1 / (1 + exp(-slope (x - at))) at x. */
export interface Condition {
  readonly quantity: keyof Conditions;
  readonly slope: number;
  readonly at: number;
}

export const conditions: readonly Condition[] = [
${lines.join('\n')}
];
`;
}
