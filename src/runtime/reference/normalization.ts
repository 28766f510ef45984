/** Normalizations: y = scale · (x - mean) / √(variance + epsilon) + bias, with the variance of the population. */
import { flagAttribute, intAttribute, numberAttribute } from '../../onnx/attributes.ts';
import { elementCount, type Tensor } from '../../tensor/tensor.ts';
import {
  type Kernel,
  type KernelCall,
  type KernelTable,
  normalizeAxis,
  numbersOf,
  real,
  requiredInput,
} from './kernel.ts';
import { broadcastNumbers } from './offsets.ts';

function meanAndVariance(values: Float64Array): [number, number] {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  let variance = 0;
  for (let i = 0; i < values.length; i++) variance += (values[i] - mean) ** 2 / values.length;
  return [mean, variance];
}

function epsilonOf(call: KernelCall): number {
  return numberAttribute(call.node, 'epsilon', 1e-5);
}

/** Channel axis 1. In training the statistics are those of the batch, and the running ones come out updated. */
const batchNormalization: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const [scale, bias, inputMean, inputVariance] = [1, 2, 3, 4].map((i) => numbersOf(requiredInput(call, i)));
  const training = flagAttribute(call.node, 'training_mode', false);
  const momentum = numberAttribute(call.node, 'momentum', 0.9);
  const epsilon = epsilonOf(call);
  const channels = input.dims[1];
  const plane = elementCount(input.dims.slice(2));
  const batch = input.dims[0];
  const x = numbersOf(input);
  const y = new Float64Array(x.length);
  const runningMean = Float64Array.from(inputMean);
  const runningVariance = Float64Array.from(inputVariance);
  const values = new Float64Array(batch * plane);
  for (let c = 0; c < channels; c++) {
    let [mean, variance] = [inputMean[c], inputVariance[c]];
    if (training) {
      for (let n = 0; n < batch; n++) {
        const start = (n * channels + c) * plane;
        values.set(x.subarray(start, start + plane), n * plane);
      }
      [mean, variance] = meanAndVariance(values);
      runningMean[c] = inputMean[c] * momentum + mean * (1 - momentum);
      runningVariance[c] = inputVariance[c] * momentum + variance * (1 - momentum);
    }
    const factor = scale[c] / Math.sqrt(variance + epsilon);
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) y[i] = (x[i] - mean) * factor + bias[c];
    }
  }
  return [real(input.dims, y), real([channels], runningMean), real([channels], runningVariance)];
};

/** Over all axes from `axis` on. Outputs: y, mean, 1 / √(variance + epsilon), the latter two with length-1 axes. */
const layerNormalization: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const scaleInput = requiredInput(call, 1);
  const axis = normalizeAxis(call, intAttribute(call.node, 'axis', -1), input.dims.length);
  const epsilon = epsilonOf(call);
  const scale = broadcastNumbers(numbersOf(scaleInput), scaleInput.dims, input.dims);
  const bias =
    call.inputs[2] === undefined
      ? undefined
      : broadcastNumbers(numbersOf(call.inputs[2]), call.inputs[2].dims, input.dims);
  const x = numbersOf(input);
  const size = elementCount(input.dims.slice(axis));
  const count = elementCount(input.dims.slice(0, axis));
  const y = new Float64Array(x.length);
  const means = new Float64Array(count);
  const inverseDeviations = new Float64Array(count);
  for (let o = 0; o < count; o++) {
    const [mean, variance] = meanAndVariance(x.subarray(o * size, (o + 1) * size));
    means[o] = mean;
    inverseDeviations[o] = 1 / Math.sqrt(variance + epsilon);
    for (let i = o * size; i < (o + 1) * size; i++)
      y[i] = (x[i] - mean) * inverseDeviations[o] * scale[i] + (bias?.[i] ?? 0);
  }
  const dims = input.dims.map((length, a) => (a < axis ? length : 1));
  return [real(input.dims, y), real(dims, means), real(dims, inverseDeviations)];
};

/** Normalizes each image over groups of its channels, then scales and shifts by channel. */
function groupwise(call: KernelCall, groups: number): Tensor[] {
  const input = requiredInput(call, 0);
  const [scale, bias] = [1, 2].map((i) => numbersOf(requiredInput(call, i)));
  const epsilon = epsilonOf(call);
  const [batch, channels] = input.dims;
  const plane = elementCount(input.dims.slice(2));
  const size = (channels / groups) * plane;
  const x = numbersOf(input);
  const y = new Float64Array(x.length);
  for (let o = 0; o < batch * groups; o++) {
    const [mean, variance] = meanAndVariance(x.subarray(o * size, (o + 1) * size));
    const inverseDeviation = 1 / Math.sqrt(variance + epsilon);
    for (let i = o * size; i < (o + 1) * size; i++) {
      const channel = Math.floor(i / plane) % channels;
      y[i] = (x[i] - mean) * inverseDeviation * scale[channel] + bias[channel];
    }
  }
  return [real(input.dims, y)];
}

/** y = x / (bias + alpha / size · Σ x²)^beta, the sum over `size` neighbouring channels. */
const localResponseNormalization: Kernel = (call) => {
  const input = requiredInput(call, 0);
  const alpha = numberAttribute(call.node, 'alpha', 0.0001);
  const beta = numberAttribute(call.node, 'beta', 0.75);
  const bias = numberAttribute(call.node, 'bias', 1);
  const size = intAttribute(call.node, 'size');
  const [batch, channels] = input.dims;
  const plane = elementCount(input.dims.slice(2));
  const x = numbersOf(input);
  const y = new Float64Array(x.length);
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      const first = Math.max(0, c - Math.floor((size - 1) / 2));
      const last = Math.min(channels - 1, c + Math.ceil((size - 1) / 2));
      for (let i = 0; i < plane; i++) {
        let sum = 0;
        for (let other = first; other <= last; other++) sum += x[(n * channels + other) * plane + i] ** 2;
        const at = (n * channels + c) * plane + i;
        y[at] = x[at] / (bias + (alpha / size) * sum) ** beta;
      }
    }
  }
  return [real(input.dims, y)];
};

export const normalizationKernels: KernelTable = {
  BatchNormalization: batchNormalization,
  LRN: localResponseNormalization,
  LayerNormalization: layerNormalization,
  InstanceNormalization: (call) => groupwise(call, requiredInput(call, 0).dims[1]),
  GroupNormalization: (call) => groupwise(call, intAttribute(call.node, 'num_groups')),
};
