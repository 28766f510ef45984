import { OutsetError } from '../../messages/error.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { float32 } from '../../tensor/tensor.ts';
import type { Dbn } from '../dbn.ts';
import type { Rbm } from '../rbm.ts';
import type { RbmTrainer } from '../rbm-trainer.ts';
import type { StateRows } from '../state-rows.ts';
import { gatherDense } from './dense-rows.ts';
import type { RbmProblem } from './rbm-problem.ts';
import type { UpDownSpec } from './up-down-spec.ts';
import { createUpDownTrainer } from './up-down-trainer.ts';

/**
 * A dense trainer for RBMs of binary units whose last visible units are one softmax unit that holds a class: the top of
 * a deep belief net. It is up-down learning with nothing below the top, that is CD-k; weights start at N(0, 0.01²),
 * the visible bias at the log-odds of the data, as Hinton 2010 recommends. Data that are means of a layer below are
 * taken as grey levels.
 * @throws dbn.bad_value for a negative phase other than `cd`, weight decay l1, or a sparsity target
 */
export async function createLabelRbmTrainer(
  problem: RbmProblem,
  runtime: Runtime,
  compile: CompileOptions = {},
): Promise<RbmTrainer> {
  const { spec, stream, labels } = problem;
  const { data, classes } = separateLabels(problem.data, labels);
  const start: Dbn = { layers: [{ rbm: startOf(problem) }], labels };
  const trainer = await createUpDownTrainer({
    dbn: start,
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

function upDownSpecOf({ spec }: RbmProblem): UpDownSpec {
  const refuse = (field: string, expected: string, got: unknown): never => {
    throw new OutsetError('dbn.bad_value', { field: `top layer with labels: ${field}`, expected, got });
  };
  if (spec.negative.name !== 'cd') return refuse('negative phase', 'cd', spec.negative.name);
  if (spec.weightDecay.l1 !== 0) return refuse('l1', '0', spec.weightDecay.l1);
  if (spec.sparsity !== undefined) return refuse('sparsity target', 'none', spec.sparsity.target);
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

function startOf({ visible, hidden, data, stream }: RbmProblem): Rbm {
  const [inputs, outputs] = [visible.count, hidden.count];
  const weights = stream.child('weights').normal(new Float32Array(inputs * outputs), 0, 0.01);
  return {
    visible,
    hidden,
    weights: float32([inputs, outputs], weights),
    visibleParameters: { bias: logOdds(data) },
    hiddenParameters: { bias: new Float32Array(outputs) },
  };
}

/** log(p / (1 - p)) of each column's mean, at most as far from 0 as one example more of the other kind allows. */
function logOdds(rows: StateRows): Float32Array {
  const means = new Float64Array(rows.width);
  const row = new Float32Array(rows.width);
  for (let i = 0; i < rows.count; i++) {
    gatherDense(rows, null, i, 1, row);
    for (let j = 0; j < row.length; j++) means[j] += row[j];
  }
  return Float32Array.from(means, (sum) => Math.log((sum + 1) / (rows.count - sum + 1)));
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
