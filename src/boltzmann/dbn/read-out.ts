import { OutsetError } from '../../messages/error.ts';
import { GraphBuilder } from '../../onnx/builder.ts';
import type { CompileOptions, Program, Runtime } from '../../runtime/runtime.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import { checkRows } from '../check-rows.ts';
import type { Dbn } from '../dbn.ts';
import type { StateRows } from '../state-rows.ts';
import { stateWidth } from '../units/unit-spec.ts';
import { checkDbn, checkLabels } from './check-dbn.ts';
import { gatherDense } from './dense-rows.ts';

/** Rows that the engine takes at once. */
const chunk = 200;

/**
 * Scores of the classes by the generative model: minus the free energy of the top RBM with each label in turn, the layer
 * below held at its means given the data (Hinton, Osindero & Teh 2006, section 6.2):
 *
 *   score(y) = b_y + Σ_j softplus(c_j + Σ_i m_i W_ij + W_yj)        p(y | m) = softmax(score)
 *
 * @returns [rows, labels]
 * @throws dbn.no_labels, boltzmann.bad_rows, boltzmann.bad_state
 */
export async function labelScores(
  dbn: Dbn,
  rows: StateRows,
  runtime: Runtime,
  compile: CompileOptions = {},
): Promise<Float32Array> {
  checkDbn(dbn);
  if (dbn.labels === 0) throw new OutsetError('dbn.no_labels', { what: 'generative read-out' });
  const labels = dbn.labels;
  const width = stateWidth(dbn.layers[0].rbm.visible) - (dbn.layers.length === 1 ? labels : 0);
  checkRows({ kind: 'bernoulli', count: width }, rows, 'visible');
  const scores = new Float32Array(rows.count * labels);
  const programs = new Map<number, Program>();
  try {
    for (let first = 0; first < rows.count; first += chunk) {
      const size = Math.min(chunk, rows.count - first);
      let program = programs.get(size);
      if (program === undefined) {
        program = await runtime.compile(scoreGraph(dbn, size, rows.width), compile);
        programs.set(size, program);
      }
      const visible = new Float32Array(size * rows.width);
      gatherDense(rows, null, first, size, visible);
      const result = await program.run({ visible: tensor('float32', [size, rows.width], visible) });
      scores.set(result.scores.data as Float32Array, first * labels);
    }
  } finally {
    for (const program of programs.values()) await program.dispose();
  }
  return scores;
}

/**
 * Fraction of the rows whose label is not the one with the largest score.
 * @throws dbn.label_count, dbn.labels and those of {@link labelScores}
 */
export async function readOutError(
  dbn: Dbn,
  rows: StateRows,
  labels: Int32Array,
  runtime: Runtime,
  compile: CompileOptions = {},
): Promise<number> {
  const scores = await labelScores(dbn, rows, runtime, compile);
  checkLabels(labels, dbn.labels, rows.count);
  let wrong = 0;
  for (let i = 0; i < rows.count; i++) {
    const row = scores.subarray(i * dbn.labels, (i + 1) * dbn.labels);
    if (row.indexOf(Math.max(...row)) !== labels[i]) wrong += 1;
  }
  return wrong / rows.count;
}

function scoreGraph({ layers, labels }: Dbn, size: number, width: number) {
  const builder = new GraphBuilder('label-scores');
  const vector = (data: Float32Array) => builder.constant(float32([data.length], data));
  let value = builder.input('visible', 'float32', [size, width]);
  for (const { rbm, recognition } of layers.slice(0, -1)) {
    const weights = builder.constant(recognition?.weights ?? rbm.weights);
    const bias = vector(recognition?.hiddenBias ?? rbm.hiddenParameters.bias);
    value = builder.op('Sigmoid', [builder.op('Gemm', [value, weights, bias])]);
  }
  const { rbm } = layers[layers.length - 1];
  const hidden = stateWidth(rbm.hidden);
  const pen = stateWidth(rbm.visible) - labels;
  const { data } = rbm.weights;
  const penWeights = builder.constant(float32([pen, hidden], data.subarray(0, pen * hidden)));
  const labelWeights = builder.constant(float32([1, labels, hidden], data.subarray(pen * hidden)));
  const input = builder.op('Gemm', [value, penWeights, vector(rbm.hiddenParameters.bias)]);
  const each = builder.op('Add', [builder.op('Unsqueeze', [input, builder.ints([1])]), labelWeights]);
  const sum = builder.op('ReduceSum', [builder.op('Softplus', [each]), builder.ints([2])], { keepdims: 0 });
  const bias = vector(rbm.visibleParameters.bias.subarray(pen));
  builder.output(builder.op('Add', [sum, bias], {}, { output: 'scores' }));
  return builder.build();
}
