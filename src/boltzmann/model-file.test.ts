import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import { OutsetError } from '../messages/error.ts';
import { float32, type Tensor, tensor } from '../tensor/tensor.ts';
import { decodeModelFile, encodeModelFile, type StoredModel } from './model-file.ts';
import type { RbmSnapshot } from './rbm-trainer.ts';
import { decodeRbmSnapshot, encodeRbmSnapshot } from './snapshot-file.ts';
import { stateWidth, type UnitSpec } from './units/unit-spec.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof OutsetError) return error.code;
    throw error;
  }
  return 'no issue';
};

let next = 0;
const numbers = (length: number) => Float32Array.from({ length }, () => Math.sin(++next));
const parameters = (units: UnitSpec) => ({
  bias: numbers(stateWidth(units)),
  ...(units.kind === 'gaussian' || units.kind === 'relu' ? { logPrecision: numbers(units.count) } : {}),
});
const rbm = (visible: UnitSpec, hidden: UnitSpec) => ({
  visible,
  hidden,
  weights: float32(
    [stateWidth(visible), stateWidth(hidden)],
    numbers(stateWidth(visible) * stateWidth(hidden)),
  ),
  visibleParameters: parameters(visible),
  hiddenParameters: parameters(hidden),
});
const about: StoredModel['about'] = {
  data: { name: 'mnist', shape: [6], classes: ['a', 'b'], grey: 'threshold', digest: '0123456789abcdef' },
  training: [],
  seed: 1,
  command: 'outset pretrain mnist',
  outsetVersion: '0.1.0',
};
const machine: StoredModel = {
  kind: 'rbm',
  layers: [{ rbm: rbm({ kind: 'gaussian', count: 6 }, { kind: 'potts', count: 2, states: 3 }) }],
  labels: 0,
  standardization: { mean: numbers(6), std: numbers(6) },
  about,
};
const stack: StoredModel = {
  kind: 'dbn',
  layers: [
    {
      rbm: rbm({ kind: 'bernoulli', count: 6 }, { kind: 'bernoulli', count: 4 }),
      recognition: { weights: float32([6, 4], numbers(24)), hiddenBias: numbers(4) },
    },
    { rbm: rbm({ kind: 'bernoulli', count: 6 }, { kind: 'bernoulli', count: 5 }) },
  ],
  labels: 2,
  about,
};

describe('model file', () => {
  test.each([
    ['an RBM of real numbers', machine],
    ['a stack with labels and recognition weights', stack],
  ])('%s comes back through safetensors as it went', (_name, model) => {
    const { tensors, metadata } = encodeModelFile(model);
    const file = readSafetensors(writeSafetensors(tensors, metadata));
    expect(decodeModelFile(file.tensors, file.metadata, 'm')).toEqual(model);
  });

  const changed = (change: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void) => {
    const { tensors, metadata } = encodeModelFile(stack);
    change(tensors, metadata);
    return codeOf(() => decodeModelFile(tensors, metadata, 'm'));
  };
  const model = (change: (structure: Record<string, unknown>) => void) =>
    changed((_, metadata) => {
      const structure = JSON.parse(metadata.model);
      change(structure);
      metadata.model = JSON.stringify(structure);
    });

  test('other files and damaged files are refused', () => {
    expect(changed(() => {})).toBe('no issue');
    expect(codeOf(() => decodeModelFile(new Map(), {}, 'm'))).toBe('boltzmann.not_a_model_file');
    const damaged = 'boltzmann.model_file_damaged';
    expect(changed((tensors) => tensors.delete('layer2.weights'))).toBe(damaged);
    expect(changed((tensors) => tensors.set('extra', float32([1], [0])))).toBe(damaged);
    expect(changed((tensors) => tensors.set('layer1.hidden.bias', float32([5], [0, 0, 0, 0, 0])))).toBe(
      damaged,
    );
    expect(changed((tensors) => tensors.set('layer1.hidden.bias', float32([4], [0, Number.NaN, 0, 0])))).toBe(
      damaged,
    );
    expect(
      changed((tensors) => tensors.set('layer1.hidden.bias', tensor('int32', [4], new Int32Array(4)))),
    ).toBe(damaged);
    expect(changed((tensors) => tensors.delete('layer1.recognition.hidden_bias'))).toBe(damaged);
    expect(changed((_, metadata) => (metadata.model = 'no JSON'))).toBe(damaged);
    expect(changed((_, metadata) => (metadata.about = '[]'))).toBe(damaged);
    expect(changed((_, metadata) => (metadata.about = '{"data":{"shape":[-1],"classes":[]}}'))).toBe(damaged);
    expect(model((one) => (one.kind = 'dbm'))).toBe(damaged);
    expect(model((one) => (one.layers = []))).toBe(damaged);
    expect(model((one) => (one.labels = -1))).toBe(damaged);
    expect(model((one) => (one.layers = new Array(1000).fill({})))).toBe(damaged);
    const layer = (one: Record<string, unknown>) => (one.layers as { hidden: Record<string, unknown> }[])[0];
    expect(model((one) => (layer(one).hidden.count = 1e9))).toBe(damaged);
    expect(model((one) => (layer(one).hidden.kind = 'toString'))).toBe(damaged);
    expect(model((one) => (layer(one).hidden.kind = 'spin'))).toBe('dbn.layers_mismatch');
    expect(model((one) => (one.labels = 3))).toBe('dbn.layers_mismatch');
  });
});

describe('snapshot file', () => {
  const snapshot: RbmSnapshot = {
    origin: { units: '6-4' },
    step: 12,
    epoch: 2,
    seconds: 1.5,
    history: [
      {
        epoch: 0,
        step: 0,
        learningRate: 0.1,
        reconstructionError: null,
        freeEnergyGap: null,
        hiddenActivity: null,
        seconds: 0,
      },
    ],
    arrays: new Map<string, Float32Array | Uint32Array | Uint16Array>([
      ['weights', numbers(24)],
      ['chains', Uint16Array.of(1, 65535)],
      ['counter', Uint32Array.of(7, 2 ** 32 - 1)],
    ]),
  };

  test('arrays keep their types and bits', () => {
    const { tensors, text } = encodeRbmSnapshot(snapshot, 'a/');
    const { tensors: others } = encodeRbmSnapshot(snapshot, 'b/');
    const file = readSafetensors(
      writeSafetensors(new Map([...tensors, ...others]), { snapshot: JSON.stringify(text) }),
    );
    const back = decodeRbmSnapshot(file.tensors, JSON.parse(file.metadata.snapshot), 's', 'a/');
    expect(back).toEqual({ ...snapshot, arrays: expect.anything() });
    expect(new Map([...back.arrays].sort())).toEqual(new Map([...snapshot.arrays].sort()));
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['another format', { format: 'x' }],
    ['a negative step', { format: 'outset-rbm-snapshot-1', ...snapshot, step: -1 }],
    ['no history', { format: 'outset-rbm-snapshot-1', ...snapshot, history: 3 }],
    ['an epoch of text', { format: 'outset-rbm-snapshot-1', ...snapshot, epoch: '2' }],
  ])('refuses %s', (_name, text) => {
    expect(codeOf(() => decodeRbmSnapshot(new Map(), text, 's'))).toBe('boltzmann.not_a_snapshot');
  });
});
