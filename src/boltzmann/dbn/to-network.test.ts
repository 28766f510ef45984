import { describe, expect, test } from 'vitest';
import { inputsOf, labelledDbn, sigmoid, smallRbm } from '../../../test/support/small-dbn.ts';
import { createNetwork } from '../../network/create-network.ts';
import { threefry } from '../../random/threefry-stream.ts';
import { nodeRuntime } from '../../runtime/node.ts';
import { float32, tensor } from '../../tensor/tensor.ts';
import { meanHiddenFromVisible, meanVisibleFromHidden } from '../conditionals.ts';
import type { Dbn } from '../dbn.ts';
import type { Rbm } from '../rbm.ts';
import type { DenseRows, StateRows } from '../state-rows.ts';
import { dbnClassifier, type NetworkWithValues, unrollAutoencoder } from './to-network.ts';

const runtime = await nodeRuntime();
const batch = 7;

function inputRows(width: number): DenseRows {
  const data = threefry(9).uniform(new Float32Array(batch * width));
  return { form: 'dense', count: batch, width, data };
}

/** A value of the network's graph, or its outputs. */
async function forward(
  { spec, values }: NetworkWithValues,
  rows: DenseRows,
  value?: string,
): Promise<Float32Array> {
  const { builder, features, logits } = createNetwork(spec).build(batch, 'inference');
  const wanted = builder.op('Identity', [value ?? logits]);
  builder.output(wanted);
  const program = await runtime.compile(builder.build());
  const input = tensor('float32', [batch, rows.width], rows.data);
  const results = await program.run({ ...Object.fromEntries(values), [features]: input });
  await program.dispose();
  return results[wanted].data as Float32Array;
}

/** Within a few roundings of float32. */
function expectClose(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < got.length; i++) {
    expect(Math.abs(got[i] - expected[i])).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected[i])));
  }
}

function gaussianCode(visible: number, codes: number): Rbm {
  const rbm = smallRbm(visible, codes, 8);
  const logPrecision = Float32Array.from({ length: codes }, (_, i) => 0.3 * i - 0.5);
  return {
    ...rbm,
    hidden: { kind: 'gaussian', count: codes },
    hiddenParameters: { bias: rbm.hiddenParameters.bias, logPrecision },
  };
}

describe('dbnClassifier', () => {
  test('hidden means are those of the stack', async () => {
    const dbn: Dbn = {
      layers: [{ rbm: smallRbm(6, 5, 1) }, { rbm: smallRbm(5, 4, 2) }, { rbm: gaussianCode(4, 3) }],
      labels: 0,
    };
    const network = dbnClassifier(dbn, { classes: 3, inputDropout: 0.2, hiddenDropout: 0.5 });
    expect(network.spec.layers.map(({ type }) => type)).toEqual([
      'dropout',
      'dense',
      'dropout',
      'dense',
      'dropout',
      'dense',
      'dropout',
      'dense',
    ]);
    let rows: StateRows = inputRows(6);
    for (const [i, { rbm }] of dbn.layers.entries()) {
      rows = meanHiddenFromVisible(rbm, rows);
      const name = i === 2 ? 'dense3.pre-activation' : `dense${i + 1}.output`;
      expectClose(await forward(network, inputRows(6), name), rows.form === 'dense' ? rows.data : []);
    }
  });

  test('label weights become the output layer: log p(label | top hidden units)', async () => {
    const dbn = labelledDbn();
    const network = dbnClassifier(dbn, { classes: 2 });
    const hidden = await forward(network, inputRows(3), 'dense2.output');
    const logits = await forward(network, inputRows(3));
    for (let row = 0; row < batch; row++) {
      const expected = inputsOf(dbn.layers[1].rbm, hidden.subarray(row * 3, row * 3 + 3), true).slice(2);
      expectClose(logits.subarray(row * 2, row * 2 + 2), expected);
    }
    // Recognition weights where there are any.
    const recognition = dbn.layers[0].recognition!;
    expect(network.values.get('dense1.weight')!.data).toEqual(recognition.weights.data);
    expect(network.values.get('dense2.weight')!.dims).toEqual([2, 3]);
  });

  test('units without a counterpart are refused', () => {
    const potts: Dbn = {
      layers: [{ rbm: { ...smallRbm(4, 6, 1), hidden: { kind: 'potts', count: 2, states: 3 } } }],
      labels: 0,
    };
    expect(() => dbnClassifier(potts, { classes: 2 })).toThrow(
      expect.objectContaining({
        code: 'dbn.unsupported_units',
        details: expect.objectContaining({ layer: 1, kind: 'potts' }),
      }),
    );
    expect(() => dbnClassifier(labelledDbn(), { classes: 2, hiddenDropout: 1 })).toThrow(
      expect.objectContaining({ code: 'dbn.bad_value' }),
    );
    const output = { weights: float32([2, 2], new Float32Array(4)), bias: new Float32Array(2) };
    expect(() => dbnClassifier(labelledDbn(), { classes: 2, output })).toThrow(
      expect.objectContaining({ code: 'dbn.layers_mismatch' }),
    );
  });

  test('spins become tanh', async () => {
    const rbm: Rbm = { ...smallRbm(4, 3, 5), hidden: { kind: 'spin', count: 3 } };
    const network = dbnClassifier({ layers: [{ rbm }], labels: 0 }, { classes: 2 });
    const means = meanHiddenFromVisible(rbm, inputRows(4));
    expectClose(await forward(network, inputRows(4), 'dense1.output'), means.data);
  });
});

describe('unrollAutoencoder', () => {
  test('gives the means that the stack gives on the way up and down', async () => {
    const dbn: Dbn = { layers: [{ rbm: smallRbm(6, 5, 1) }, { rbm: gaussianCode(5, 2) }], labels: 0 };
    const network = unrollAutoencoder(dbn);
    expect(network.codeUnits).toBe(2);
    let rows: StateRows = inputRows(6);
    for (const { rbm } of dbn.layers) rows = meanHiddenFromVisible(rbm, rows);
    for (const { rbm } of [...dbn.layers].reverse()) rows = meanVisibleFromHidden(rbm, rows);
    const logits = await forward(network, inputRows(6));
    expectClose(logits.map(sigmoid), rows.form === 'dense' ? rows.data : []);
  });

  test('Gaussian visible units: the reconstruction itself, scaled by their variance', async () => {
    const turned: Rbm = {
      ...smallRbm(4, 3, 6),
      visible: { kind: 'gaussian', count: 4 },
      visibleParameters: {
        bias: Float32Array.of(0.1, -0.2, 0.3, 0.4),
        logPrecision: Float32Array.of(0.5, 0, -0.5, 1),
      },
    };
    const network = unrollAutoencoder({ layers: [{ rbm: turned }], labels: 0 });
    const means = meanVisibleFromHidden(turned, meanHiddenFromVisible(turned, inputRows(4)));
    expectClose(await forward(network, inputRows(4)), means.data);
  });

  test('a net with labels is no autoencoder', () => {
    expect(() => unrollAutoencoder(labelledDbn())).toThrow(expect.objectContaining({ code: 'dbn.labelled' }));
  });
});
