import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { createNetwork } from './create-network.ts';
import { networkTitle, parseNetwork } from './shorthand.ts';
import type { NetworkSpec } from './spec.ts';

const mnist = { input: [784], outputs: 10 };

function issueOf(text: string, data = mnist): OutsetError {
  try {
    parseNetwork(text, data);
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('parseNetwork', () => {
  test('sizes and activation', () => {
    const wanted: NetworkSpec = {
      input: [784],
      layers: [
        { type: 'dense', units: 256, activation: 'relu' },
        { type: 'dense', units: 256, activation: 'relu' },
        { type: 'dense', units: 10 },
      ],
    };
    for (const text of ['784-256-256-10:relu', '784-256-256-10', '256-256', '256-256:relu']) {
      expect(parseNetwork(text, mnist)).toEqual(wanted);
    }
  });

  test('input and output alone are a linear classifier', () => {
    expect(parseNetwork('784-10', mnist).layers).toEqual([{ type: 'dense', units: 10 }]);
    expect(parseNetwork('10', mnist).layers).toHaveLength(2);
  });

  test('a convolution network reads an image from flat or shaped data', () => {
    const wanted: NetworkSpec = {
      input: [1, 28, 28],
      layers: [
        { type: 'conv', channels: 32, activation: 'relu' },
        { type: 'max-pool' },
        { type: 'conv', channels: 64, kernel: 5, stride: 2, activation: 'relu' },
        { type: 'global-average-pool' },
        { type: 'dense', units: 10 },
      ],
    };
    for (const text of ['28x28-c32-p-c64k5s2-g-10:relu', 'c32-p-c64k5s2-g', '1x28x28-c32-p-c64k5s2-g-10']) {
      expect(parseNetwork(text, mnist)).toEqual(wanted);
    }
    expect(parseNetwork('c32-p-c64k5s2-g', { input: [1, 28, 28], outputs: 10 })).toEqual(wanted);
  });

  test('options apply to every hidden layer', () => {
    expect(
      parseNetwork('8-8:tanh:batch-norm:dropout=0.3:residual', { input: [4], outputs: 2 }).layers,
    ).toEqual([
      { type: 'dense', units: 8, bias: false },
      { type: 'batch-norm' },
      { type: 'activation', activation: 'tanh' },
      { type: 'dropout', rate: 0.3 },
      {
        type: 'residual',
        layers: [
          { type: 'dense', units: 8, bias: false },
          { type: 'batch-norm' },
          { type: 'activation', activation: 'tanh' },
        ],
      },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 2 },
    ]);
  });

  test('an input or output that does not fit is an error, not a hidden layer', () => {
    expect(issueOf('28x27-32-10')).toMatchObject({
      code: 'network.shorthand_input',
      details: { expected: [784], got: [28, 27] },
    });
    expect(issueOf('784-256-7')).toMatchObject({ code: 'network.shorthand_syntax', details: { part: '7' } });
    expect(issueOf('785-256-10')).toMatchObject({
      code: 'network.shorthand_input',
      details: { expected: [784], got: [785] },
    });
    expect(issueOf('256-256-10').code).toBe('network.shorthand_input');
  });

  test.each([
    ['784-relu-10', 'relu'],
    ['784--10', ''],
    ['784-0-10', '0'],
    ['784-c0-10', 'c0'],
    ['784-c32k-10', 'c32k'],
    ['', ''],
    ['256:dropout=1', 'dropout=1'],
    ['256:dropout', 'dropout'],
    ['256:relu=2', 'relu=2'],
  ])('%s is a mistake in %s', (text, part) => {
    expect(issueOf(text)).toMatchObject({ code: 'network.shorthand_syntax', details: { text, part } });
  });

  test('an unknown option lists the near ones', () => {
    expect(issueOf('256:rleu').details).toMatchObject({
      option: 'rleu',
      near: expect.arrayContaining(['relu']),
    });
    expect(issueOf('256:batchnorm').details).toMatchObject({ near: expect.arrayContaining(['batch-norm']) });
    expect(issueOf('256:batchnorm').text('ko')).toContain('batch-norm');
  });
});

describe('networkTitle', () => {
  test.each([
    '784-256-256-10:relu',
    '784-10',
    '784-64-64-10:tanh:dropout=0.3',
    '784-64-64-10:gelu:layer-norm:residual',
    '784-64-64-10:relu:residual=learned',
    '28x28-c32-p-c64-p-10:relu',
    '28x28-c8k5s2-g-10:relu:batch-norm:dropout=0.1:residual',
    '784-64-10:linear',
  ])('gives %s back', (text) => {
    const spec = parseNetwork(text, mnist);
    expect(createNetwork(spec).title).toBe(networkTitle(spec));
    expect(parseNetwork(networkTitle(spec), { input: spec.input, outputs: 10 })).toEqual(spec);
  });

  test('written-out defaults change nothing', () => {
    expect(
      networkTitle({
        input: [4],
        layers: [
          { type: 'dense', units: 3, activation: 'relu', bias: true },
          { type: 'dense', units: 2, activation: 'linear' },
        ],
      }),
    ).toBe('4-3-2:relu');
  });

  test('a network that no short form can say gets a summary, a named one its name', () => {
    const spec: NetworkSpec = {
      input: [4],
      layers: [
        { type: 'dense', units: 3, activation: 'relu' },
        { type: 'dense', units: 3, activation: 'tanh' },
        { type: 'dense', units: 2 },
      ],
    };
    expect(networkTitle(spec)).toBe('4, 3 layers');
    expect(networkTitle({ ...spec, name: 'mine' })).toBe('mine');
  });
});
