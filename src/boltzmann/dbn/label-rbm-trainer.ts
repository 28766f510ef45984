import { OutsetError } from '../../messages/error.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import type { RbmTrainer } from '../rbm-trainer.ts';
import type { StateRows } from '../state-rows.ts';
import { gatherDense } from './dense-rows.ts';
import type { RbmProblem } from './rbm-problem.ts';
import type { UpDownSpec } from './up-down-spec.ts';
import { createUpDownTrainer } from './up-down-trainer.ts';

/**
 * A dense trainer for RBMs of binary units whose last visible units are one softmax unit that holds a class: the top of
 * a deep belief net. It is up-down learning with nothing below the top, that is CD-k with a sampled label. Means of a
 * layer below are taken as grey levels.
 * @throws dbn.bad_value for a negative phase other than `cd`, weight decay l1, a sparsity target, or example weights
 */
export async function createLabelRbmTrainer(
  problem: RbmProblem,
  runtime: Runtime,
  compile: CompileOptions = {},
): Promise<RbmTrainer> {
  const { spec, stream, labels, rbm } = problem;
  const { data, classes } = separateLabels(problem.data, labels);
  const trainer = await createUpDownTrainer({
    dbn: { layers: [{ rbm }], labels },
    data,
    ...(labels === 0 ? {} : { labels: classes }),
    spec: upDownSpecOf(problem),
    stream,
    runtime,
    compile,
  });
  return {
    spec,
    get step() {
      return trainer.step;
    },
    get epoch() {
      return trainer.epoch;
    },
    stepsPerEpoch: trainer.stepsPerEpoch,
    get history() {
      return trainer.history;
    },
    get finding() {
      return trainer.finding;
    },
    rbm: () => trainer.dbn().layers[0].rbm,
    train: (options) => trainer.train(options),
    snapshot: () => trainer.snapshot(),
    restore: (snapshot) => trainer.restore(snapshot),
    dispose: () => trainer.dispose(),
  };
}

function upDownSpecOf({ spec, weights }: RbmProblem): UpDownSpec {
  const refuse = (field: string, expected: string, got: unknown): never => {
    throw new OutsetError('dbn.bad_value', { field: `top layer with labels: ${field}`, expected, got });
  };
  if (spec.negative.name !== 'cd') return refuse('negative phase', 'cd', spec.negative.name);
  if (spec.weightDecay.l1 !== 0) return refuse('l1', '0', spec.weightDecay.l1);
  if (spec.sparsity !== undefined) return refuse('sparsity target', 'none', spec.sparsity.target);
  if (weights !== undefined) return refuse('example weights', 'none', `${weights.length}`);
  return {
    gibbs: [{ fromEpoch: 0, steps: spec.negative.steps }],
    optimizer: spec.optimizer,
    learningRate: spec.learningRate,
    schedule: spec.schedule,
    batchSize: spec.batchSize,
    epochs: spec.epochs,
    l2: spec.weightDecay.l2,
    centered: spec.centered,
    offsetRate: spec.offsetRate,
  };
}

/** Splits the one-hot columns at the end off again. */
function separateLabels(rows: StateRows, labels: number): { data: StateRows; classes: Int32Array } {
  const width = rows.width - labels;
  const data = new Float32Array(rows.count * width);
  const classes = new Int32Array(rows.count);
  const row = new Float32Array(rows.width);
  for (let i = 0; i < rows.count; i++) {
    gatherDense(rows, null, i, 1, row);
    data.set(row.subarray(0, width), i * width);
    if (labels > 0) classes[i] = Math.max(0, row.indexOf(1, width) - width);
  }
  return { data: { form: 'dense', count: rows.count, width, data }, classes };
}
