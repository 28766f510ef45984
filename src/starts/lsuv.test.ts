import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/create-network.ts';
import type { Network, ParameterValues } from '../network/network.ts';
import { parseNetwork } from '../network/shorthand.ts';
import type { NetworkSpec } from '../network/spec.ts';
import { openStream } from '../random/index.ts';
import { nodeRuntime } from '../runtime/node.ts';
import { elementCount, float32, type Tensor } from '../tensor/tensor.ts';
import { traceSignal } from '../training/trace-signal.ts';
import { lsuv } from './lsuv.ts';
import type { Start } from './start.ts';

const runtime = await nodeRuntime();

/** Normal weights of a std that is far from right, zero biases, scale 1. */
function normalStart(std: number): Start {
  return {
    name: `normal ${std}`,
    needsData: false,
    async parameters(network, { stream }) {
      return new Map(
        network.parameters.map(({ name, role, dims }) => {
          const data = new Float32Array(elementCount(dims));
          if (role === 'weight') stream.child(name).normal(data, 0, std);
          return [name, float32(dims, role === 'scale' ? data.fill(1) : data)];
        }),
      );
    },
  };
}

function batchFor(network: Network, size = 64): Tensor<'float32'> {
  const dims = [size, ...network.spec.input];
  return float32(dims, openStream('threefry', 5).uniform(new Float32Array(elementCount(dims))));
}

async function stds(network: Network, parameters: ParameterValues): Promise<[string, number][]> {
  const features = batchFor(network);
  const targets = float32(
    [64, ...network.outputDims],
    new Float32Array(64 * elementCount(network.outputDims)),
  );
  const options = { loss: 'mean-squared-error', runtime } as const;
  const { layers } = await traceSignal(network, parameters, { features, targets }, options);
  return layers.map(({ name, preActivations }) => [name, preActivations.std ?? Number.NaN]);
}

const stream = openStream('threefry', 1);
const context = (network: Network) => ({ stream, batch: batchFor(network), runtime });

const dense = (text: string) => parseNetwork(text, { input: [20], outputs: 4 });
const image: NetworkSpec = {
  input: [2, 8, 8],
  layers: [
    { type: 'conv', channels: 6, activation: 'relu' },
    { type: 'max-pool' },
    { type: 'dropout', rate: 0.5 },
    { type: 'residual', layers: [{ type: 'conv', channels: 8, stride: 2, activation: 'tanh' }] },
    { type: 'conv', channels: 8, groups: 4 },
    { type: 'batch-norm' },
    { type: 'activation', activation: 'gelu' },
    { type: 'dense', units: 5 },
  ],
};

describe('lsuv', () => {
  test.each([
    ['10 layers of relu', dense(`${new Array(10).fill(30).join('-')}:relu`), 0.01],
    ['tanh from weights that are too large', dense('40-40-40:tanh'), 3],
    ['sigmoid', dense('40-40-40:sigmoid'), 0.1],
    ['residual blocks', dense('30-30-30-30:relu:residual'), 0.1],
    ['convolutions, groups, projection, norms', image, 0.2],
  ])('%s: the variance of every layer is 1 within the tolerance', async (_, spec, std) => {
    const network = createNetwork(spec);
    const before = await stds(network, await normalStart(std).parameters(network, { stream }));
    expect(before.some(([, value]) => Math.abs(value ** 2 - 1) > 0.1)).toBe(true);
    const start = lsuv('lsuv', normalStart(std), { tolerance: 1e-3 });
    const after = await stds(network, await start.parameters(network, context(network)));
    expect(after).toHaveLength(network.layers.length);
    // 1e-6 for the two places where float32 outputs are summed.
    for (const [, value] of after) expect(Math.abs(value ** 2 - 1)).toBeLessThanOrEqual(1e-3 + 1e-6);
  });

  test('another target; only the scale of the weights changes; biases and scales are left alone', async () => {
    const network = createNetwork(dense('30-30:relu:layer-norm'));
    const base = await normalStart(0.5).parameters(network, { stream });
    const start = lsuv('lsuv', normalStart(0.5), { target: 0.25, tolerance: 1e-4 });
    const values = await start.parameters(network, context(network));
    for (const [, value] of await stds(network, values)) expect(value).toBeCloseTo(0.5, 3);
    for (const { name, role } of network.parameters) {
      const [was, is] = [base.get(name)!.data, values.get(name)!.data];
      const factor = role === 'weight' ? is[0] / was[0] : 1;
      for (let i = 0; i < was.length; i++) expect(is[i]).toBeCloseTo(was[i] * factor, 5);
    }
  });

  test('the same seed and batch give the same bits', async () => {
    const network = createNetwork(image);
    const start = lsuv('lsuv', normalStart(0.2));
    expect(await start.parameters(network, context(network))).toEqual(
      await start.parameters(network, context(network)),
    );
  });

  describe('errors', () => {
    const network = createNetwork(dense('30-30:relu'));
    const start = lsuv('lsuv', normalStart(0.5));
    const issue = (code: string, details: object = {}) =>
      expect.objectContaining({ code, details: expect.objectContaining(details) });

    test('no batch or no runtime', async () => {
      await expect(start.parameters(network, { stream, runtime })).rejects.toThrow(
        issue('starts.needs_data'),
      );
      const { batch } = context(network);
      await expect(start.parameters(network, { stream, batch })).rejects.toThrow(issue('starts.needs_data'));
    });

    test('a batch of another shape', async () => {
      const batch = float32([2, 19], new Float32Array(38));
      await expect(start.parameters(network, { stream, runtime, batch })).rejects.toThrow(
        issue('starts.batch_shape', { expected: [20], got: [2, 19] }),
      );
    });

    test('examples that are all zero: the first layer is dead', async () => {
      const batch = float32([8, 20], new Float32Array(160));
      await expect(start.parameters(network, { stream, runtime, batch })).rejects.toThrow(
        issue('starts.dead_layer', { layer: 'dense1', variance: 0 }),
      );
    });

    test('features that are not finite', async () => {
      const batch = float32([1, 20], new Float32Array(20).fill(Number.POSITIVE_INFINITY));
      await expect(start.parameters(network, { stream, runtime, batch })).rejects.toThrow(
        issue('starts.dead_layer', { layer: 'dense1' }),
      );
    });

    test('a tolerance finer than float32 runs out of iterations', async () => {
      const fine = lsuv('lsuv', normalStart(0.5), { tolerance: 1e-300, iterations: 3 });
      await expect(fine.parameters(network, context(network))).rejects.toThrow(
        issue('starts.no_convergence', { iterations: 3 }),
      );
    });
  });
});
