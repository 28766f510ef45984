/** The machine of 6 + 4 units from its first weights to its last, by contrastive divergence and by the exact gradient. */
import {
  createExactTrainer,
  createRbm,
  createSparseTrainer,
  exactLogLikelihood,
  type Rbm,
  type RbmTrainingSpec,
  rowsFromFeatures,
  type StateRows,
} from '../../../../src/boltzmann/index.ts';
import { planTraining } from '../../../../src/cli/boltzmann/training-options.ts';
import { barsAndStripes } from '../../../../src/data/bars-and-stripes.ts';
import { exampleSize } from '../../../../src/data/dataset.ts';
import { labRbm } from '../../../../src/messages/labels/lab-rbm.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import { axisFor } from '../../../../src/report/figures/axis.ts';
import { type Curve, type LineFigure, localized } from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import { smallOptions } from './commands.ts';
import { keptEvery, type rbmSchema } from './state.ts';

export interface SmallRunInput {
  readonly method: (typeof rbmSchema.method.names)[number];
  readonly k: number;
  readonly rate: string;
  readonly seed: number;
}

/** The parameters of a model of Bernoulli units, as plain numbers. */
export interface SmallModel {
  readonly weights: readonly number[];
  readonly visibleBias: readonly number[];
  readonly hiddenBias: readonly number[];
}

export interface SmallRun {
  /** After 0, {@link keptEvery}, ... updates of the chosen method. */
  readonly models: readonly SmallModel[];
  /** Mean log-likelihood of the data after as many updates. */
  readonly logLikelihoods: readonly number[];
  /** The mean log-likelihood of a model that knows the data exactly. */
  readonly best: number;
  readonly figure: LineFigure;
}

export const smallShape = { rows: 2, columns: 3 };
export const smallUnits = {
  visible: { kind: 'bernoulli', count: smallShape.rows * smallShape.columns },
  hidden: { kind: 'bernoulli', count: 4 },
} as const;

/** All patterns that there are, as states of the visible units. */
export function smallData(): StateRows {
  const { train, exampleDims } = barsAndStripes(smallShape);
  const width = exampleSize(exampleDims);
  const { count, features } = train;
  return rowsFromFeatures(
    smallUnits.visible,
    'sampled',
    { count, width, features },
    openStream('threefry', 0),
  );
}

export async function smallRun(
  input: SmallRunInput,
  context?: { readonly signal: AbortSignal },
): Promise<SmallRun> {
  const methods = ['cd', 'exact'] as const;
  const runs = new Map<string, { models: SmallModel[]; logLikelihoods: number[] }>();
  for (const method of methods) runs.set(method, await train({ ...input, method }, context?.signal));
  const { models, logLikelihoods } = runs.get(input.method)!;
  const best = -Math.log(smallData().count);
  const curves: Curve[] = methods.map((method, style) => ({
    start: method,
    label: localized(labRbm.methodCurve, { method, k: input.k }),
    style,
    points: runs.get(method)!.logLikelihoods.map((value, i) => ({
      x: i * keptEvery,
      middle: value,
      low: value,
      high: value,
      count: 1,
    })),
    raw: [],
    breaks: [],
  }));
  const values = curves.flatMap(({ points }) => points.map(({ middle }) => middle));
  const last = (method: string) => formatNumber(runs.get(method)!.logLikelihoods.at(-1)!);
  return {
    models,
    logLikelihoods,
    best,
    figure: {
      kind: 'lines',
      id: 'likelihood',
      title: localized(labRbm.likelihoodTitle, {}),
      summary: localized(labRbm.likelihoodSummary, {
        cd: last('cd'),
        exact: last('exact'),
        best: formatNumber(best),
        k: input.k,
      }),
      notes: [],
      x: axisFor(localized(labRbm.updatesAxis, {}), 'linear', [0, (models.length - 1) * keptEvery]),
      y: axisFor(localized(labRbm.likelihoodAxis, {}), 'linear', values, {
        include: [best],
        fractional: true,
      }),
      xNames: null,
      epochs: [],
      curves,
      table: {
        columns: [localized(labRbm.updatesAxis, {}), ...curves.map(({ label }) => label!)],
        rows: models.map((_, i) => [i * keptEvery, ...curves.map(({ points }) => points[i].middle)]),
      },
    },
  };
}

/** As `outset rbm` trains it: the same streams, the same settings. */
export function smallSpec(input: SmallRunInput, data: StateRows): RbmTrainingSpec {
  const subject = {
    ...smallUnits,
    examples: data.count,
    data: '',
    method: 'cd',
    grey: 'sampled',
    epochs: 1,
  } as const;
  return planTraining(smallOptions(input), subject);
}

async function train(
  input: SmallRunInput,
  signal: AbortSignal | undefined,
): Promise<{ models: SmallModel[]; logLikelihoods: number[] }> {
  const data = smallData();
  const stream = openStream('threefry', input.seed);
  const rbm = createRbm(smallUnits.visible, smallUnits.hidden, {
    stream: stream.child('start'),
    weightStd: Number(smallOptions(input).weightStd),
    data,
  });
  const options = { rbm, data, spec: smallSpec(input, data), stream: stream.child('train') };
  const trainer = await (input.method === 'exact'
    ? createExactTrainer(options)
    : createSparseTrainer(options));
  const models: SmallModel[] = [];
  const logLikelihoods: number[] = [];
  try {
    // All examples are one batch: an epoch is an update.
    for (let epoch = 0; epoch <= trainer.spec.epochs && signal?.aborted !== true; epoch += keptEvery) {
      await trainer.train({ untilEpoch: epoch });
      const model = trainer.rbm();
      const each = exactLogLikelihood(model, data);
      models.push(plainModel(model));
      logLikelihoods.push(each.reduce((sum, one) => sum + one, 0) / each.length);
    }
  } finally {
    await trainer.dispose();
  }
  return { models, logLikelihoods };
}

function plainModel({ weights, visibleParameters, hiddenParameters }: Rbm): SmallModel {
  return {
    weights: [...weights.data],
    visibleBias: [...visibleParameters.bias],
    hiddenBias: [...hiddenParameters.bias],
  };
}
