/**
 * Where the first update leads: the batch is cut in two, one half gives the gradient of a loss, and along the straight line
 * of the update that it asks for, the loss of the other half is taken. One gradient and a few passes forward; nothing is
 * trained. A start whose inputs all look alike behind the last layer, or whose answer is a rough function of them, shows
 * no gain on the other half, however large its gradient is.
 */
import { appendGradient } from '../../autodiff/index.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';
import { threefry } from '../../random/index.ts';
import type { Runtime, Values } from '../../runtime/runtime.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { appendLoss, labelsInput, targetsInput } from '../../training/loss.ts';
import type { TrainingPlan } from '../diagnosis.ts';
import { type CompiledSubject, compileSubject } from '../measure/compiled-subject.ts';
import type { Subject, SubjectGraph } from '../subject.ts';
import { firstUpdate } from './first-update.ts';

/** Examples and, if known, their answers. */
export interface LookAheadBatch {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Class of each example, [batch]. */
  readonly labels?: Tensor<'int32'>;
}

/** What is found along the first update, at some multiples of it. */
export interface LookAhead {
  /** Loss of the half that the gradient was not taken on, at the start. */
  readonly loss: number;
  /** Loss of an answer that does not look at the input: ln C, or the variance of the targets. */
  readonly chance: number;
  /** Standard deviation over examples of the logits. */
  readonly spread: number;
  /** Loss after one update by the whole gradient, momentum at its full speed; null where it is not finite. */
  readonly afterOne: number | null;
  /** Along the update by the telling gradient. */
  readonly steps: readonly {
    /** Updates gone along the line. */
    readonly updates: number;
    readonly loss: number | null;
    /** Root mean square of the change of the logits that tells examples apart. */
    readonly telling: number | null;
  }[];
  /** Cosine of the telling gradients of both halves, over all hidden weights, and the median over weights. */
  readonly agreement: number;
  readonly medianAgreement: number;
  /** Norm of the telling gradient over that of the whole, over hidden weights: what is left of it among the noise. */
  readonly share: number;
  /** Relative size of one update by the telling gradient, median and largest over hidden weights. */
  readonly medianRatio: number;
  readonly largestRatio: number;
  /** Norm of the telling gradient at 10 updates over that at the start. */
  readonly growth: number | null;
}

const multiples = [1, 3, 10, 30, 100];

/**
 * Looks along the first update.
 * @returns null where the subject cannot be run, or has no gradient
 */
export async function lookAhead(
  subject: Subject,
  values: ReadonlyMap<string, Tensor<'float32'>>,
  batch: LookAheadBatch,
  plan: TrainingPlan,
  runtime: Runtime,
): Promise<LookAhead | null> {
  // A graph of a fixed batch takes no half of it.
  if (subject.build === undefined || subject.withoutGradient.length > 0) return null;
  if (subject.fixedBatch !== undefined || subject.inputs.some(({ dims }) => dims[0] !== -1)) return null;
  const count = Math.floor(batchCount(batch) / 2);
  if (count < 2) return null;
  const graph = subject.build(count);
  const { builder } = graph;
  const trainable = [...values.keys()].filter((name) => builder.has(name));
  const logits = flatten(builder, graph.outputs[0], count);
  const outputs = builder.dims(logits)[1];
  const classes = outputs >= 2 && subject.outputDims.length === 1;
  const loss = appendLoss(builder, classes ? 'softmax-cross-entropy' : 'mean-squared-error', logits).loss;
  const residual = appendGradient(builder, loss, [logits]).get(logits) as string;
  const mean = builder.op('ReduceMean', [residual, builder.ints([0])], { keepdims: 1 });
  const telling = builder.op('Sub', [residual, mean]);
  const whole = appendGradient(builder, logits, trainable, { seed: residual });
  const centred = appendGradient(builder, logits, trainable, { seed: telling });
  const ends = [loss, logits, ...whole.values(), ...centred.values()];
  const compiled = await compileSubject(subject, graph, batch, ends, { runtime });
  try {
    const answers = classes ? (batch.labels ?? pseudoLabels(batch, outputs)) : pseudoTargets(batch, outputs);
    const feeds = [0, 1].map((half) => feedsOf(graph, batch, answers, half * count, count));
    return await along({
      compiled,
      subject,
      loss,
      logits,
      whole,
      centred,
      values,
      plan,
      feeds,
      outputs,
      classes,
    });
  } finally {
    await compiled.dispose();
  }
}

type Gradients = ReadonlyMap<string, Tensor<'float32'>>;

interface Line {
  readonly compiled: CompiledSubject;
  readonly subject: Subject;
  readonly loss: string;
  readonly logits: string;
  /** Gradient of the loss, and of its part that is not the same for all examples. */
  readonly whole: ReadonlyMap<string, string>;
  readonly centred: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Tensor<'float32'>>;
  readonly plan: TrainingPlan;
  readonly feeds: readonly Values[];
  readonly outputs: number;
  readonly classes: boolean;
}

async function along(line: Line): Promise<LookAhead> {
  const { compiled, subject, loss, logits, whole, centred, values, plan, feeds, outputs } = line;
  const own = Object.fromEntries(values);
  const tensorsOf = (results: Values, names: ReadonlyMap<string, string>): Gradients =>
    new Map([...names].map(([parameter, value]) => [parameter, results[value] as Tensor<'float32'>]));
  const first = await compiled.run({ ...feeds[0], ...own }, [
    ...new Set([...whole.values(), ...centred.values()]),
  ]);
  const all = tensorsOf(first, whole);
  const telling = tensorsOf(first, centred);
  const second = await compiled.run({ ...feeds[1], ...own }, [loss, logits, ...new Set(centred.values())]);
  const other = tensorsOf(second, centred);
  const before = Float32Array.from(second[logits].data as Float32Array);
  const lossBefore = (second[loss].data as Float32Array)[0];

  const one = await compiled.run({ ...feeds[1], ...moveAlong(values, firstUpdate(plan, all), 1) }, [loss]);
  const update = firstUpdate(plan, telling);
  const steps: LookAhead['steps'][number][] = [];
  let growth: number | null = null;
  const hidden = hiddenWeights(subject, values);
  for (const updates of multiples) {
    const moved = moveAlong(values, update, updates);
    const there = await compiled.run({ ...feeds[1], ...moved }, [loss, logits]);
    const value = (there[loss].data as Float32Array)[0];
    const change = tellingChange(before, there[logits].data as Float32Array, outputs);
    steps.push({ updates, loss: finite(value), telling: change });
    if (updates === 10 && Number.isFinite(value)) {
      const later = tensorsOf(
        await compiled.run({ ...feeds[0], ...moved }, [...new Set(centred.values())]),
        centred,
      );
      growth = finite(normOf(later, hidden) / normOf(telling, hidden));
    }
  }
  const ratios = hidden
    .map(
      (name) => norm(update.get(name) as Float32Array) / norm((values.get(name) as Tensor<'float32'>).data),
    )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const cosines = hidden
    .map((name) => cosine(telling, other, [name]))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return {
    loss: lossBefore,
    chance: line.classes ? Math.log(outputs) : 1,
    spread: tellingChange(new Float32Array(before.length), before, outputs) ?? Number.POSITIVE_INFINITY,
    afterOne: finite((one[loss].data as Float32Array)[0]),
    steps,
    agreement: finite(cosine(telling, other, hidden)) ?? 0,
    medianAgreement: cosines[Math.floor(cosines.length / 2)] ?? 0,
    share: finite(normOf(telling, hidden) / normOf(all, hidden)) ?? 0,
    medianRatio: ratios[Math.floor(ratios.length / 2)] ?? 0,
    largestRatio: ratios.at(-1) ?? 0,
    growth,
  };
}

/** Weights of all layers but the last; of the last where there is no other. */
function hiddenWeights(subject: Subject, values: ReadonlyMap<string, unknown>): string[] {
  const names = subject.layers.filter(({ weight }) => values.has(weight.name));
  const hidden = names.filter(({ last }) => !last);
  return (hidden.length > 0 ? hidden : names).map(({ weight }) => weight.name);
}

function cosine(a: Gradients, b: Gradients, names: readonly string[]): number {
  let product = 0;
  for (const name of names) {
    const left = (a.get(name) as Tensor<'float32'>).data;
    const right = (b.get(name) as Tensor<'float32'>).data;
    for (let i = 0; i < left.length; i++) product += left[i] * right[i];
  }
  return product / (normOf(a, names) * normOf(b, names));
}

const normOf = (gradients: Gradients, names: readonly string[]): number =>
  Math.hypot(...names.map((name) => norm((gradients.get(name) as Tensor<'float32'>).data)));

function moveAlong(
  values: ReadonlyMap<string, Tensor<'float32'>>,
  update: ReadonlyMap<string, Float32Array>,
  updates: number,
): Record<string, Tensor<'float32'>> {
  const moved: Record<string, Tensor<'float32'>> = {};
  for (const [name, { dims, data }] of values) {
    const change = update.get(name);
    moved[name] = tensor(
      'float32',
      dims,
      change === undefined ? data : data.map((value, i) => value + updates * change[i]),
    );
  }
  return moved;
}

/** Root mean square of the difference of two sets of logits [examples, outputs] less its mean over examples. */
function tellingChange(before: Float32Array, after: Float32Array, outputs: number): number | null {
  const rows = before.length / outputs;
  let telling = 0;
  for (let k = 0; k < outputs; k++) {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const difference = after[i * outputs + k] - before[i * outputs + k];
      sum += difference;
      squares += difference * difference;
    }
    telling += Math.max(0, squares - (sum * sum) / rows);
  }
  return finite(Math.sqrt(telling / before.length));
}

function flatten(builder: GraphBuilder, value: string, batch: number): string {
  const dims = builder.dims(value);
  return dims.length === 2 ? value : builder.op('Reshape', [value, builder.ints([batch, -1])]);
}

function batchCount({ inputs }: LookAheadBatch): number {
  return Math.min(...Object.values(inputs).map(({ dims }) => dims[0] ?? 0));
}

function feedsOf(
  graph: SubjectGraph,
  batch: LookAheadBatch,
  answers: Tensor,
  from: number,
  count: number,
): Values {
  const feeds: Record<string, Tensor> = {};
  for (const name of graph.inputs) feeds[name] = rowsOf(batch.inputs[name], from, count);
  feeds[answers.dtype === 'int32' ? labelsInput : targetsInput] = rowsOf(answers, from, count);
  return feeds;
}

function rowsOf(whole: Tensor, from: number, count: number): Tensor {
  const width = elementCount(whole.dims.slice(1));
  const data = (whole.data as Float32Array).subarray(from * width, (from + count) * width);
  return tensor(whole.dtype as 'float32', [count, ...whole.dims.slice(1)], data);
}

/** Without labels: classes by the largest of some random projections of the standardized input, a smooth thing to learn. */
function pseudoLabels(batch: LookAheadBatch, outputs: number): Tensor<'int32'> {
  const targets = pseudoTargets(batch, outputs).data;
  const count = targets.length / outputs;
  const labels = Int32Array.from({ length: count }, (_, i) => {
    let best = 0;
    for (let k = 1; k < outputs; k++) if (targets[i * outputs + k] > targets[i * outputs + best]) best = k;
    return best;
  });
  return tensor('int32', [count], labels);
}

/** Most numbers in the directions that inputs are projected on. */
const mostNumbers = 2 ** 22;

/**
 * Random projections of the input, each of mean 0 and variance 1 over the batch. Where inputs and outputs are many, outputs
 * share projections in turn.
 */
function pseudoTargets(batch: LookAheadBatch, outputs: number): Tensor<'float32'> {
  const [input] = Object.values(batch.inputs);
  const count = batchCount(batch);
  const width = elementCount(input.dims.slice(1));
  const distinct = Math.min(outputs, Math.max(1, Math.floor(mostNumbers / width)));
  const directions = threefry(0)
    .child('look-ahead')
    .normal(new Float32Array(width * distinct));
  const data = new Float32Array(count * outputs);
  const values = input.data as ArrayLike<number>;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) {
      const value = Number(values[i * width + j]);
      if (value === 0) continue;
      for (let k = 0; k < distinct; k++) data[i * outputs + k] += value * directions[j * distinct + k];
    }
    for (let k = distinct; k < outputs; k++) data[i * outputs + k] = data[i * outputs + (k % distinct)];
  }
  for (let k = 0; k < outputs; k++) standardizeColumn(data, k, outputs, count);
  return tensor('float32', [count, outputs], data);
}

function standardizeColumn(data: Float32Array, column: number, columns: number, rows: number): void {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < rows; i++) sum += data[i * columns + column];
  const mean = sum / rows;
  for (let i = 0; i < rows; i++) squares += (data[i * columns + column] - mean) ** 2;
  const std = Math.sqrt(squares / rows) || 1;
  for (let i = 0; i < rows; i++) data[i * columns + column] = (data[i * columns + column] - mean) / std;
}

function norm(data: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * data[i];
  return Math.sqrt(sum);
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
