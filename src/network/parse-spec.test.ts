import { describe, expect, test } from 'vitest';
import { OutsetError } from '../messages/error.ts';
import { parseNetworkSpec } from './parse-spec.ts';

const base = { input: [4], layers: [{ type: 'dense', units: 2 }] };

function issueOf(value: unknown): OutsetError {
  try {
    parseNetworkSpec(value);
  } catch (error) {
    if (error instanceof OutsetError) return error;
    throw error;
  }
  throw new Error('no error');
}

const withLayer = (layer: unknown) => ({ ...base, layers: [base.layers[0], layer] });

describe('parseNetworkSpec', () => {
  test('passes a good one through', () => {
    const spec = {
      name: 'all',
      input: [3, 8, 8],
      layers: [
        {
          type: 'conv',
          channels: 4,
          kernel: [3, 5],
          stride: [1, 2],
          padding: 'valid',
          dilation: 1,
          groups: 1,
        },
        { type: 'residual', scale: 0.5, layers: [{ type: 'group-norm', groups: 2, epsilon: 1e-6 }] },
        { type: 'max-pool', size: 2, stride: 1, padding: 1 },
        { type: 'dropout', rate: 0 },
        { type: 'dense', units: 2, activation: 'gelu-tanh', bias: false, name: 'head' },
      ],
    };
    expect(parseNetworkSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  test.each([
    ['no object', 7, 'top level', 'object', '7'],
    ['nothing', null, 'top level', 'object', 'null'],
    ['no input', { layers: base.layers }, 'input', 'array', '-'],
    ['an empty input', { ...base, input: [] }, 'input', 'length >= 1', '[]'],
    ['a fraction', { ...base, input: [2.5] }, 'input[0]', 'int', '2.5'],
    ['a size of 0', withLayer({ type: 'dense', units: 0 }), 'layers[1].units', '> 0', '0'],
    ['units as text', withLayer({ type: 'dense', units: '3' }), 'layers[1].units', 'number', '"3"'],
    ['a missing size', withLayer({ type: 'conv' }), 'layers[1].channels', 'number', '-'],
    ['no layers', { ...base, layers: [] }, 'layers', 'length >= 1', '[]'],
    ['a rate of 1', withLayer({ type: 'dropout', rate: 1 }), 'layers[1].rate', '< 1', '1'],
    ['a bad bias', withLayer({ type: 'dense', units: 1, bias: 'no' }), 'layers[1].bias', 'boolean', '"no"'],
    [
      'a bad padding',
      withLayer({ type: 'conv', channels: 1, padding: 'full' }),
      'layers[1].padding',
      '"same" | "valid" | int >= 0',
      '"full"',
    ],
    [
      'a bad kernel',
      withLayer({ type: 'conv', channels: 1, kernel: [3, 0] }),
      'layers[1].kernel[1]',
      '> 0',
      '0',
    ],
    [
      'inside a block',
      withLayer({ type: 'residual', layers: [{ type: 'dense', units: -1 }] }),
      'layers[1].layers[0].units',
      '> 0',
      '-1',
    ],
  ])('%s: says where, what was expected and what was got', (_, value, where, expected, got) => {
    expect(issueOf(value)).toMatchObject({ code: 'network.invalid_spec', details: { where, expected, got } });
  });

  test('unknown layer types and activations list the near names', () => {
    const layer = issueOf(withLayer({ type: 'dens', units: 3 }));
    expect(layer).toMatchObject({
      code: 'network.unknown_layer',
      details: { where: 'layers[1].type', type: 'dens', near: expect.arrayContaining(['dense']) },
    });
    expect(layer.path).toEqual(['layers', 1, 'type']);
    expect(issueOf(withLayer({ type: 'dense', units: 3, activation: 'sigmiod' }))).toMatchObject({
      code: 'network.unknown_activation',
      details: { activation: 'sigmiod', near: expect.arrayContaining(['sigmoid']) },
    });
    expect(issueOf(withLayer({ units: 3 })).code).toBe('network.invalid_spec');
  });

  test('an unknown option names the near ones of this layer', () => {
    expect(issueOf(withLayer({ type: 'dense', unit: 3, units: 3 }))).toMatchObject({
      code: 'network.unknown_key',
      details: { where: 'layers[1]', key: 'unit', near: ['units'] },
    });
    expect(issueOf({ ...base, layer: [] })).toMatchObject({ details: { key: 'layer', near: ['layers'] } });
  });
});
