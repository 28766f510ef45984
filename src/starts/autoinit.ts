import { choice, number } from '../initializers/catalogue/entry.ts';
import { ones, zeros } from '../initializers/constant.ts';
import type { ParameterShape } from '../initializers/initializer.ts';
import { initializerFor } from '../initializers/initializer-rule.ts';
import { normal } from '../initializers/normal.ts';
import { rowsByGroup } from '../initializers/orthogonal.ts';
import { OutsetError } from '../messages/error.ts';
import type { LayerInfo, Network } from '../network/network.ts';
import type { LayerSpec } from '../network/spec.ts';
import type { GraphNode } from '../onnx/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { StartDefinition } from './definition.ts';
import {
  activated,
  added,
  averaged,
  droppedOut,
  gaussian,
  maxPooled,
  type SignalMoments,
} from './signal-moments.ts';
import type { Start } from './start.ts';

export interface AutoInitOptions {
  /** Mean and variance of the inputs; default 0 and 1: standardized features. */
  readonly inputMean?: number;
  readonly inputVariance?: number;
  /** Variance of every layer's pre-activations; default 1. */
  readonly target?: number;
  /** Whether the weights of each unit are shifted to sum to 0, so that a mean of the inputs does not pass; default false. */
  readonly center?: boolean;
}

/** What a layer with weights gets: the standard deviation of its weights. */
export type WeightPlan = ReadonlyMap<string, number>;

/**
 * Analytic initialization (AutoInit): mean and variance of the signal are followed through every layer by quadrature, and
 * each weight gets the variance that makes the variance of its pre-activations `target`.
 *
 *   Var(w) = target / (n (variance + mean²))        centered: target / (n variance)
 *
 * with n the mean number of taps inside the image times the inputs: zeros of a padding count for nothing. No data and no run
 * of the network; `lsuv` measures what this computes. Biases 0, scales 1.
 *
 * @throws starts.dead_signal where no signal reaches a layer, initializers.not_finite
 * @see Bingham, Miikkulainen 2023, "AutoInit: analytic signal-preserving weight initialization for neural networks", eq. 5
 */
export function autoInit(name: string, options: AutoInitOptions = {}): Start {
  const { center = false } = options;
  return {
    name,
    needsData: false,
    async parameters(network, { stream }) {
      const plan = planWeights(name, network, options);
      const rule = { name, weight: zeros(), bias: zeros() };
      return new Map(
        network.parameters.map((parameter) => {
          const std = plan.get(parameter.name);
          const usual = parameter.role === 'scale' ? ones() : initializerFor(rule, parameter);
          const values = (std === undefined ? usual : normal({ std }))(
            stream.child(parameter.name),
            parameter,
          );
          if (std !== undefined && center) centerRows(values, parameter);
          return [parameter.name, values];
        }),
      );
    },
  };
}

/** The standard deviation of every weight of a network, from the moments of the signal. */
export function planWeights(start: string, network: Network, options: AutoInitOptions = {}): WeightPlan {
  const { inputMean = 0, inputVariance = 1, target = 1, center = false } = options;
  const shapes = new Map(network.parameters.map((shape) => [shape.name, shape]));
  const { builder } = network.build(1, 'training');
  const nodes = builder.nodes;
  const dimsOf = (value: string) => builder.type(value).dims;
  const layers = [...network.layers];
  const pools = nodes.filter(({ operator }) => operator === 'GlobalAveragePool');
  const plan = new Map<string, number>();

  const weigh = (signal: SignalMoments): SignalMoments => {
    const layer = layers.shift() as LayerInfo;
    const shape = shapes.get(layer.weight) as ParameterShape;
    const node = nodes.find(({ inputs }) => inputs[1] === layer.weight);
    const taps = shape.fanIn * (node === undefined ? 1 : insideShare(node, dimsOf(node.inputs[0])));
    const power = signal.variance + (center ? 0 : signal.mean * signal.mean);
    const std = Math.sqrt(target / (taps * power));
    if (!(power > 0 && std > 0 && Number.isFinite(std))) {
      throw new OutsetError('starts.dead_signal', { start, layer: layer.name, variance: power });
    }
    plan.set(layer.weight, std);
    return gaussian(0, target);
  };

  const pass = (signal: SignalMoments, spec: LayerSpec): SignalMoments => {
    switch (spec.type) {
      case 'dense':
      case 'conv':
        return activated(weigh(signal), spec.activation ?? 'linear');
      case 'activation':
        return activated(signal, spec.activation);
      case 'batch-norm':
      case 'layer-norm':
      case 'group-norm':
        return gaussian(0, 1);
      case 'dropout':
        return droppedOut(signal, spec.rate);
      case 'flatten':
        return signal;
      case 'max-pool':
        return maxPooled(signal, (spec.size ?? 2) ** 2);
      case 'average-pool':
        return averaged(signal, (spec.size ?? 2) ** 2);
      case 'global-average-pool': {
        const pool = pools.shift();
        const pixels = pool === undefined ? [] : dimsOf(pool.inputs[0]).slice(2);
        return averaged(
          signal,
          pixels.reduce((a, b) => a * b, 1),
        );
      }
      case 'residual': {
        const branch = spec.layers.reduce(pass, signal);
        const shortcut = layers[0]?.type === 'residual' ? weigh(signal) : signal;
        return added(shortcut, branch, typeof spec.scale === 'number' ? spec.scale : 1);
      }
    }
  };

  network.spec.layers.reduce(pass, gaussian(inputMean, inputVariance));
  return plan;
}

/** Mean share of a convolution's taps that lie inside its input; 1 for other layers. */
function insideShare({ operator, attributes }: GraphNode, dims: readonly number[]): number {
  if (operator !== 'Conv') return 1;
  const ints = (name: string, usual: readonly number[]) => {
    const attribute = attributes[name];
    return attribute?.kind === 'ints' ? attribute.value : usual;
  };
  const size = dims.slice(2);
  const ones = size.map(() => 1);
  const kernel = ints('kernel_shape', ones);
  const strides = ints('strides', ones);
  const dilations = ints('dilations', ones);
  const pads = ints('pads', [...size, ...size].fill(0));
  let share = 1;
  for (const [axis, length] of size.entries()) {
    const span = (kernel[axis] - 1) * dilations[axis] + 1;
    const before = pads[axis];
    const places = Math.floor((length + before + pads[axis + size.length] - span) / strides[axis]) + 1;
    let inside = 0;
    for (let place = 0; place < places; place++) {
      for (let tap = 0; tap < kernel[axis]; tap++) {
        const at = place * strides[axis] - before + tap * dilations[axis];
        if (at >= 0 && at < length) inside += 1;
      }
    }
    share *= inside / Math.max(1, places * kernel[axis]);
  }
  return share;
}

/** Shifts the weights of each unit to sum to 0, and widens them by what that takes from their variance. */
function centerRows({ data }: Tensor<'float32'>, { dims, layout }: ParameterShape): void {
  if (layout === undefined) return;
  for (const row of rowsByGroup(dims, layout).flat()) {
    if (row.length < 2) continue;
    let mean = 0;
    for (const place of row) mean += data[place] / row.length;
    const widen = Math.sqrt(row.length / (row.length - 1));
    for (const place of row) data[place] = (data[place] - mean) * widen;
  }
}

export const autoInitDefinition: StartDefinition = {
  name: 'autoinit',
  aliases: ['auto-init'],
  family: 'mean-field',
  needsData: false,
  parameters: {
    'input-mean': number(0),
    'input-variance': number(1, { above: 0 }),
    target: number(1, { above: 0 }),
    center: choice('no', ['no', 'yes']),
  },
  formula: 'Var(w) = target / (n (variance + mean²)), moments followed through every layer by quadrature',
  source: 'Bingham & Miikkulainen 2023, eq. 5',
  preserves: ['forward'],
  build: (name, values) =>
    autoInit(name, {
      inputMean: Number(values['input-mean']),
      inputVariance: Number(values['input-variance']),
      target: Number(values.target),
      center: values.center === 'yes',
    }),
};
