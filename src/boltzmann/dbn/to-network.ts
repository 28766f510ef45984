/**
 * A deep belief net as a feed-forward network: what its hidden units become. A dense layer computes x W + b with the same
 * weights, so the hidden means are those of the stack to the rounding of float32.
 */
import { OutsetError } from '../../messages/error.ts';
import type { ParameterValues } from '../../network/network.ts';
import type { ActivationName, LayerSpec, NetworkSpec } from '../../network/spec.ts';
import { float32, type Tensor } from '../../tensor/tensor.ts';
import type { Dbn, DbnLayer } from '../dbn.ts';
import type { LayerParameters } from '../rbm.ts';
import { stateWidth, type UnitSpec } from '../units/unit-spec.ts';
import { checkDbn, checkRange, checkWhole } from './check-dbn.ts';
import { varianceOf } from './unit-mean.ts';

/** A network and the values of its parameters. */
export interface NetworkWithValues {
  readonly spec: NetworkSpec;
  readonly values: ParameterValues;
}

export interface DbnClassifierOptions {
  readonly classes: number;
  /**
   * Dropout in training on the inputs and on each hidden layer; default 0. It is inverted (kept values are divided by
   * the probability of being kept), so the mean input of every unit stays what pre-training made it, and the weights
   * are used as they are.
   */
  readonly inputDropout?: number;
  readonly hiddenDropout?: number;
  /**
   * The output layer, [hidden units, classes] and [classes]. Default: the label weights of the top RBM where the net
   * has as many labels, which makes the outputs log p(label | top hidden units) up to a constant; else zeros.
   */
  readonly output?: { readonly weights: Tensor<'float32'>; readonly bias: Float32Array };
}

/**
 * The recognition weights as a classifier: dense layers with the hidden units' mean as activation and a linear output
 * layer. The label columns of the top RBM are left out of its hidden layer.
 *
 * @throws dbn.unsupported_units for hidden units whose mean is no activation (potts, relu), dbn.bad_value
 */
export function dbnClassifier(dbn: Dbn, options: DbnClassifierOptions): NetworkWithValues {
  checkDbn(dbn);
  const { classes, inputDropout = 0, hiddenDropout = 0 } = options;
  checkWhole('classes', classes, 1);
  checkRange('input dropout', inputDropout, 0, 1);
  checkRange('hidden dropout', hiddenDropout, 0, 1);
  const encoder = encoderLayers(dbn, 'classifier');
  const dropout = (rate: number): LayerSpec[] => (rate === 0 ? [] : [{ type: 'dropout', rate }]);
  const layers: LayerSpec[] = [...dropout(inputDropout)];
  const values = new Map<string, Tensor<'float32'>>();
  for (const [i, layer] of encoder.entries()) {
    const name = `dense${i + 1}`;
    layers.push({ type: 'dense', name, units: layer.bias.length, activation: layer.activation });
    layers.push(...dropout(hiddenDropout));
    write(values, name, layer);
  }
  const hidden = encoder[encoder.length - 1].bias.length;
  const output = options.output ?? labelOutput(dbn, classes) ?? zeroOutput(hidden, classes);
  const shape = `[${output.weights.dims.join(', ')}] and ${output.bias.length}`;
  if (shape !== `[${hidden}, ${classes}] and ${classes}`) {
    const details = {
      layer: dbn.layers.length + 1,
      what: 'output layer',
      expected: `[${hidden}, ${classes}] and ${classes}`,
      got: shape,
    };
    throw new OutsetError('dbn.layers_mismatch', details);
  }
  const name = `dense${encoder.length + 1}`;
  layers.push({ type: 'dense', name, units: classes });
  write(values, name, { weights: output.weights, bias: output.bias, activation: 'linear' });
  return { spec: { input: [stateWidth(dbn.layers[0].rbm.visible) - bottomLabels(dbn)], layers }, values };
}

/**
 * Unrolls a deep belief net into an autoencoder (Hinton & Salakhutdinov 2006): the recognition weights as encoder, the
 * transposed generative weights as decoder. The last layer is linear: for Bernoulli visible units it gives the logits of
 * the reconstruction (train with `binary-cross-entropy`), for Gaussian ones the reconstruction itself.
 *
 * @throws dbn.labelled, dbn.unsupported_units
 */
export function unrollAutoencoder(dbn: Dbn): NetworkWithValues & { readonly codeUnits: number } {
  checkDbn(dbn);
  if (dbn.labels > 0) throw new OutsetError('dbn.labelled', { what: 'autoencoder' });
  const encoder = encoderLayers(dbn, 'autoencoder');
  const decoder = dbn.layers.map((layer, i) => decoderLayer(layer, i === 0, i + 1)).reverse();
  const values = new Map<string, Tensor<'float32'>>();
  const layers = [...encoder, ...decoder].map((layer, i): LayerSpec => {
    const name = i < encoder.length ? `encoder${i + 1}` : `decoder${i - encoder.length + 1}`;
    write(values, name, layer);
    return { type: 'dense', name, units: layer.bias.length, activation: layer.activation };
  });
  const spec = { input: [stateWidth(dbn.layers[0].rbm.visible)], layers };
  return { spec, values, codeUnits: encoder[encoder.length - 1].bias.length };
}

interface DenseValues {
  readonly weights: Tensor<'float32'>;
  readonly bias: Float32Array;
  readonly activation: ActivationName;
}

const activations: Partial<Record<UnitSpec['kind'], ActivationName>> = {
  bernoulli: 'sigmoid',
  spin: 'tanh',
  gaussian: 'linear',
  nrelu: 'relu',
};

/** The hidden layers as dense layers, bottom first, without label columns. */
function encoderLayers(dbn: Dbn, what: string): DenseValues[] {
  return dbn.layers.map(({ rbm, recognition }, i) => {
    const weights = recognition?.weights ?? rbm.weights;
    const bias = recognition?.hiddenBias ?? rbm.hiddenParameters.bias;
    const columns = stateWidth(rbm.hidden);
    const rows = stateWidth(rbm.visible) - (i === dbn.layers.length - 1 ? dbn.labels : 0);
    const kept = float32([rows, columns], weights.data.slice(0, rows * columns));
    return denseValues(kept, bias, rbm.hidden, rbm.hiddenParameters, { what, layer: i + 1 });
  });
}

function decoderLayer({ rbm }: DbnLayer, bottom: boolean, layer: number): DenseValues {
  const where = { what: 'autoencoder', layer };
  const values = denseValues(
    transpose(rbm.weights),
    rbm.visibleParameters.bias,
    rbm.visible,
    rbm.visibleParameters,
    where,
  );
  if (bottom && rbm.visible.kind !== 'bernoulli' && rbm.visible.kind !== 'gaussian') {
    throw new OutsetError('dbn.unsupported_units', {
      ...where,
      kind: rbm.visible.kind,
      names: ['bernoulli', 'gaussian'],
    });
  }
  return bottom ? { ...values, activation: 'linear' } : values;
}

/** A dense layer that computes the mean of the units; Gaussian units are scaled by their variance. */
function denseValues(
  weights: Tensor<'float32'>,
  bias: Float32Array,
  units: UnitSpec,
  parameters: LayerParameters,
  where: { readonly what: string; readonly layer: number },
): DenseValues {
  const activation = activations[units.kind];
  if (activation === undefined) {
    throw new OutsetError('dbn.unsupported_units', {
      ...where,
      kind: units.kind,
      names: Object.keys(activations),
    });
  }
  if (units.kind !== 'gaussian' || parameters.logPrecision === undefined) {
    return { weights, bias: bias.slice(), activation };
  }
  const variance = varianceOf(parameters, units.count);
  const scaled = weights.data.map((value, i) => value * variance[i % units.count]);
  return {
    weights: float32(weights.dims, scaled),
    bias: bias.map((value, i) => value * variance[i]),
    activation,
  };
}

function transpose({ dims: [rows, columns], data }: Tensor<'float32'>): Tensor<'float32'> {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j];
  }
  return float32([columns, rows], out);
}

/** The label weights of the top RBM as an output layer: log p(y | h) = b_y + Σ_j h_j W_yj + constant. */
function labelOutput({ layers, labels }: Dbn, classes: number): DbnClassifierOptions['output'] {
  if (labels !== classes) return undefined;
  const { rbm } = layers[layers.length - 1];
  const hidden = stateWidth(rbm.hidden);
  const first = stateWidth(rbm.visible) - labels;
  const weights = float32([labels, hidden], rbm.weights.data.slice(first * hidden));
  return { weights: transpose(weights), bias: rbm.visibleParameters.bias.slice(first) };
}

function zeroOutput(hidden: number, classes: number): NonNullable<DbnClassifierOptions['output']> {
  return {
    weights: float32([hidden, classes], new Float32Array(hidden * classes)),
    bias: new Float32Array(classes),
  };
}

function bottomLabels({ layers, labels }: Dbn): number {
  return layers.length === 1 ? labels : 0;
}

function write(values: Map<string, Tensor<'float32'>>, name: string, { weights, bias }: DenseValues): void {
  values.set(`${name}.weight`, weights);
  values.set(`${name}.bias`, float32([bias.length], bias.slice()));
}
