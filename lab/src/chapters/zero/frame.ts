/** The numbers of chapter 1: forward and backward through `f = w x + b` and through a small network. */
import { appendGradient } from '../../../../src/autodiff/index.ts';
import { createNetwork, featuresInput } from '../../../../src/network/create-network.ts';
import type { Network, ParameterValues } from '../../../../src/network/network.ts';
import { GraphBuilder } from '../../../../src/onnx/builder.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import { referenceRuntime } from '../../../../src/runtime/reference/index.ts';
import type { Runtime } from '../../../../src/runtime/runtime.ts';
import { parseStart } from '../../../../src/starts/registry.ts';
import { float32 } from '../../../../src/tensor/tensor.ts';
import { explainZeroStart, type ZeroStartFinding } from '../../../../src/training/explain-zero-start.ts';
import { appendLoss } from '../../../../src/training/loss.ts';
import type { TrainingSpec } from '../../../../src/training/spec.ts';
import { traceSignal } from '../../../../src/training/trace-signal.ts';
import { createTrainer } from '../../../../src/training/trainer.ts';
import type { StateOf } from '../../state/address.ts';
import { startTexts, type zeroSchema } from './state.ts';

export type ZeroInput = StateOf<typeof zeroSchema>;

/** f = w x + b: every value of the graph, and the derivative of f with respect to it. */
export type LineValues = Readonly<Record<'w' | 'x' | 'b' | 'wx' | 'f', number>>;

/** One layer: a row of `weights` for each input, as the library keeps them. */
export interface LayerNumbers {
  readonly name: string;
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
  readonly outputs: readonly number[];
  readonly gradients: {
    readonly weights: readonly (readonly number[])[];
    readonly biases: readonly number[];
    readonly outputs: readonly number[];
  };
}

export interface ZeroFrame {
  readonly line: { readonly values: LineValues; readonly derivatives: LineValues };
  readonly network: {
    readonly inputs: readonly number[];
    readonly target: number;
    readonly cost: number;
    readonly layers: readonly LayerNumbers[];
    readonly finding: ZeroStartFinding | null;
  };
}

/** The one example that the network is shown. */
const example = { features: [1, 0.5], target: 1 };
const units = 3;

const training: TrainingSpec = {
  loss: 'mean-squared-error',
  optimizer: { name: 'sgd' },
  learningRate: 0.1,
  schedule: { name: 'constant' },
  batchSize: 1,
  epochs: 100,
};

/** Everything that chapter 1 draws, in float64. */
export function zeroFrame(input: ZeroInput): Promise<ZeroFrame> {
  return zeroFrameOn(referenceRuntime(), input);
}

/** The same on a runtime of choice; the tests compare the engine with the reference. */
export async function zeroFrameOn(runtime: Runtime, input: ZeroInput): Promise<ZeroFrame> {
  return { line: await line(input, runtime), network: await network(input, runtime) };
}

async function line({ w, x, b }: ZeroInput, runtime: Runtime): Promise<ZeroFrame['line']> {
  const builder = new GraphBuilder('line');
  for (const name of ['w', 'x', 'b']) builder.input(name, 'float32', []);
  const wx = builder.op('Mul', ['w', 'x'], {}, { output: 'wx' });
  const f = builder.op('Add', [wx, 'b'], {}, { output: 'f' });
  const gradients = appendGradient(builder, f, ['w', 'x', 'b', wx]);
  for (const name of [wx, f, ...gradients.values()]) builder.output(name);
  const program = await runtime.compile(builder.build());
  try {
    const results = await program.run({ w: float32([], [w]), x: float32([], [x]), b: float32([], [b]) });
    const read = (name: string) => Number((results[name].data as Float64Array)[0]);
    const slope = (name: string) => read(gradients.get(name) ?? '');
    return {
      values: { w, x, b, wx: read(wx), f: read(f) },
      derivatives: { w: slope('w'), x: slope('x'), b: slope('b'), wx: slope(wx), f: 1 },
    };
  } finally {
    await program.dispose();
  }
}

async function network(input: ZeroInput, runtime: Runtime): Promise<ZeroFrame['network']> {
  const hidden = Array.from({ length: Number(input.layers) - 1 }, () => ({
    type: 'dense' as const,
    units,
    activation: input.activation,
  }));
  const net = createNetwork({
    input: [example.features.length],
    layers: [...hidden, { type: 'dense', units: 1 }],
  });
  const parameters = await updated(net, input);
  const features = float32([1, example.features.length], example.features);
  const targets = float32([1, 1], [example.target]);
  const trace = await traceSignal(
    net,
    parameters,
    { features, targets },
    { loss: training.loss, runtime: referenceRuntime({ precision: 'float32' }) },
  );

  const { builder, logits } = net.build(1, 'training');
  const { loss, answer } = appendLoss(builder, training.loss, logits, { against: 'targets' });
  const probes = net.layers.flatMap(({ weight, bias, output }) => [weight, bias ?? weight, output]);
  const gradients = appendGradient(builder, loss, probes);
  for (const name of [loss, ...net.layers.map(({ output }) => output), ...gradients.values()])
    builder.output(name);
  const program = await runtime.compile(builder.build());
  try {
    const results = await program.run({
      ...Object.fromEntries(parameters),
      [featuresInput]: features,
      [answer.name]: targets,
    });
    const read = (name: string) => Array.from(results[name].data as Float64Array, Number);
    const gradient = (name: string) => read(gradients.get(name) ?? '');
    return {
      inputs: example.features,
      target: example.target,
      cost: read(loss)[0],
      finding: explainZeroStart(trace, net.spec),
      layers: net.layers.map(({ name, weight, bias = weight, output }) => {
        const width = parameters.get(weight)?.dims[1] ?? 1;
        const values = (parameter: string) => Array.from(parameters.get(parameter)?.data ?? [], Number);
        return {
          name,
          weights: rows(values(weight), width),
          biases: values(bias),
          outputs: read(output),
          gradients: {
            weights: rows(gradient(weight), width),
            biases: gradient(bias),
            outputs: gradient(output),
          },
        };
      }),
    };
  } finally {
    await program.dispose();
  }
}

/** The parameters after the wanted number of updates on the one example. */
async function updated(net: Network, input: ZeroInput): Promise<ParameterValues> {
  const stream = openStream('threefry', input.seed);
  const parameters = await parseStart(startTexts[input.start]).parameters(net, { stream });
  if (input.updates === 0) return parameters;
  const one = {
    features: float32([1, example.features.length], example.features),
    answers: float32([1, 1], [example.target]),
  };
  const trainer = await createTrainer({
    network: net,
    parameters,
    train: one,
    test: one,
    spec: training,
    stream,
    runtime: referenceRuntime({ precision: 'float32' }),
  });
  try {
    for (let i = 0; i < input.updates; i++) await trainer.trainStep();
    return trainer.snapshot().parameters;
  } finally {
    await trainer.dispose();
  }
}

function rows(values: readonly number[], width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));
}
