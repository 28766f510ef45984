import { OutsetError } from '../../messages/error.ts';
import { GraphBuilder } from '../../onnx/builder.ts';
import type { Stream } from '../../random/stream.ts';
import type { CompileOptions, Runtime } from '../../runtime/runtime.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import type { Dbn } from '../dbn.ts';
import { stateWidth } from '../units/unit-spec.ts';
import { checkDbn, checkLabels, checkWhole } from './check-dbn.ts';

export interface GenerateOptions {
  readonly count: number;
  /** Gibbs steps of the top RBM before the downward pass. */
  readonly steps: number;
  /** Class of each sample, held fixed in the label unit; without it the label is sampled along with the rest. */
  readonly labels?: Int32Array;
  readonly stream: Stream;
  readonly runtime: Runtime;
  readonly compile?: CompileOptions;
}

export interface Generated {
  /** Probabilities of the visible units at the end of the downward pass, [count, visible units]. */
  readonly visible: Float32Array;
  /** The label that stands in the label unit at the end; null without one. */
  readonly labels: Int32Array | null;
}

/**
 * What a deep belief net believes in: Gibbs sampling in its top RBM from random states, then one pass down by the
 * generative weights (Hinton, Osindero & Teh 2006, section 6). Binary units; hidden states are sampled on the way, the
 * visible units are probabilities.
 * @throws dbn.no_labels, dbn.labels, dbn.label_count, dbn.bad_value, dbn.unsupported_units
 */
export async function generateSamples(dbn: Dbn, options: GenerateOptions): Promise<Generated> {
  checkDbn(dbn);
  const { count, steps, labels, stream, runtime, compile } = options;
  checkWhole('samples', count, 1);
  checkWhole('steps', steps, 1);
  if (labels !== undefined) {
    if (dbn.labels === 0) throw new OutsetError('dbn.no_labels', { what: 'samples of a class' });
    checkLabels(labels, dbn.labels, count);
  }
  requireBernoulli(dbn);
  const { rbm } = dbn.layers[dbn.layers.length - 1];
  const [width, hidden] = [stateWidth(rbm.visible), stateWidth(rbm.hidden)];
  const pen = width - dbn.labels;
  const clamp = (state: Float32Array, classes: Int32Array) => {
    for (let i = 0; i < count; i++) {
      state.fill(0, i * width + pen, (i + 1) * width);
      state[i * width + pen + classes[i]] = 1;
    }
  };
  const up = new GraphBuilder('top-up');
  const upInput = up.input('v', 'float32', [count, width]);
  const bias = (data: Float32Array) => float32([data.length], data);
  const constants = (b: GraphBuilder, values: Float32Array) => [
    b.constant(rbm.weights),
    b.constant(bias(values)),
  ];
  up.output(
    up.op(
      'Sigmoid',
      [up.op('Gemm', [upInput, ...constants(up, rbm.hiddenParameters.bias)])],
      {},
      { output: 'p' },
    ),
  );
  const down = new GraphBuilder('top-down');
  const downInput = down.input('h', 'float32', [count, hidden]);
  down.output(
    down.op(
      'Gemm',
      [downInput, ...constants(down, rbm.visibleParameters.bias)],
      { transB: 1 },
      { output: 'x' },
    ),
  );
  const [upward, downward] = [
    await runtime.compile(up.build(), compile),
    await runtime.compile(down.build(), compile),
  ];
  try {
    const visible = stream.child('start').uniform(new Float32Array(count * width));
    for (let i = 0; i < visible.length; i++) visible[i] = visible[i] < 0.5 ? 1 : 0;
    const free = Int32Array.from(stream.child('start-labels').uniform(new Float32Array(count)), (u) =>
      Math.floor(u * dbn.labels),
    );
    if (dbn.labels > 0) clamp(visible, labels ?? free);
    let current = labels ?? free;
    for (let step = 0; step < steps; step++) {
      const noise = stream.child('gibbs').child(step);
      const { p } = await upward.run({ v: tensor('float32', [count, width], visible) });
      const states = sample(p.data as Float32Array, noise.child('hidden'));
      const { x } = await downward.run({ h: tensor('float32', [count, hidden], states) });
      const inputs = x.data as Float32Array;
      const uniform = noise.child('visible').uniform(new Float32Array(visible.length));
      for (let i = 0; i < visible.length; i++)
        visible[i] = uniform[i] < 1 / (1 + Math.exp(-inputs[i])) ? 1 : 0;
      if (dbn.labels === 0) continue;
      if (labels === undefined) current = sampleLabels(inputs, uniform, count, width, dbn.labels);
      clamp(visible, current);
    }
    const penStates = new Float32Array(count * pen);
    for (let i = 0; i < count; i++) penStates.set(visible.subarray(i * width, i * width + pen), i * pen);
    return {
      visible: await passDown(dbn, penStates, options),
      labels: dbn.labels > 0 ? current.slice() : null,
    };
  } finally {
    await upward.dispose();
    await downward.dispose();
  }
}

/** From states of the layer below the top RBM's hidden units down to visible probabilities. */
async function passDown(dbn: Dbn, pen: Float32Array, options: GenerateOptions): Promise<Float32Array> {
  const { count, stream, runtime, compile } = options;
  let states = pen;
  let probabilities = pen;
  for (let layer = dbn.layers.length - 2; layer >= 0; layer--) {
    const { rbm } = dbn.layers[layer];
    const builder = new GraphBuilder('down');
    const above = builder.input('h', 'float32', [count, stateWidth(rbm.hidden)]);
    const bias = rbm.visibleParameters.bias;
    const factors = [above, builder.constant(rbm.weights), builder.constant(float32([bias.length], bias))];
    builder.output(builder.op('Sigmoid', [builder.op('Gemm', factors, { transB: 1 })], {}, { output: 'p' }));
    const program = await runtime.compile(builder.build(), compile);
    try {
      const { p } = await program.run({ h: tensor('float32', [count, stateWidth(rbm.hidden)], states) });
      probabilities = (p.data as Float32Array).slice();
    } finally {
      await program.dispose();
    }
    states = layer === 0 ? probabilities : sample(probabilities, stream.child('down').child(layer));
  }
  return probabilities;
}

function sample(probabilities: Float32Array, stream: Stream): Float32Array {
  const uniform = stream.uniform(new Float32Array(probabilities.length));
  for (let i = 0; i < uniform.length; i++) uniform[i] = uniform[i] < probabilities[i] ? 1 : 0;
  return uniform;
}

/** Classes drawn from the softmax of the last columns; the uniform number of the first of them decides. */
function sampleLabels(
  inputs: Float32Array,
  uniform: Float32Array,
  count: number,
  width: number,
  classes: number,
): Int32Array {
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const first = (i + 1) * width - classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, inputs[first + k]);
    let total = 0;
    for (let k = 0; k < classes; k++) total += Math.exp(inputs[first + k] - largest);
    let rest = uniform[first] * total;
    let k = 0;
    while (k < classes - 1 && rest >= Math.exp(inputs[first + k] - largest)) {
      rest -= Math.exp(inputs[first + k] - largest);
      k += 1;
    }
    labels[i] = k;
  }
  return labels;
}

function requireBernoulli(dbn: Dbn): void {
  for (const [i, { rbm }] of dbn.layers.entries()) {
    for (const { kind } of [rbm.visible, rbm.hidden]) {
      if (kind === 'bernoulli') continue;
      throw new OutsetError('dbn.unsupported_units', {
        what: 'samples from the top',
        layer: i + 1,
        kind,
        names: ['bernoulli'],
      });
    }
  }
}
