/**
 * Our numbers against PyTorch's, bit for bit: the recorded answers of PyTorch 1.13 and 2.13, compiled for AVX2 and
 * without, and 200 random requests that the installed PyTorch answers at run time.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TorchLayer } from '../../src/initializers/torch/layer.ts';
import { NumpyGenerator } from '../../src/random/numpy-generator.ts';
import type { TorchRelease } from '../../src/random/torch/release.ts';
import {
  capabilities,
  ourAnswer,
  ourBytes,
  releaseOf,
  type TorchAnswer,
  type TorchAnswers,
  type TorchDraw,
  type TorchRequest,
} from '../support/torch-numbers.ts';
import { layers } from '../support/torch-requests.ts';
import { callPeer, findPeer } from './python.ts';
import { real, whole } from './triples/library.ts';

type Section = { requests: TorchRequest[] } & Record<keyof typeof capabilities, TorchAnswer[]>;
interface Fixture {
  release: TorchRelease;
  versions: { torch: string };
  exact: Section;
  truncated: Section;
  orthogonal: Section;
}
const fixtures = (['1.13', '2.13'] as const).map(
  (release) =>
    JSON.parse(
      readFileSync(new URL(`../fixtures/torch-${release}.json`, import.meta.url), 'utf8'),
    ) as Fixture,
);
const names = Object.keys(capabilities) as (keyof typeof capabilities)[];

/** The numbers of a request that draws one tensor. */
function numbers(request: TorchRequest, bytes: Buffer): Float32Array | Float64Array {
  const copy = new Uint8Array(bytes).buffer;
  return request.draws[0].dtype === 'float64' ? new Float64Array(copy) : new Float32Array(copy);
}

function pairs(
  request: TorchRequest,
  answer: TorchAnswer,
  name: keyof typeof capabilities,
  release: TorchRelease,
) {
  const theirs = numbers(request, Buffer.from(answer.base64!, 'base64'));
  const ours = numbers(request, ourBytes(request, capabilities[name], release).bytes);
  expect(ours.length).toBe(theirs.length);
  return [...ours].map((value, i) => [value, theirs[i]] as const);
}

describe.each(fixtures)('torch $versions.torch', ({ release, exact, truncated, orthogonal }) => {
  test.each(names)('%s: every request of the fixture, no differing bit', (name) => {
    const different = exact.requests.filter((request, i) => {
      const { sha256, names } = ourAnswer(request, capabilities[name], release);
      return (
        sha256 !== exact[name][i].sha256 || JSON.stringify(names) !== JSON.stringify(exact[name][i].names)
      );
    });
    expect(different).toEqual([]);
    expect(exact.requests.length).toBeGreaterThan(200);
  });

  // LAPACK in single precision: rounding errors of about sqrt(n) 2^-24, here n <= 64.
  test.each(names)('%s: orthogonal_ within 1e-6 of the gain', (name) => {
    for (const [i, request] of orthogonal.requests.entries()) {
      for (const [ours, theirs] of pairs(request, orthogonal[name][i], name, release)) {
        expect(Math.abs(ours - theirs)).toBeLessThan(1.5e-6);
      }
    }
  });

  // PyTorch's inverse error function is off by about a rounding error of its argument, which its slope magnifies in
  // the tails: z standard deviations out by exp(z² / 2).
  test.runIf(release === '1.13').each(names)('%s: trunc_normal_ by the inverse, near', (name) => {
    for (const [i, request] of truncated.requests.entries()) {
      const drawn = request.draws[0];
      const { mean = 0, std = 1 } = (drawn.kwargs ?? {}) as { mean?: number; std?: number };
      const rounding = drawn.dtype === 'float64' ? 2 ** -51 : 2 ** -24;
      for (const [ours, theirs] of pairs(request, truncated[name][i], name, release)) {
        const z = (theirs - mean) / std;
        const tolerance = rounding * std * (4 + 4 * Math.exp((z * z) / 2));
        expect(Math.abs(ours - theirs)).toBeLessThan(tolerance);
      }
    }
  });
});

const peer = findPeer('OUTSET_PYTHON', 'torch');
const drawnFrom = Number(process.env.OUTSET_TRIPLES ?? Date.now());

test.skipIf(peer === undefined)(
  `200 random requests to torch ${peer?.version}, no differing bit (OUTSET_TRIPLES=${drawnFrom})`,
  () => {
    const draw = new NumpyGenerator(drawnFrom);
    const release = releaseOf(peer!.version);
    const requests = Array.from({ length: 200 }, (_, i) => randomRequest(i, draw, release));
    const answers = callPeer(peer!, 'torch_numbers.py', { capabilities: names, requests }) as TorchAnswers;
    for (const name of names) {
      const different = requests.filter(
        (request, i) =>
          ourAnswer(request, capabilities[name], release).sha256 !== answers[name].answers[i].sha256,
      );
      expect(different).toEqual([]);
    }
  },
  300_000,
);

/** One to three draws of random functions, shapes and arguments from one random seed. */
function randomRequest(index: number, draw: NumpyGenerator, release: TorchRelease): TorchRequest {
  const count = whole(draw, 1, 3);
  return {
    seed: whole(draw, -(2 ** 40), 2 ** 50),
    draws: Array.from({ length: count }, (_, i) => randomDraw(index + i, draw, release)),
  };
}

function randomDraw(kind: number, draw: NumpyGenerator, release: TorchRelease): TorchDraw {
  const dtype = whole(draw, 0, 3) === 0 ? 'float64' : 'float32';
  const size = () => Math.floor(real(draw, 1, 4) ** real(draw, 0, 3.2));
  const shape = Array.from({ length: whole(draw, 2, 4) }, size);
  const [low, high] = [real(draw, -5, 0), real(draw, 0, 5)];
  const [mean, std] = [real(draw, -5, 5), real(draw, 0, 3)];
  const gain = real(draw, 0.1, 3);
  const kaiming = {
    a: real(draw, 0, 2),
    mode: whole(draw, 0, 1) === 0 ? 'fan_in' : 'fan_out',
    nonlinearity: ['leaky_relu', 'relu', 'tanh', 'selu', 'linear'][whole(draw, 0, 4)],
  };
  const all: TorchDraw[] = [
    { call: 'uniform_', shape, args: [low, high], dtype },
    { call: 'normal_', shape, args: [mean, std], dtype },
    { call: 'bernoulli_', shape, args: [real(draw, 0, 1)], dtype },
    { call: 'randperm', args: [whole(draw, 0, 3000)] },
    {
      call: 'randint',
      args: [whole(draw, -100, 0), whole(draw, 1, 2 ** 40), [whole(draw, 0, 100)]],
    } as unknown as TorchDraw,
    { call: 'init.xavier_uniform_', shape, kwargs: { gain }, dtype },
    { call: 'init.xavier_normal_', shape, kwargs: { gain }, dtype },
    { call: 'init.kaiming_uniform_', shape, kwargs: kaiming, dtype },
    { call: 'init.kaiming_normal_', shape, kwargs: kaiming, dtype },
    { call: 'init.sparse_', shape: shape.slice(0, 2), kwargs: { sparsity: real(draw, 0, 1), std }, dtype },
    {
      call: 'init.dirac_',
      shape: [2 * size(), size(), ...shape.slice(0, whole(draw, 1, 3))],
      kwargs: { groups: 2 },
    },
    { call: 'module', layer: [linear(size(), size()), linear(size(), size())], dtype },
    {
      call: 'module',
      layer: {
        type: 'Conv2d',
        inChannels: 2 * size(),
        outChannels: 2 * size(),
        groups: 2,
        kernelSize: whole(draw, 1, 5),
      },
    },
    { call: 'module', layer: layers[whole(draw, 0, layers.length - 1)], dtype },
  ];
  // Before 2.12 trunc_normal_ goes another way, which is compared with a tolerance above.
  if (release === '2.13') {
    all.push({
      call: 'init.trunc_normal_',
      shape,
      kwargs: { mean: real(draw, -1, 1), std: 0.1 + std, a: low - 0.5, b: high },
    });
  }
  return all[kind % all.length];
}

function linear(inFeatures: number, outFeatures: number): TorchLayer {
  return { type: 'Linear', inFeatures, outFeatures };
}
