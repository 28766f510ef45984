/** What is recognized in files that PyTorch, Keras, ONNX and numpy wrote, against what their layers are. */
import { describe, expect, test } from 'vitest';
import { architectureByNames } from '../../src/models/index.ts';
import { openModel } from '../../src/models/node/index.ts';
import { described, fixture, fixtureNames } from './fixtures.ts';

async function linesOf(name: string): Promise<string[]> {
  const model = await openModel(fixture(name));
  await model.close();
  expect(model.architecture.unknown).toEqual([]);
  return described(model.architecture);
}

const tensor = (name: string, dims: number[]) => ({ name, type: 'float32', dims }) as const;
const linesOfNames = (...tensors: ReturnType<typeof tensor>[]) =>
  described(architectureByNames(tensors, true));

describe('PyTorch names', () => {
  test('convolutions: grouped, transposed, normalized', async () => {
    expect((await linesOf('convolutions.safetensors')).sort()).toEqual(
      [
        'conv: conv1.weight weight 27 72',
        'conv: conv1.bias bias 27 72',
        'norm: bn1.weight scale',
        'norm: bn1.bias shift',
        'norm: bn1.running_mean shift = 0',
        'norm: bn1.running_var scale = 1',
        'norm: bn1.num_batches_tracked shift = 0',
        'conv: dw.weight weight 9 9 /8',
        'conv: dw.bias bias 9 9',
        'conv-transpose: up.weight weight 32 24',
        'conv-transpose: up.bias bias 32 24',
        'dense: fc.weight weight 6 5',
        'dense: fc.bias bias 6 5',
        'dense: out.weight weight 5 2',
        'dense: out.bias bias 5 2',
      ].sort(),
    );
  });

  test('embedding, LSTM, attention with its projection', async () => {
    const lines = await linesOf('sequences.safetensors');
    expect(lines).toContain('embedding: emb.weight weight 1 6');
    expect(lines).toContain('recurrent: lstm.weight_ih_l1_reverse weight 8 16');
    expect(lines).toContain('attention: att.in_proj_weight weight 8 24');
    expect(lines).toContain('attention: att.out_proj.weight weight 8 8');
    expect(lines).toContain('norm: ln.bias shift');
    expect(lines).toHaveLength(25);
  });

  test('the dense weights of GPT-2 are [in, out], square ones too', async () => {
    const lines = await linesOf('gpt2.safetensors');
    expect(lines).toContain('dense: h.0.attn.c_attn.weight weight 6 18');
    expect(lines).toContain('embedding: wpe.weight weight 1 6');
    const model = await openModel(fixture('gpt2.safetensors'));
    const square = model.architecture.layers.find(({ name }) => name === 'h.0.attn.c_proj');
    expect(square?.parameters[0].shape.layout).toMatchObject({ inAxis: 0, outAxis: 1 });
    await model.close();
  });

  test('one input channel is depthwise only behind as many outputs', () => {
    const grey = linesOfNames(tensor('c.weight', [8, 1, 3, 3]), tensor('c.bias', [8]));
    expect(grey[0]).toBe('conv: c.weight weight 9 72');
    const behind = linesOfNames(tensor('a.weight', [8, 4, 1, 1]), tensor('b.weight', [8, 1, 3, 3]));
    expect(behind[1]).toBe('conv: b.weight weight 9 9 /8');
  });

  test('the order is known only where numbers tell it', () => {
    const order = (...names: string[]) =>
      architectureByNames(
        names.map((name) => tensor(`${name}.weight`, [3, 3])),
        false,
      );
    expect(order('2', '10', '0').layers.map(({ name }) => name)).toEqual(['0', '2', '10']);
    expect(order('2', '10', '0').orderKnown).toBe(true);
    expect(order('fc', 'conv').orderKnown).toBe(false);
  });

  test('a weight that nobody knows is not guessed', () => {
    const { layers, unknown, kept } = architectureByNames(
      [tensor('W1', [4, 3]), tensor('b1', [3]), tensor('block.weight_g', [4, 1])],
      true,
    );
    expect(layers).toEqual([]);
    expect(unknown.map(({ name }) => name)).toEqual(['W1', 'block.weight_g']);
    expect(kept.map(({ name }) => name)).toEqual(['b1']);
  });

  test('Flax: kernels are [..., in, out]', () => {
    expect(
      linesOfNames(
        tensor('params/Conv_0/kernel', [3, 3, 2, 8]),
        tensor('params/attn/query/kernel', [6, 2, 3]),
        tensor('params/attn/out/kernel', [2, 3, 6]),
        tensor('params/attn/out/bias', [6]),
      ),
    ).toEqual([
      'conv: params/Conv_0/kernel weight 18 72',
      'dense: params/attn/query/kernel weight 6 6',
      'dense: params/attn/out/kernel weight 6 6',
      'dense: params/attn/out/bias bias 6 6',
    ]);
  });
});

describe('Keras', () => {
  const images = [
    'conv: first/kernel weight 27 36',
    'conv: first/bias bias 27 36',
    'norm: batch_normalization/gamma scale',
    'norm: batch_normalization/beta shift',
    'norm: batch_normalization/moving_mean shift = 0',
    'norm: batch_normalization/moving_variance scale = 1',
    'conv: depthwise_conv2d/kernel weight 9 9 /4',
    'conv: depthwise_conv2d/bias bias 9 9',
    'conv: separable_conv2d/depthwise_kernel weight 9 9 /4',
    'conv: separable_conv2d/pointwise_kernel weight 4 6',
    'conv: separable_conv2d/bias bias 9 9',
    'conv-transpose: conv2d_transpose/kernel weight 13.5 45',
    'conv-transpose: conv2d_transpose/bias bias 13.5 45',
    'dense: dense/kernel weight 5 7',
    'dense: dense/bias bias 5 7',
    'dense: dense_1/kernel weight 7 2',
    'dense: dense_1/bias bias 7 2',
  ];

  test.each(['images.keras', 'images.h5'])('%s: layers in their order', async (name) => {
    expect(await linesOf(name)).toEqual(images);
  });

  test('weights alone: the same, but for the strides, which no file of weights has', async () => {
    const model = await openModel(fixture('images.weights.h5'));
    expect(model.architecture.orderKnown).toBe(false);
    const lines = described(model.architecture).map((line) => line.replace('54 45', '13.5 45'));
    expect(lines.sort()).toEqual([...images].sort());
  });

  test.each(['texts.keras', 'texts.h5', 'texts.weights.h5'])(
    '%s: recurrent layers and heads',
    async (name) => {
      const lines = await linesOf(name);
      expect(lines).toHaveLength(22);
      expect(lines).toContain('embedding: embedding/embeddings weight 1 6');
      expect(lines.filter((line) => /recurrent: .*recurrent_kernel weight/.test(line))).toHaveLength(3);
      expect(
        lines.filter((line) => /query.*kernel weight 6 6|output.*kernel weight 6 6/.test(line)),
      ).toHaveLength(2);
    },
  );

  test('activations come from the configuration', async () => {
    const { architecture } = await openModel(fixture('images.keras'));
    const found = Object.fromEntries(architecture.layers.map(({ name, activation }) => [name, activation]));
    expect(found).toMatchObject({ first: 'relu', dense: 'tanh', dense_1: 'linear' });
  });
});

describe('ONNX', () => {
  test('operators say what their operands are', async () => {
    expect(await linesOf('convolutions.onnx')).toEqual([
      'conv: conv1.weight weight 27 72',
      'conv: conv1.bias bias 27 72',
      'norm: bn1.weight scale',
      'norm: bn1.bias shift',
      'norm: bn1.running_mean shift = 0',
      'norm: bn1.running_var scale = 1',
      'conv: dw.weight weight 9 9 /8',
      'conv: dw.bias bias 9 9',
      'conv-transpose: up.weight weight 8 24',
      'conv-transpose: up.bias bias 8 24',
      'dense: fc.weight weight 6 5',
      'dense: fc.bias bias 6 5',
      'dense: out.weight weight 5 2',
      'dense: out.bias bias 5 2',
    ]);
  });

  test('LSTM, a transposed product, an added bias, a half', async () => {
    for (const name of ['recurrent.onnx', 'external.onnx']) {
      expect(await linesOf(name)).toEqual([
        'recurrent: W weight 3 16',
        'recurrent: R weight 4 16',
        'recurrent: B bias 3 16',
        'dense: D weight 4 5',
        'dense: b bias 4 5',
        'dense: H weight 5 2',
      ]);
    }
  });

  test('weights behind arithmetic of shapes are known by their names', async () => {
    const lines = await linesOf('sequences.onnx');
    expect(lines).toContain('recurrent: lstm.weight_hh_l0 weight 4 16');
    expect(lines).toContain('embedding: emb.weight weight 1 6');
  });

  test('the activation is the operator behind the layer', async () => {
    const { architecture } = await openModel(fixture('convolutions.onnx'));
    const found = Object.fromEntries(architecture.layers.map(({ name, activation }) => [name, activation]));
    expect(found).toMatchObject({ conv1: 'relu', dw: 'tanh', fc: 'sigmoid', out: undefined });
  });
});

test('every fixture opens, and nothing in it is unknown', async () => {
  for (const name of fixtureNames) expect((await linesOf(name)).length).toBeGreaterThan(3);
});
