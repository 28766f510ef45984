import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { appendGradient } from '../autodiff/index.ts';
import { OutsetError } from '../messages/error.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { referenceRuntime } from '../runtime/reference/index.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { float32, type Tensor } from '../tensor/tensor.ts';
import { createNetwork } from './create-network.ts';
import type { NetworkGraph } from './network.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

interface Packed {
  readonly dims: number[];
  readonly data: number[];
}

interface ForwardCase {
  readonly name: string;
  readonly mode: 'training' | 'inference';
  readonly spec: NetworkSpec;
  readonly features: Packed;
  readonly parameters: Record<string, Packed>;
  readonly buffers: Record<string, Packed>;
  readonly outputs: Packed;
  /** Of sum(outputs * cos(0, 1, 2, ...)). */
  readonly gradients: Record<string, Packed>;
  readonly updated: Record<string, Packed>;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/networks/forward.json', import.meta.url), 'utf8'),
) as { cases: ForwardCase[] };

/** Largest |got - wanted| relative to the largest wanted magnitude (at least 1). */
function deviation(got: Tensor, wanted: Packed): number {
  expect([...got.dims]).toEqual(wanted.dims);
  const scale = Math.max(1, ...wanted.data.map(Math.abs));
  return Math.max(...wanted.data.map((value, i) => Math.abs(Number(got.data[i]) - value))) / scale;
}

/** sum(logits * cos(0, 1, 2, ...)), the scalar that the fixtures differentiate. */
function weightedSum({ builder, logits }: NetworkGraph): string {
  const dims = builder.dims(logits);
  const factors = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.cos(i));
  const product = builder.op('Mul', [logits, builder.constant(float32(dims, factors))]);
  return builder.op('ReduceSum', [product], { keepdims: 0 });
}

async function runCase(runtime: Runtime, one: ForwardCase): Promise<void> {
  const network = createNetwork(one.spec);
  expect(network.parameters.map(({ name, dims }) => [name, [...dims]]).sort()).toEqual(
    Object.entries(one.parameters)
      .map(([name, { dims }]) => [name, dims])
      .sort(),
  );
  const graph = network.build(one.features.dims[0], one.mode);
  const gradients = appendGradient(graph.builder, weightedSum(graph), Object.keys(one.gradients));
  const outputs = [graph.logits, ...graph.updatedBuffers.values(), ...gradients.values()];
  for (const value of outputs) graph.builder.output(value);
  const program = await runtime.compile(graph.builder.build());
  const feeds: Record<string, Tensor> = { features: float32(one.features.dims, one.features.data) };
  for (const [name, { dims, data }] of Object.entries({ ...one.parameters, ...one.buffers })) {
    feeds[name] = float32(dims, data);
  }
  const results = await program.run(feeds);
  await program.dispose();
  expect(deviation(results[graph.logits], one.outputs)).toBeLessThan(2e-6);
  for (const [name, value] of gradients) {
    expect(deviation(results[value], one.gradients[name])).toBeLessThan(3e-6);
  }
  expect([...graph.updatedBuffers.keys()].sort()).toEqual(Object.keys(one.updated).sort());
  for (const [buffer, value] of graph.updatedBuffers) {
    expect(deviation(results[value], one.updated[buffer])).toBeLessThan(2e-6);
  }
}

describe.each(['onnxruntime', 'reference'])(
  'values and gradients equal those of torch, in %s',
  async (engine) => {
    const runtime = engine === 'onnxruntime' ? await nodeRuntime() : referenceRuntime();
    // An activation alone is a network without parameters; one identity op would make `linear` an empty graph.
    const cases = fixture.cases.filter(({ name }) => name !== 'activation linear');
    test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => runCase(runtime, one));
  },
);

describe('parameters and layers', () => {
  const names = (network: ReturnType<typeof createNetwork>) => network.parameters.map(({ name }) => name);

  test('a dense network: names, shapes, fans, places to trace', () => {
    const network = createNetwork({
      input: [784],
      layers: [
        { type: 'dense', units: 256, activation: 'relu' },
        { type: 'dense', units: 10 },
      ],
    });
    expect(names(network)).toEqual(['dense1.weight', 'dense1.bias', 'dense2.weight', 'dense2.bias']);
    expect(network.parameters[0]).toMatchObject({
      role: 'weight',
      dims: [784, 256],
      fanIn: 784,
      fanOut: 256,
    });
    expect(network.parameters[1]).toMatchObject({ role: 'bias', dims: [256], fanIn: 784, fanOut: 256 });
    expect(network.parameterCount).toBe(784 * 256 + 256 + 256 * 10 + 10);
    expect(network.outputDims).toEqual([10]);
    expect(network.title).toBe('784-256-10:relu');
    expect(network.layers.map(({ name, depth, activation }) => [name, depth, activation])).toEqual([
      ['dense1', 1, 'relu'],
      ['dense2', 2, 'linear'],
    ]);
    expect(network.layers[1].output).toBe(network.layers[1].preActivation);
    const graph = network.build(3, 'training');
    for (const layer of network.layers) {
      expect(graph.builder.has(layer.preActivation) && graph.builder.has(layer.output)).toBe(true);
    }
    expect(graph.builder.dims(graph.logits)).toEqual([3, 10]);
  });

  test('a grouped convolution states its groups and strides, and its fans count one group', () => {
    const network = createNetwork({
      input: [8, 9, 9],
      layers: [{ type: 'conv', channels: 12, kernel: [3, 5], groups: 4, stride: 2 }],
    });
    expect(network.parameters[0].dims).toEqual([12, 2, 3, 5]);
    expect(network.parameters[0].layout).toMatchObject({ groups: 4, strides: [2, 2], inAxis: 1, outAxis: 0 });
    expect(network.parameters[0].fanIn).toBe(2 * 15);
    expect(network.outputDims).toEqual([12, 5, 5]);
  });

  test('names are unique: a given name is skipped by the numbering, inner layers count on', () => {
    const network = createNetwork({
      input: [4],
      layers: [
        { type: 'dense', units: 4, name: 'dense1' },
        { type: 'residual', layers: [{ type: 'dense', units: 4 }, { type: 'batch-norm' }] },
        { type: 'dense', units: 2 },
      ],
    });
    expect(names(network)).toEqual([
      'dense1.weight',
      'dense1.bias',
      'dense2.weight',
      'dense2.bias',
      'batch-norm1.scale',
      'batch-norm1.shift',
      'dense3.weight',
      'dense3.bias',
    ]);
    expect(network.buffers.map(({ name, initial }) => [name, initial])).toEqual([
      ['batch-norm1.running-mean', 0],
      ['batch-norm1.running-variance', 1],
    ]);
  });

  test('an activation behind a normalization belongs to the linear layer before; behind a pooling it does not', () => {
    const layers = (middle: LayerSpec) =>
      createNetwork({
        input: [1, 4, 4],
        layers: [{ type: 'conv', channels: 2 }, middle, { type: 'activation', activation: 'tanh' }],
      }).layers[0];
    expect(layers({ type: 'batch-norm' })).toMatchObject({
      activation: 'tanh',
      preActivation: 'conv1.pre-activation',
      output: 'activation1.output',
    });
    expect(layers({ type: 'max-pool' })).toMatchObject({
      activation: 'linear',
      output: 'conv1.pre-activation',
    });
  });

  test('dropout asks for a mask in training only', () => {
    const network = createNetwork({
      input: [3],
      layers: [
        { type: 'dense', units: 5 },
        { type: 'dropout', rate: 0.25 },
      ],
    });
    expect(network.build(7, 'training').masks).toEqual([{ name: 'dropout1.mask', dims: [7, 5], keep: 0.75 }]);
    expect(network.build(7, 'inference').masks).toEqual([]);
    expect(network.build(7, 'inference').logits).toBe('dense1.pre-activation');
  });

  test('residual blocks say what lies in their branch; a learned factor is a parameter', () => {
    const network = createNetwork({
      input: [4],
      layers: [
        {
          type: 'residual',
          scale: 'learned',
          layers: [{ type: 'dense', units: 6, activation: 'relu' }, { type: 'batch-norm' }],
        },
        { type: 'residual', layers: [{ type: 'dense', units: 6 }] },
      ],
    });
    const norm = ['batch-norm1.scale', 'batch-norm1.shift'];
    expect(network.blocks).toEqual([
      {
        name: 'residual1',
        layers: ['dense1'],
        parameters: ['dense1.weight', 'dense1.bias', ...norm],
        projection: 'residual1.projection',
        scale: 'residual1.scale',
      },
      { name: 'residual2', layers: ['dense2'], parameters: ['dense2.weight', 'dense2.bias'] },
    ]);
    expect(network.parameters.find(({ name }) => name === 'residual1.scale')).toMatchObject({
      role: 'scale',
      dims: [1],
    });
  });

  test('the projection of a residual block can be traced, in the order of the signal', () => {
    const network = createNetwork({
      input: [2, 6, 6],
      layers: [
        { type: 'residual', layers: [{ type: 'conv', channels: 4, stride: 2 }] },
        { type: 'global-average-pool' },
        { type: 'dense', units: 3 },
      ],
    });
    expect(network.layers.map(({ name, depth }) => [name, depth])).toEqual([
      ['conv1', 1],
      ['residual1.projection', 2],
      ['dense1', 3],
    ]);
    expect(network.parameters[2]).toMatchObject({ name: 'residual1.projection.weight', dims: [4, 2, 1, 1] });
  });
});

describe('what does not fit is an error that names the layer', () => {
  function issueOf(make: () => unknown): OutsetError {
    try {
      make();
    } catch (error) {
      if (error instanceof OutsetError) return error;
      throw error;
    }
    throw new Error('no error');
  }
  const build = (input: number[], ...layers: LayerSpec[]) => issueOf(() => createNetwork({ input, layers }));

  test('a convolution behind a dense layer', () => {
    const error = build([8], { type: 'dense', units: 4 }, { type: 'conv', channels: 2 });
    expect([error.code, error.details, error.path]).toEqual([
      'network.needs_image',
      { layer: 'conv1', where: 'layers[1]', got: [4] },
      ['layers', 1],
    ]);
  });

  test('a window that is larger than the image', () => {
    const error = build([1, 4, 4], { type: 'max-pool' }, { type: 'max-pool' }, { type: 'max-pool' });
    expect([error.code, error.details]).toEqual([
      'network.window_too_large',
      { layer: 'max-pool3', where: 'layers[2]', window: [2, 2], got: [1, 1, 1] },
    ]);
  });

  test('groups that do not divide the channels', () => {
    expect(build([3, 4, 4], { type: 'conv', channels: 4, groups: 2 }).details).toMatchObject({
      what: 'input channels',
      channels: 3,
      groups: 2,
    });
    expect(build([4, 4, 4], { type: 'conv', channels: 3, groups: 2 }).details).toMatchObject({
      what: 'output channels',
    });
    expect(build([12], { type: 'group-norm' })).toMatchObject({
      code: 'network.groups',
      details: { layer: 'group-norm1', channels: 12, groups: 8 },
    });
  });

  test('a residual block whose shapes nothing connects', () => {
    const error = build([2, 4, 4], { type: 'residual', layers: [{ type: 'dense', units: 4 }] });
    expect([error.code, error.details]).toEqual([
      'network.residual_shape',
      { layer: 'residual1', where: 'layers[0]', input: [2, 4, 4], inner: [4] },
    ]);
  });

  test('two layers of one name, also inside a block', () => {
    const error = build(
      [4],
      { type: 'dense', units: 4, name: 'a' },
      { type: 'residual', layers: [{ type: 'dense', units: 4, name: 'a' }] },
    );
    expect([error.code, error.details]).toEqual([
      'network.duplicate_name',
      { name: 'a', where: 'layers[1].layers[0]' },
    ]);
  });

  test('a batch size that is no whole number above 0', () => {
    const network = createNetwork({ input: [2], layers: [{ type: 'dense', units: 1 }] });
    for (const batch of [0, -1, 1.5, Number.NaN]) {
      expect(issueOf(() => network.build(batch, 'training')).code).toBe('network.batch');
    }
  });
});
