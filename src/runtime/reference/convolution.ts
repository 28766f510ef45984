/** Convolution and its transpose over any number of spatial axes. */
import { intAttribute } from '../../onnx/attributes.ts';
import { resolveTransposedWindow, resolveWindow } from '../../onnx/window.ts';
import { elementCount } from '../../tensor/tensor.ts';
import {
  type Kernel,
  type KernelCall,
  type KernelTable,
  numbersOf,
  real,
  requiredInput,
  shapesDoNotFit,
} from './kernel.ts';
import { outside } from './offsets.ts';
import { windowOffsets } from './window-offsets.ts';

/** A fresh result of `batch` images with `channels` planes of `plane` elements, each plane filled with its bias. */
function biased(call: KernelCall, batch: number, channels: number, plane: number): Float64Array {
  const result = new Float64Array(batch * channels * plane);
  if (call.inputs[2] === undefined) return result;
  const bias = numbersOf(call.inputs[2]);
  if (bias.length !== channels) throw shapesDoNotFit(call);
  for (let i = 0; i < batch * channels; i++) result.fill(bias[i % channels], i * plane, (i + 1) * plane);
  return result;
}

/** y[n, m, o] = b[m] + Σ_{c, k} w[m, c, k] · x[n, c, o · stride + k · dilation - pad]; w: [M, C / group, …]. */
const conv: Kernel = (call) => {
  const [input, weight] = [requiredInput(call, 0), requiredInput(call, 1)];
  const [batch, channels] = input.dims;
  const [features, groupChannels] = weight.dims;
  const group = intAttribute(call.node, 'group', 1);
  if (channels !== groupChannels * group || features % group !== 0) throw shapesDoNotFit(call);
  const window = resolveWindow(call.node, input.dims.slice(2), weight.dims.slice(2));
  const offsets = windowOffsets(window, input.dims.slice(2), window.output);
  const image = elementCount(input.dims.slice(2));
  const kernelSize = elementCount(window.kernel);
  const plane = elementCount(window.output);
  const groupFeatures = features / group;
  const [x, w] = [numbersOf(input), numbersOf(weight)];
  const y = biased(call, batch, features, plane);
  for (let n = 0; n < batch; n++) {
    for (let m = 0; m < features; m++) {
      const target = (n * features + m) * plane;
      const firstChannel = Math.floor(m / groupFeatures) * groupChannels;
      for (let c = 0; c < groupChannels; c++) {
        const source = (n * channels + firstChannel + c) * image;
        for (let k = 0; k < kernelSize; k++) {
          const factor = w[(m * groupChannels + c) * kernelSize + k];
          for (let o = 0; o < plane; o++) {
            const offset = offsets[k * plane + o];
            if (offset !== outside) y[target + o] += factor * x[source + offset];
          }
        }
      }
    }
  }
  return [real([batch, features, ...window.output], y)];
};

/** The transpose of {@link conv} as a linear map; w: [C, M / group, …]. */
const convTranspose: Kernel = (call) => {
  const [input, weight] = [requiredInput(call, 0), requiredInput(call, 1)];
  const [batch, channels] = input.dims;
  const [weightChannels, groupFeatures] = weight.dims;
  const group = intAttribute(call.node, 'group', 1);
  if (channels !== weightChannels || channels % group !== 0) throw shapesDoNotFit(call);
  const window = resolveTransposedWindow(call.node, input.dims.slice(2), weight.dims.slice(2));
  // The window slides over the result; its positions are the elements of the input.
  const offsets = windowOffsets(window, window.output, input.dims.slice(2));
  const image = elementCount(window.output);
  const kernelSize = elementCount(window.kernel);
  const plane = elementCount(input.dims.slice(2));
  const features = groupFeatures * group;
  const groupChannels = channels / group;
  const [x, w] = [numbersOf(input), numbersOf(weight)];
  const y = biased(call, batch, features, image);
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      const source = (n * channels + c) * plane;
      const firstFeature = Math.floor(c / groupChannels) * groupFeatures;
      for (let m = 0; m < groupFeatures; m++) {
        const target = (n * features + firstFeature + m) * image;
        for (let k = 0; k < kernelSize; k++) {
          const factor = w[(c * groupFeatures + m) * kernelSize + k];
          for (let o = 0; o < plane; o++) {
            const offset = offsets[k * plane + o];
            if (offset !== outside) y[target + offset] += factor * x[source + o];
          }
        }
      }
    }
  }
  return [real([batch, features, ...window.output], y)];
};

export const convolutionKernels: KernelTable = { Conv: conv, ConvTranspose: convTranspose };
