import { GraphBuilder } from '../../onnx/builder.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import { checkRows } from '../check-rows.ts';
import { sparseRows } from '../convert-rows.ts';
import type { DbnLayer } from '../dbn.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import { stateWidth, type UnitSpec } from '../units/unit-spec.ts';
import { gatherDense } from './dense-rows.ts';
import { appendUnitMean } from './unit-mean.ts';

/** Rows that the engine takes at once. */
const chunk = 1000;

/**
 * Means of the hidden units of one layer given rows of its visible units, by its recognition weights where it has them.
 * @throws boltzmann.bad_rows, boltzmann.bad_state, dbn.unsupported_units
 */
export async function hiddenMeans(
  layer: DbnLayer,
  rows: StateRows,
  runtime: Runtime,
  compile: CompileOptions = {},
): Promise<DenseRows> {
  const { rbm } = layer;
  checkRows(rbm.visible, rows, 'visible');
  const width = stateWidth(rbm.hidden);
  const out = new Float32Array(rows.count * width);
  const off = rbm.visible.kind === 'spin' ? -1 : 0;
  for (const size of new Set([Math.min(chunk, rows.count), rows.count % chunk])) {
    if (size === 0) continue;
    const builder = new GraphBuilder('hidden-means');
    const visible = builder.input('visible', 'float32', [size, rows.width]);
    const weights = builder.constant(layer.recognition?.weights ?? rbm.weights);
    const bias = layer.recognition?.hiddenBias ?? rbm.hiddenParameters.bias;
    const x = builder.op('Gemm', [visible, weights, builder.constant(float32([width], bias))]);
    const where = { what: 'hidden means', layer: 1 };
    const mean = appendUnitMean(builder, rbm.hidden, rbm.hiddenParameters, x, where);
    builder.output(mean);
    const program = await runtime.compile(builder.build(), compile);
    try {
      const input = new Float32Array(size * rows.width);
      const [from, to] =
        size === Math.min(chunk, rows.count)
          ? [0, rows.count - (rows.count % size)]
          : [rows.count - size, rows.count];
      for (let first = from; first < to; first += size) {
        gatherDense(rows, null, first, size, input, off);
        const results = await program.run({ visible: tensor('float32', [size, rows.width], input) });
        out.set(results[mean].data as Float32Array, first * width);
      }
    } finally {
      await program.dispose();
    }
  }
  return { form: 'dense', count: rows.count, width, data: out };
}

/**
 * Fresh states of a layer with the given means: lists of the "on" columns for discrete units. Units with real values
 * keep their means.
 */
export function sampleRows(units: UnitSpec, means: DenseRows, stream: Stream): StateRows {
  const { count, width, data } = means;
  switch (units.kind) {
    case 'bernoulli':
    case 'spin': {
      const uniform = stream.uniform(new Float32Array(data.length));
      // A spin's mean m is that of +1 with probability (1 + m) / 2.
      const spin = units.kind === 'spin';
      for (let i = 0; i < data.length; i++) {
        uniform[i] = uniform[i] < (spin ? (1 + data[i]) / 2 : data[i]) ? 1 : spin ? -1 : 0;
      }
      return sparseRows(units, { form: 'dense', count, width, data: uniform });
    }
    case 'potts': {
      const uniform = stream.uniform(new Float32Array(count * units.count));
      const states = new Float32Array(data.length);
      for (let unit = 0; unit < uniform.length; unit++) {
        let rest = uniform[unit];
        let state = 0;
        while (state < units.states - 1 && rest >= data[unit * units.states + state]) {
          rest -= data[unit * units.states + state];
          state += 1;
        }
        states[unit * units.states + state] = 1;
      }
      return sparseRows(units, { form: 'dense', count, width, data: states });
    }
    default:
      return means;
  }
}
