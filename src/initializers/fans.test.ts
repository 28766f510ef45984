import { describe, expect, test } from 'vitest';
import {
  conv,
  convChannelsLast,
  convTranspose,
  denseInOut,
  denseOutIn,
  fans,
  parameterShape,
} from './fans.ts';
import type { Layout } from './initializer.ts';

/**
 * Counts the products of a 1-D convolution on a long signal by walking through all of them: how many an output gets and
 * how many an input takes part in, on average far from the borders.
 */
function countProducts(options: {
  inputs: number;
  outputs: number;
  groups: number;
  kernel: number;
  stride: number;
  transposed: boolean;
}): { perOutput: number; perInput: number } {
  const { inputs, outputs, groups, kernel, stride, transposed } = options;
  const long = 60 * stride; // positions of the side with more of them
  const short = long / stride;
  const [inLength, outLength] = transposed ? [short, long] : [long, short];
  const intoOutput = new Float64Array(outLength);
  const fromInput = new Float64Array(inLength);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      if (Math.floor((o * groups) / outputs) !== Math.floor((i * groups) / inputs)) continue;
      for (let place = 0; place < short; place++) {
        for (let k = 0; k < kernel; k++) {
          const far = (place * stride + k) % long; // a ring: every place is far from the borders
          intoOutput[transposed ? far : place] += 1 / outputs;
          fromInput[transposed ? place : far] += 1 / inputs;
        }
      }
    }
  }
  const mean = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0) / counts.length;
  return { perOutput: mean(intoOutput), perInput: mean(fromInput) };
}

describe('fans', () => {
  test('a bias, a scalar, or a layout of another layer is refused', () => {
    for (const dims of [[256], []]) {
      expect(() => fans(dims, denseInOut)).toThrow(
        expect.objectContaining({ code: 'initializers.no_fans', details: { dims } }),
      );
    }
    const bad = (dims: number[], layout: Layout) => {
      try {
        fans(dims, layout);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const issueOf = (what: string) =>
      expect.objectContaining({
        code: 'initializers.bad_layout',
        details: expect.objectContaining({ what }),
      });
    expect(bad([8, 3, 3, 3], denseInOut)).toEqual(issueOf('axes'));
    expect(bad([8, 3], conv(2))).toEqual(issueOf('axes'));
    expect(bad([8, 3, 3, 3], { ...conv(2), kernelAxes: [2, 2] })).toEqual(issueOf('axes'));
    expect(bad([8, 3, 3, 3], conv(2, { groups: 3 }))).toEqual(issueOf('groups'));
    expect(bad([9, 4, 3], convTranspose(1, { groups: 2 }))).toEqual(issueOf('groups'));
    expect(bad([8, 3, 3, 3], conv(2, { strides: [2] }))).toEqual(issueOf('strides'));
    expect(bad([8, 3, 3, 3], conv(2, { strides: [2, 0] }))).toEqual(issueOf('strides'));
  });

  // torch.nn.init._calculate_fan_in_and_fan_out of torch 2.13's own layers, where it is right.
  test.each([
    ['Linear(5, 7)', [7, 5], denseOutIn, 5, 7],
    ['Conv1d(4, 6, 5)', [6, 4, 5], conv(1), 20, 30],
    ['Conv2d(6, 8, (3, 5))', [8, 6, 3, 5], conv(2), 90, 120],
    ['Conv3d(4, 6, 3)', [6, 4, 3, 3, 3], conv(3), 108, 162],
    // And two where it is not: it gives (27, 72) and (36, 54).
    ['Conv2d(6, 8, 3, groups=2)', [8, 3, 3, 3], conv(2, { groups: 2 }), 27, 36],
    [
      'ConvTranspose2d(6, 8, 3, stride=2, groups=2)',
      [6, 4, 3, 3],
      convTranspose(2, { groups: 2, strides: [2, 2] }),
      6.75,
      36,
    ],
  ] as const)('%s', (_, dims, layout, fanIn, fanOut) => {
    expect(fans(dims, layout)).toEqual({ fanIn, fanOut });
  });

  test('the same layer has the same fans in every layout', () => {
    expect(fans([5, 7], denseInOut)).toEqual(fans([7, 5], denseOutIn));
    expect(fans([3, 5, 6, 8], convChannelsLast(2))).toEqual(fans([8, 6, 3, 5], conv(2)));
    expect(fans([3, 5, 2, 8], convChannelsLast(2, { groups: 4 }))).toEqual(
      fans([8, 2, 3, 5], conv(2, { groups: 4 })),
    );
  });

  test('they are the numbers of products that one counts', () => {
    for (const transposed of [false, true]) {
      for (const groups of [1, 2, 4]) {
        for (const [kernel, stride] of [
          [1, 1],
          [3, 1],
          [3, 2],
          [4, 2],
          [5, 3],
          [1, 2],
        ]) {
          const [inputs, outputs] = [4, 8];
          const dims = transposed ? [inputs, outputs / groups, kernel] : [outputs, inputs / groups, kernel];
          const layout = (transposed ? convTranspose : conv)(1, { groups, strides: [stride] });
          const counted = countProducts({ inputs, outputs, groups, kernel, stride, transposed });
          const { fanIn, fanOut } = fans(dims, layout);
          const what = JSON.stringify({ transposed, groups, kernel, stride });
          expect(fanIn, what).toBeCloseTo(counted.perOutput, 9);
          // The stride of an ordinary convolution is left out of its fan-out, by convention.
          expect(fanOut, what).toBeCloseTo(counted.perInput * (transposed ? 1 : stride), 9);
        }
      }
    }
  });

  test('depthwise: every channel on its own', () => {
    expect(fans([64, 1, 3, 3], conv(2, { groups: 64 }))).toEqual({ fanIn: 9, fanOut: 9 });
    expect(fans([64, 1, 3, 3], convTranspose(2, { groups: 64 }))).toEqual({ fanIn: 9, fanOut: 9 });
  });

  test('layers without inputs have no fan', () => {
    expect(fans([0, 5], denseInOut)).toEqual({ fanIn: 0, fanOut: 5 });
  });
});

describe('parameterShape', () => {
  test('a weight takes its fans from the layout, a bias those that are given', () => {
    const layout = conv(2);
    expect(parameterShape({ name: 'c.weight', dims: [8, 6, 3, 3], layout })).toEqual({
      name: 'c.weight',
      role: 'weight',
      dims: [8, 6, 3, 3],
      layout,
      fanIn: 54,
      fanOut: 72,
    });
    expect(parameterShape({ name: 'c.bias', role: 'bias', dims: [8], fanIn: 54, fanOut: 72 })).toMatchObject({
      role: 'bias',
      fanIn: 54,
      fanOut: 72,
    });
  });

  test('a weight with neither is refused', () => {
    expect(() => parameterShape({ name: 'w', dims: [3, 4] })).toThrow(
      expect.objectContaining({ code: 'initializers.no_fans' }),
    );
    expect(() => parameterShape({ name: 'w', dims: [4], layout: denseInOut })).toThrow(
      expect.objectContaining({ code: 'initializers.no_fans' }),
    );
  });
});
