/** Singular values of Jacobians, end to end and from layer to layer, without ever holding a large one. */

import { appendGradient } from '../../autodiff/index.ts';
import type { GraphBuilder } from '../../onnx/builder.ts';
import { singularValues } from '../../tensor/singular-values.ts';
import { elementCount, type Tensor, tensor } from '../../tensor/tensor.ts';
import type { LayerMeasurement, Measurement } from '../measurement.ts';
import type { SubjectLayer } from '../subject.ts';
import { appendGram } from './append-gram.ts';
import { type CompiledSubject, compileSubject } from './compiled-subject.ts';
import { type Examination, Skipped } from './examination.ts';
import { fewExamples } from './few-examples.ts';
import { Lanczos } from './lanczos.ts';
import { randomSigns } from './random-signs.ts';

/** Examples whose singular values are averaged. */
const examples = 8;
/** Outputs up to which the whole Jacobian is taken, row by row. */
const rowsUpTo = 32;
const endSteps = 24;
const layerSteps = 12;
/** Numbers that go in and out of the engine in one step. */
const mostNumbers = 3e7;

/** A map from one value of the graph to another. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  /** Jᵀ u and J Jᵀ u. */
  readonly back: string;
  readonly product: string;
}

interface SingularValues {
  readonly largest: number;
  readonly smallest: number | null;
  readonly rootMeanSquare: number;
}

/**
 * d logits / d first pre-activation: largest, smallest and root mean square over the min(inputs, outputs) singular values,
 * averaged over examples. Up to 32 outputs the Jacobian is taken row by row and its singular values worked out in double
 * precision; beyond, Lanczos steps give the largest. Where a normalization couples the examples, the batch is one example.
 */
export async function endToEnd(examination: Examination): Promise<Measurement['jacobian']> {
  return (await byRows(examination)) ?? byProducts(examination);
}

/** All singular values; null where there are many outputs or examples are coupled. */
function byRows(examination: Examination): Promise<SingularValues | null> {
  return withFew(examination, async (few, { builder, outputs: [to] }) => {
    const from = startOf(examination, builder, to);
    if (from === undefined || elementCount(builder.dims(to)) / few.size > rowsUpTo) return null;
    const seed = builder.input('outset.seed', 'float32', builder.dims(to));
    const back = appendGradient(builder, to, [from], { seed }).get(from) as string;
    const compiled = await few.compile([back]);
    try {
      const rows = await jacobianRows(compiled, { from, to, seed, back }, few.size);
      return rows === undefined ? null : average(rows);
    } finally {
      await compiled.dispose();
    }
  });
}

function byProducts(examination: Examination): Promise<SingularValues | null> {
  return withFew(examination, async (few, { builder, outputs: [to] }) => {
    const from = startOf(examination, builder, to);
    if (from === undefined) return null;
    const way = appendWay(builder, from, to, 'outset.seed');
    const compiled = await few.compile([way.back, way.product]);
    try {
      return (await iterate(compiled, [way], few.size, endSteps, examination)).get(way) ?? null;
    } finally {
      await compiled.dispose();
    }
  });
}

/** The first pre-activation; undefined where it is the output itself. */
function startOf({ subject }: Examination, builder: GraphBuilder, to: string): string | undefined {
  const [{ preActivation, output }] = subject.layers;
  const from = preActivation ?? output;
  return builder.has(from) && from !== to ? from : undefined;
}

/** From each pre-activation to the next, where one leads to the other. By layer. */
export async function layerJacobians(
  examination: Examination,
): Promise<Map<SubjectLayer, NonNullable<LayerMeasurement['jacobian']>>> {
  const { layers } = examination.subject;
  const found = new Map<SubjectLayer, NonNullable<LayerMeasurement['jacobian']>>();
  await withFew(examination, async (few, { builder }) => {
    const ways = new Map<Way, SubjectLayer>();
    for (const [i, layer] of layers.entries()) {
      const [from, to] = [layers[i - 1]?.preActivation, layer.preActivation];
      if (from === undefined || to === undefined || !builder.has(from) || !builder.has(to)) continue;
      ways.set(appendWay(builder, from, to, `outset.seed${i}`), layer);
    }
    if (ways.size === 0) return null;
    const numbers = [...ways.keys()].reduce((sum, { to }) => sum + 2 * elementCount(builder.dims(to)), 0);
    if (numbers > mostNumbers) throw new Skipped('size');
    const compiled = await few.compile([...ways.keys()].flatMap(({ back, product }) => [back, product]));
    try {
      for (const [way, { largest, rootMeanSquare }] of await iterate(
        compiled,
        [...ways.keys()],
        few.size,
        layerSteps,
        examination,
      )) {
        found.set(ways.get(way) as SubjectLayer, { largest, rootMeanSquare });
      }
    } finally {
      await compiled.dispose();
    }
    return null;
  });
  return found;
}

interface Few {
  readonly size: number;
  readonly compile: (outputs: readonly string[]) => Promise<CompiledSubject>;
}

async function withFew<Result>(
  { subject, batch, size, options }: Examination,
  work: (few: Few, graph: ReturnType<NonNullable<typeof subject.build>>) => Promise<Result>,
): Promise<Result> {
  const few = fewExamples(subject, batch, size, examples);
  const graph = (subject.build as NonNullable<typeof subject.build>)(few.size);
  return work(
    {
      size: few.size,
      compile: (outputs) => compileSubject(subject, graph, few.batch, outputs, options),
    },
    graph,
  );
}

function appendWay(builder: GraphBuilder, from: string, to: string, seedName: string): Way {
  const seed = builder.input(seedName, 'float32', builder.dims(to));
  const { transposed, product } = appendGram(builder, to, [from], seed);
  return { from, to, seed, back: transposed.get(from) as string, product };
}

/** Singular values of each example's whole Jacobian; undefined where examples are coupled. */
async function jacobianRows(
  compiled: CompiledSubject,
  { from, to, seed, back }: Omit<Way, 'product'>,
  size: number,
): Promise<Float64Array[] | undefined> {
  const dims = compiled.builder.dims(to);
  const outputs = elementCount(dims) / size;
  const inputs = elementCount(compiled.builder.dims(from)) / size;
  if ((await areCoupled(compiled, [{ from, to, seed, back }], size))[0]) return undefined;
  if (outputs * inputs * size > mostNumbers) throw new Skipped('size');
  const jacobians = Array.from({ length: size }, () => new Float64Array(outputs * inputs));
  for (let row = 0; row < outputs; row++) {
    const cotangent = new Float32Array(size * outputs);
    for (let n = 0; n < size; n++) cotangent[n * outputs + row] = 1;
    const results = await compiled.run({ [seed]: tensor('float32', dims, cotangent) }, [back]);
    const data = results[back].data as Float32Array;
    for (let n = 0; n < size; n++)
      jacobians[n].set(data.subarray(n * inputs, (n + 1) * inputs), row * inputs);
  }
  if (!jacobians.every((one) => one.every(Number.isFinite))) throw new Skipped('not-finite');
  return jacobians.map((one) => singularValues(one, outputs, inputs));
}

/** For each way: does a cotangent at the first example come back to another? */
async function areCoupled(
  compiled: CompiledSubject,
  ways: readonly Omit<Way, 'product'>[],
  size: number,
): Promise<boolean[]> {
  const feeds: Record<string, Tensor> = {};
  for (const { to, seed } of ways) {
    const dims = compiled.builder.dims(to);
    const values = new Float32Array(elementCount(dims));
    values.set(randomSigns(seed, values.length / size));
    feeds[seed] = tensor('float32', dims, values);
  }
  const results = await compiled.run(
    feeds,
    ways.map(({ back }) => back),
  );
  return ways.map(({ back }) => {
    const data = results[back].data as Float32Array;
    return data.subarray(data.length / size).some((value) => value !== 0);
  });
}

async function iterate(
  compiled: CompiledSubject,
  ways: readonly Way[],
  size: number,
  steps: number,
  { late }: Examination,
): Promise<Map<Way, SingularValues>> {
  const coupled = await areCoupled(compiled, ways, size);
  const runs = new Map<Way, Lanczos>();
  const blocks = new Map<Way, number>();
  for (const [i, way] of ways.entries()) {
    const count = elementCount(compiled.builder.dims(way.to));
    blocks.set(way, coupled[i] ? 1 : size);
    runs.set(way, new Lanczos(randomSigns(way.seed, count), coupled[i] ? 1 : size));
  }
  for (let k = 0; k < steps && !(late() && k > 0); k++) {
    const open = ways.filter((way) => !(runs.get(way) as Lanczos).done);
    if (open.length === 0) break;
    const feeds: Record<string, Tensor> = {};
    for (const [way, run] of runs) {
      feeds[way.seed] = tensor('float32', compiled.builder.dims(way.to), run.vector);
    }
    const results = await compiled.run(
      feeds,
      open.map(({ product }) => product),
    );
    for (const way of open) (runs.get(way) as Lanczos).accept(results[way.product].data as Float32Array);
  }
  return summaries(compiled, ways, runs, blocks);
}

function summaries(
  { builder }: CompiledSubject,
  ways: readonly Way[],
  runs: ReadonlyMap<Way, Lanczos>,
  blocks: ReadonlyMap<Way, number>,
): Map<Way, SingularValues> {
  const found = new Map<Way, SingularValues>();
  for (const way of ways) {
    const run = runs.get(way) as Lanczos;
    const count = blocks.get(way) as number;
    const outputs = elementCount(builder.dims(way.to)) / count;
    const inputs = elementCount(builder.dims(way.from)) / count;
    let largest = 0;
    let trace = 0;
    for (let k = 0; k < count; k++) {
      largest += Math.sqrt(Math.max(0, run.eigenvalues(k)[0] ?? Number.NaN)) / count;
      trace += (run.first(k) * outputs) / count;
    }
    const rootMeanSquare = Math.sqrt(trace / Math.min(inputs, outputs));
    if (largest > 0 && Number.isFinite(largest + rootMeanSquare))
      found.set(way, { largest, smallest: null, rootMeanSquare });
  }
  return found;
}

function average(examplesValues: readonly Float64Array[]): SingularValues {
  let largest = 0;
  let smallest = 0;
  let squares = 0;
  for (const values of examplesValues) {
    largest += values[0] / examplesValues.length;
    smallest += values[values.length - 1] / examplesValues.length;
    for (const value of values) squares += value ** 2 / (values.length * examplesValues.length);
  }
  return { largest, smallest, rootMeanSquare: Math.sqrt(squares) };
}
