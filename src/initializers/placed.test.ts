/** Rules that place values: what lies where, exactly. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStream, threefry } from '../random/index.ts';
import { dirac, identity } from './dirac.ts';
import { conv, convChannelsLast, convTranspose, denseInOut, denseOutIn, parameterShape } from './fans.ts';
import type { Layout } from './initializer.ts';
import { initialize } from './initializer-rule.ts';
import { orthogonal, rowsByGroup } from './orthogonal.ts';
import { parseRule } from './registry.ts';
import { sparse, torchSparse } from './sparse.ts';

const weight = (dims: number[], layout: Layout) => parameterShape({ name: 'w', dims, layout });
const bias = parameterShape({ name: 'b', role: 'bias', dims: [8], fanIn: 3, fanOut: 8 });

describe('zero-sized and rank-1 parameters', () => {
  test.each([
    'he-normal',
    'glorot-uniform',
    'orthogonal',
    'identity',
    'dirac',
    'sparse',
    'torch-sparse',
    'lecture-he',
  ])('%s of a layer without inputs or without outputs', (text) => {
    for (const dims of [
      [0, 5],
      [5, 0],
      [0, 0],
    ]) {
      expect(parseRule(text).weight(threefry(0), weight(dims, denseInOut))).toMatchObject({ dims });
    }
  });

  test.each([
    ['orthogonal', orthogonal()],
    ['identity', identity()],
    ['dirac', dirac()],
    ['sparse', sparse()],
    ['torch-sparse', torchSparse()],
  ])('%s of a bias is refused', (rule, initializer) => {
    expect(() => initializer(threefry(0), bias)).toThrow(
      expect.objectContaining({ code: 'initializers.needs_layout', details: { rule, name: 'b', dims: [8] } }),
    );
  });
});

describe('constants by role', () => {
  test('scales are 1 and shifts 0 under every rule; biases as the rule says', () => {
    const parameters = [
      weight([2, 2], denseInOut),
      bias,
      parameterShape({ name: 'scale', role: 'scale', dims: [2] }),
      parameterShape({ name: 'shift', role: 'shift', dims: [2] }),
    ];
    const values = initialize(parseRule('constant(value=3,bias=-0.5)'), threefry(0), parameters);
    expect([...values].map(([name, { data }]) => [name, ...new Set(data)])).toEqual([
      ['w', 3],
      ['b', -0.5],
      ['scale', 1],
      ['shift', 0],
    ]);
  });
});

describe('orthogonal', () => {
  const cases: [string, number[], Layout][] = [
    ['tall', [7, 20], denseInOut],
    ['wide', [20, 7], denseInOut],
    ['square', [9, 9], denseOutIn],
    ['one output', [30, 1], denseInOut],
    ['conv', [12, 5, 3, 3], conv(2)],
    ['conv with more outputs than taps', [40, 2, 2, 2], conv(2)],
    ['grouped', [12, 5, 3], conv(1, { groups: 3 })],
    ['depthwise', [6, 1, 3, 3], conv(2, { groups: 6 })],
    ['transposed', [6, 8, 2, 2], convTranspose(2)],
    ['grouped transposed', [6, 4, 3], convTranspose(1, { groups: 2 })],
    ['channels last', [3, 3, 4, 10], convChannelsLast(2)],
  ];
  test.each(cases)('%s: rows or columns are orthonormal times gain, in each group', (_, dims, layout) => {
    const gain = 1.5;
    for (const dialect of ['threefry', 'numpy-legacy'] as const) {
      const { data } = orthogonal({ gain })(openStream(dialect, 2), weight(dims, layout));
      for (const rows of rowsByGroup(dims, layout)) {
        const matrix = rows.map((row) => Array.from(row, (offset) => data[offset]));
        const columns = matrix[0].map((__, k) => matrix.map((row) => row[k]));
        const short = matrix.length <= columns.length ? matrix : columns;
        for (const [i, a] of short.entries()) {
          for (const [j, b] of short.entries()) {
            const product = a.reduce((sum, value, k) => sum + value * b[k], 0);
            expect(Math.abs(product - (i === j ? gain * gain : 0))).toBeLessThan(2e-6);
          }
        }
      }
    }
  });

  test('is uniform: traces of 3 x 3 matrices have mean 0 and mean square 1, and both signs of the determinant', () => {
    // Diaconis, Evans 2001: E tr Q = 0, E (tr Q)² = 1. Without the sign correction the mean is about -1.
    const count = 3000;
    const root = threefry(4);
    let trace = 0;
    let square = 0;
    let positive = 0;
    for (let i = 0; i < count; i++) {
      const [a, b, c, d, e, f, g, h, k] = orthogonal()(root.child(i), weight([3, 3], denseInOut)).data;
      trace += a + e + k;
      square += (a + e + k) ** 2;
      if (a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g) > 0) positive++;
    }
    // Standard errors: 1/sqrt(n) for the mean; (tr)² has variance below 9, the count is binomial. Bounds at 5 sigma:
    // false alarm 2e-6 together.
    expect(Math.abs(trace / count)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(square / count - 1)).toBeLessThan(15 / Math.sqrt(count));
    expect(Math.abs(positive / count - 0.5)).toBeLessThan(2.5 / Math.sqrt(count));
  });
});

describe('identity and dirac', () => {
  test('the identity of square, tall and wide layers', () => {
    expect([...identity({ gain: 2 })(threefry(0), weight([2, 3], denseInOut)).data]).toEqual([
      2, 0, 0, 0, 2, 0,
    ]);
    expect([...identity()(threefry(0), weight([3, 2], denseInOut)).data]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(() => identity()(threefry(0), weight([2, 2, 1], conv(1)))).toThrow(
      expect.objectContaining({ code: 'initializers.needs_dense' }),
    );
  });

  // torch.nn.init.dirac_(torch.empty(4, 2, 3, 4), groups=2).nonzero() (torch 1.13)
  test('dirac is torch.nn.init.dirac_', () => {
    const { data } = dirac()(threefry(0), weight([4, 2, 3, 4], conv(2, { groups: 2 })));
    const places = [...data.keys()].filter((i) => data[i] !== 0);
    const offset = (o: number, i: number, y: number, x: number) => ((o * 2 + i) * 3 + y) * 4 + x;
    expect(places).toEqual([offset(0, 0, 1, 2), offset(1, 1, 1, 2), offset(2, 0, 1, 2), offset(3, 1, 1, 2)]);
    expect(places.every((i) => data[i] === 1)).toBe(true);
  });

  test('dirac passes a signal on unchanged, plain and transposed, in groups', () => {
    for (const [dims, layout] of [
      [[6, 2, 3], conv(1, { groups: 3 })],
      [[6, 2, 3], convTranspose(1, { groups: 3 })],
      [[3, 2, 6], convChannelsLast(1, { groups: 3 })],
    ] as const) {
      const { data } = dirac()(threefry(0), weight([...dims], layout));
      const rows = rowsByGroup(dims, layout);
      for (const group of rows) {
        for (const [output, row] of group.entries()) {
          // Inputs and taps of one output: a single 1, for the input of the same number in the group.
          const ones = [...row].filter((offset) => data[offset] === 1);
          expect(ones).toHaveLength(1);
          const step = layout.inAxis === 0 ? dims[1] * dims[2] : layout.inAxis === 1 ? dims[2] : 1;
          if (layout.inAxis === 1 && !layout.transposed && dims[0] === 6) {
            expect(Math.floor(ones[0] / step) % 2).toBe(output);
            expect(ones[0] % 3).toBe(1);
          }
        }
      }
      expect(data.reduce((a, b) => a + b)).toBe(6);
    }
  });
});

describe('sparse', () => {
  test('each output has exactly that many connections, drawn without preference', () => {
    const counts = new Float64Array(40);
    const { data } = sparse({ connections: 5, std: 2 })(threefry(3), weight([40, 2000], denseInOut));
    let squares = 0;
    for (let output = 0; output < 2000; output++) {
      let connections = 0;
      for (let input = 0; input < 40; input++) {
        const value = data[input * 2000 + output];
        if (value !== 0) {
          connections++;
          counts[input]++;
          squares += value * value;
        }
      }
      expect(connections).toBe(5);
    }
    // 10,000 normal numbers of std 2; each input is chosen 250 times, sd 14.8. 40 counts and one variance at 5.5 sigma.
    expect(Math.abs(squares / 10000 / 4 - 1)).toBeLessThan(5.5 * Math.sqrt(2 / 10000));
    for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(5.5 * 14.8);
  });

  test('fewer inputs than connections: all of them', () => {
    const { data } = sparse()(threefry(0), weight([4, 3, 2], conv(1)));
    expect(data.every((value) => value !== 0)).toBe(true);
  });

  test("torch's form: each input loses ceil(sparsity x outputs) weights", () => {
    for (const layout of [denseInOut, denseOutIn]) {
      const { data } = torchSparse({ sparsity: 0.25 })(threefry(0), weight([10, 10], layout));
      for (let input = 0; input < 10; input++) {
        const zeros = Array.from(
          { length: 10 },
          (_, o) => data[layout === denseInOut ? input * 10 + o : o * 10 + input],
        );
        expect(zeros.filter((value) => value === 0)).toHaveLength(3);
      }
    }
    expect(() => torchSparse()(threefry(0), weight([2, 2, 1], conv(1)))).toThrow(
      expect.objectContaining({ code: 'initializers.needs_dense' }),
    );
  });
});

describe('laws', () => {
  const random = [
    'he-normal',
    'glorot-uniform',
    'lecun-normal',
    'orthogonal',
    'pytorch-default',
    'lecture-xavier',
  ];

  test('same seed, same bits; shape in, shape out; other names, other values', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...random),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (seed, text, a, b) => {
          const draw = (name: string) =>
            parseRule(text).weight(threefry(seed).child(name), weight([a, b], denseInOut));
          expect(draw('x')).toEqual(draw('x'));
          expect(draw('x').dims).toEqual([a, b]);
          if (a * b > 1) expect(draw('x').data).not.toEqual(draw('y').data);
        },
      ),
    );
  });

  test('a gain multiplies the values of the same seed', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom('glorot-normal', 'glorot-uniform', 'orthogonal'),
        (seed, gain, rule) => {
          const shape = weight([6, 5], denseInOut);
          const plain = parseRule(rule).weight(threefry(seed), shape).data;
          const scaled = parseRule(`${rule}(gain=${gain})`).weight(threefry(seed), shape).data;
          for (let i = 0; i < plain.length; i++) {
            expect(Math.abs(scaled[i] - gain * plain[i])).toBeLessThanOrEqual(1e-6 * gain);
          }
        },
      ),
    );
  });
});
