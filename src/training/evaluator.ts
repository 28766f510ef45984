import type { Network } from '../network/network.ts';
import type { CompileOptions, Program, Runtime, Values } from '../runtime/runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocate, elementCount, tensor } from '../tensor/tensor.ts';
import type { Examples } from './examples.ts';
import { exampleCount, gatherRows } from './examples.ts';
import { appendLoss, countCorrect } from './loss.ts';
import type { LossName } from './spec.ts';
import { answerKind } from './step-program.ts';

/** How well a network does on examples that it did not train on. */
export interface Evaluation {
  /** Mean over the examples; null if it is not finite. */
  readonly loss: number | null;
  /** Fraction answered right; null where there are no classes. */
  readonly accuracy: number | null;
}

/** Computes loss and accuracy on a fixed set of examples with the inference graph. */
export interface Evaluator {
  /** @param values parameters and buffers of the network, by name */
  evaluate(values: ReadonlyMap<string, Tensor<'float32'>>): Promise<Evaluation>;
  dispose(): Promise<void>;
}

/** Examples in one run: enough to keep the engine busy, few enough to stay small. */
const largestBatch = 1000;

/** Compiles the inference graph with the loss; the last short batch has a graph of its own. */
export async function createEvaluator(
  network: Network,
  loss: LossName,
  examples: Examples,
  runtime: Runtime,
  compile: CompileOptions,
): Promise<Evaluator> {
  const count = exampleCount(examples);
  const batch = Math.min(count, largestBatch);
  const sizes = [...new Set([batch, count % batch])].filter((size) => size > 0);
  const programs = new Map<number, EvaluationProgram>();
  for (const size of sizes) {
    programs.set(size, await compileEvaluation(network, loss, examples, size, runtime, compile));
  }
  return {
    evaluate: async (values) => {
      const parameters = Object.fromEntries(values);
      let total = 0;
      let correct = 0;
      for (let first = 0; first < count; first += batch) {
        const result = await programs.get(Math.min(batch, count - first))!.run(parameters, first);
        total += result.loss;
        correct += result.correct;
      }
      const mean = total / count;
      return {
        loss: Number.isFinite(mean) ? mean : null,
        accuracy: examples.answers.dtype === 'int32' ? correct / count : null,
      };
    },
    dispose: async () => {
      for (const { program } of programs.values()) await program.dispose();
    },
  };
}

interface EvaluationProgram {
  readonly program: Program;
  /** Sum of the losses and number of right answers of the examples from `first` on. */
  run(parameters: Values, first: number): Promise<{ loss: number; correct: number }>;
}

async function compileEvaluation(
  network: Network,
  loss: LossName,
  examples: Examples,
  size: number,
  runtime: Runtime,
  compile: CompileOptions,
): Promise<EvaluationProgram> {
  const { builder, features, logits } = network.build(size, 'inference');
  const { perExample, answer } = appendLoss(builder, loss, logits, { against: answerKind(examples) });
  builder.output(perExample);
  // The logits may be a graph input (a network without layers has none), and outputs must be computed.
  const scores = builder.op('Identity', [logits]);
  builder.output(scores);
  const program = await runtime.compile(builder.build(), compile);
  const width = elementCount(network.spec.input);
  const answerWidth = elementCount(answer.dims.slice(1));
  const answers = tensor(answer.dtype, answer.dims, allocate(answer.dtype, elementCount(answer.dims)));
  const rows = Uint32Array.from({ length: size }, (_, i) => i);
  return {
    program,
    run: async (parameters, first) => {
      // Rows in a row need no gathering: the engine reads them where they are, unless the memory is shared.
      const from = first * width;
      const slice = examples.features.data.subarray(from, from + size * width);
      const data = slice.buffer instanceof ArrayBuffer ? slice : new Float32Array(slice);
      const answersFrom = examples.answers.data.subarray(first * answerWidth);
      gatherRows(answersFrom, answerWidth, rows, 0, size, answers.data as Int32Array);
      const feeds = {
        ...parameters,
        [features]: tensor('float32', [size, ...network.spec.input], data),
        [answer.name]: answers,
      };
      const results = await program.run(feeds, [perExample, scores]);
      let sum = 0;
      for (const value of results[perExample].data as Float32Array) sum += value;
      const labels = answers.dtype === 'int32' ? (answers.data as Int32Array) : new Int32Array(0);
      const outputs = elementCount(network.outputDims);
      return { loss: sum, correct: countCorrect(results[scores].data as Float32Array, outputs, labels) };
    },
  };
}
