/** A copy of a subject's parameters that can be trained on rows of one batch; the subject itself never changes. */
import { appendGradient } from '../../autodiff/index.ts';
import { outputDeclarer } from '../../onnx/declare-output.ts';
import { bindOutputs } from '../../runtime/bind-outputs.ts';
import type { Program, Runtime } from '../../runtime/runtime.ts';
import { allocate, elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import { gatherRows } from '../../training/examples.ts';
import { labelsInput, targetsInput } from '../../training/loss.ts';
import { createOptimizer, type Optimizer, optimizerConstants } from '../../training/optimizer.ts';
import { ParameterStore } from '../../training/parameter-store.ts';
import type { TrainingPlan } from '../diagnosis.ts';
import type { Subject } from '../subject.ts';
import { answersOf, buildLossGraph, type LossGraph, type VerdictBatch } from './loss-graph.ts';
import { countWork, type Work } from './work.ts';

/** Graph input: 1 leaves only the part of the loss' gradient that is not the same for all examples, 0 all of it. */
const centringInput = 'centring';

/** What the copy answers to some examples. */
export interface Answered {
  readonly loss: number;
  /** Part of the way from chance to perfect answers. */
  readonly right: number;
  /** Standard deviation over examples of the logits. */
  readonly spread: number;
}

/** The graph of loss and gradients before it is compiled. */
export interface GradientPlan {
  readonly built: LossGraph;
  readonly gradients: ReadonlyMap<string, string>;
  readonly loss: string;
  readonly logits: string;
  readonly count: number;
  readonly work: Work;
}

/** Plans loss and gradients of `count` examples. */
export function planGradients(subject: Subject, count: number): GradientPlan {
  const built = buildLossGraph(subject, count);
  const { builder, logits, loss } = built;
  const names = [...subject.parameters.keys()].filter((name) => builder.has(name));
  const residual = appendGradient(builder, loss, [logits]).get(logits) as string;
  const common = builder.op('ReduceMean', [residual, builder.ints([0])], { keepdims: 1 });
  const centring = builder.input(centringInput, 'float32', []);
  const seed = builder.op('Sub', [residual, builder.op('Mul', [common, centring])]);
  const values = appendGradient(builder, logits, names, { seed });
  const declare = outputDeclarer(builder);
  const gradients = new Map(names.map((name) => [name, declare(values.get(name) as string)]));
  const ends = { loss: declare(loss), logits: declare(logits) };
  return { built, gradients, ...ends, count, work: countWork(builder) };
}

/** Copies the parameters and compiles the graph. */
export async function copyToTrain(
  subject: Subject,
  batch: VerdictBatch,
  plan: TrainingPlan,
  planned: GradientPlan,
  runtime: Runtime,
): Promise<TrainableCopy> {
  const { builder, graph } = planned.built;
  const constants = optimizerConstants(plan.optimizer);
  const shapes = [...planned.gradients.keys()].map((name) => ({ name, dims: builder.dims(name) }));
  const store = new ParameterStore(shapes, constants.slotCount);
  for (const [name, { data }] of store.parameters)
    data.set((subject.parameters.get(name) as Tensor<'float32'>).data);
  const optimizer = await createOptimizer(store, constants);
  const answers = answersOf(batch, planned.built);
  const sources = new Map<string, Tensor>(graph.inputs.map((name) => [name, batch.inputs[name]]));
  sources.set(answers.dtype === 'int32' ? labelsInput : targetsInput, answers);
  const program = await runtime.compile(builder.build(), { threads: 1 });
  const hidden = subject.layers.filter(({ weight, last }) => !last && store.parameters.has(weight.name));
  const watched = hidden.map(({ weight }) => weight.name);
  return new TrainableCopy(planned, store, optimizer, program, sources, watched, plan.learningRate);
}

export class TrainableCopy {
  readonly #planned: GradientPlan;
  readonly #store: ParameterStore;
  readonly #optimizer: Optimizer;
  readonly #program: Program;
  readonly #sources: ReadonlyMap<string, Tensor>;
  readonly #watched: readonly string[];
  readonly #rate: number;
  readonly #feeds: Record<string, Tensor>;
  readonly #loss = tensor('float32', [], new Float32Array(1));
  readonly #centring = tensor('float32', [], new Float32Array(1));
  readonly #logits: Tensor<'float32'>;
  readonly #run: () => Promise<void>;
  #updates = 0;

  constructor(
    planned: GradientPlan,
    store: ParameterStore,
    optimizer: Optimizer,
    program: Program,
    sources: ReadonlyMap<string, Tensor>,
    watched: readonly string[],
    rate: number,
  ) {
    this.#planned = planned;
    this.#store = store;
    this.#optimizer = optimizer;
    this.#program = program;
    this.#sources = sources;
    this.#watched = watched;
    this.#rate = rate;
    const { count, built } = planned;
    const rows = [...sources].map(([name, whole]) => [name, emptyRows(whole, count)] as const);
    this.#feeds = {
      ...Object.fromEntries(built.graph.fixed),
      ...Object.fromEntries(store.parameters),
      ...Object.fromEntries(rows),
      [centringInput]: this.#centring,
    };
    this.#logits = tensor('float32', [count, built.outputs], new Float32Array(count * built.outputs));
    const fetches: Record<string, Tensor<'float32'>> = {
      [planned.loss]: this.#loss,
      [planned.logits]: this.#logits,
    };
    for (const [name, value] of planned.gradients) {
      fetches[value] = store.gradients.get(name) as Tensor<'float32'>;
    }
    this.#run = bindOutputs(program, this.#feeds, fetches);
  }

  /** What it answers to some rows of the batch. */
  async answer(rows: ArrayLike<number>): Promise<Answered> {
    for (const [name, whole] of this.#sources) gatherInto(this.#feeds[name], whole, rows);
    await this.#run();
    const { classes, outputs, chance } = this.#planned.built;
    const loss = this.#loss.data[0];
    const logits = this.#logits.data;
    const labels = classes ? (this.#feeds[labelsInput].data as Int32Array) : null;
    const right =
      labels === null ? 1 - loss / chance : (share(logits, labels, outputs) * outputs - 1) / (outputs - 1);
    return {
      loss,
      right: Number.isFinite(right) ? Math.max(0, right) : 0,
      spread: spreadOf(logits, outputs),
    };
  }

  /**
   * One update on some rows.
   * @param pace factor on the learning rate
   * @param telling true: only by the part of the gradient that tells examples apart
   * @param watched true: the largest relative change of a hidden weight is worked out, else it is 0
   * @returns what was answered before it, and that change; null where a number was not finite
   */
  async update(
    rows: ArrayLike<number>,
    pace: number,
    telling: boolean,
    watched = true,
  ): Promise<(Answered & { readonly change: number }) | null> {
    this.#centring.data[0] = telling ? 1 : 0;
    const answered = await this.answer(rows);
    if (!Number.isFinite(answered.loss) || !this.#optimizer.gradientsAreFinite()) return null;
    const names = watched ? this.#watched : [];
    const before = names.map((name) => Float32Array.from(this.#parameter(name)));
    this.#updates += 1;
    this.#optimizer.update(this.#updates, this.#rate * pace);
    const changes = names.map((name, i) => relativeChange(before[i], this.#parameter(name)));
    return { ...answered, change: Math.max(0, ...changes) };
  }

  /** Forgets what the optimizer remembers of earlier gradients. */
  forget(): void {
    this.#updates = 0;
    for (let slot = 0; slot < this.#store.slotCount; slot++) {
      for (const { data } of this.#store.slot(slot).values()) data.fill(0);
    }
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }

  #parameter(name: string): Float32Array {
    return (this.#store.parameters.get(name) as Tensor<'float32'>).data;
  }
}

function emptyRows({ dtype, dims }: Tensor, count: number): Tensor {
  const shape = [count, ...dims.slice(1)];
  return tensor(dtype, shape, allocate(dtype, elementCount(shape)) as never);
}

function gatherInto(to: Tensor, whole: Tensor, rows: ArrayLike<number>): void {
  const width = elementCount(whole.dims.slice(1));
  // Any element type will do: rows are moved, not computed with.
  gatherRows(whole.data as Float32Array, width, rows, 0, rows.length, to.data as Float32Array);
}

/** Part of the examples whose largest logit is that of their class. */
function share(logits: Float32Array, labels: Int32Array, outputs: number): number {
  let right = 0;
  for (const [i, label] of labels.entries()) {
    let best = 0;
    for (let k = 1; k < outputs; k++) if (logits[i * outputs + k] > logits[i * outputs + best]) best = k;
    if (best === label) right++;
  }
  return right / labels.length;
}

function spreadOf(logits: Float32Array, outputs: number): number {
  const rows = logits.length / outputs;
  let total = 0;
  for (let k = 0; k < outputs; k++) {
    let sum = 0;
    let squares = 0;
    for (let i = k; i < logits.length; i += outputs) {
      sum += logits[i];
      squares += logits[i] * logits[i];
    }
    total += Math.max(0, squares - (sum * sum) / rows);
  }
  return Math.sqrt(total / logits.length);
}

function relativeChange(before: Float32Array, after: Float32Array): number {
  let change = 0;
  let size = 0;
  for (let i = 0; i < before.length; i++) {
    change += (after[i] - before[i]) ** 2;
    size += before[i] * before[i];
  }
  return Math.sqrt(change / (size + 1e-30));
}
