/** Names as the libraries write them: torch.nn.Transformer, Hugging Face GPT-2, BERT, Llama, T5, timm, Flax. */
import { describe, expect, test } from 'vitest';
import { transformerDepth, transformerName } from './transformer-names.ts';

describe('transformerName', () => {
  test.each([
    ['transformer.encoder.layers.0.self_attn.in_proj_weight', 'query-key-value', 'encoder', 0],
    ['transformer.encoder.layers.1.self_attn.out_proj.weight', 'attention-output', 'encoder', 1],
    ['encoder.layers.0.linear1.weight', 'feed-forward-in', 'encoder', 0],
    ['encoder.layers.0.linear2.bias', 'feed-forward-out', 'encoder', 0],
    ['encoder.layers.0.norm1.weight', 'other', 'encoder', 0],
    ['decoder.layers.3.multihead_attn.in_proj_weight', 'query-key-value', 'decoder', 3],
    ['decoder.layers.3.multihead_attn.out_proj.weight', 'attention-output', 'decoder', 3],
    ['transformer.h.11.attn.c_attn.weight', 'query-key-value', 'encoder', 11],
    ['h.11.attn.c_proj.weight', 'attention-output', 'encoder', 11],
    ['h.0.mlp.c_fc.weight', 'feed-forward-in', 'encoder', 0],
    ['h.0.mlp.c_proj.weight', 'feed-forward-out', 'encoder', 0],
    ['wte.weight', 'embedding', 'encoder', -1],
    ['wpe.weight', 'position', 'encoder', -1],
    ['lm_head.weight', 'head', 'encoder', -1],
    ['blocks.3.attn.qkv.weight', 'query-key-value', 'encoder', 3],
    ['blocks.3.attn.proj.weight', 'attention-output', 'encoder', 3],
    ['blocks.3.mlp.fc2.weight', 'feed-forward-out', 'encoder', 3],
    ['patch_embed.proj.weight', 'other', 'encoder', -1],
    ['pos_embed', 'position', 'encoder', -1],
    ['cls_token', 'class-token', 'encoder', -1],
    ['head.weight', 'head', 'encoder', -1],
    ['bert.encoder.layer.0.attention.self.query.weight', 'query', 'encoder', 0],
    ['bert.encoder.layer.0.attention.output.dense.weight', 'attention-output', 'encoder', 0],
    ['bert.encoder.layer.0.intermediate.dense.weight', 'feed-forward-in', 'encoder', 0],
    ['bert.encoder.layer.0.output.dense.weight', 'feed-forward-out', 'encoder', 0],
    ['bert.embeddings.word_embeddings.weight', 'embedding', 'encoder', -1],
    ['model.layers.0.self_attn.v_proj.weight', 'value', 'encoder', 0],
    ['model.layers.0.self_attn.o_proj.weight', 'attention-output', 'encoder', 0],
    ['model.layers.0.mlp.gate_proj.weight', 'feed-forward-in', 'encoder', 0],
    ['model.layers.0.mlp.down_proj.weight', 'feed-forward-out', 'encoder', 0],
    ['encoder.block.0.layer.0.SelfAttention.q.weight', 'query', 'encoder', 0],
    ['encoder.block.0.layer.1.DenseReluDense.wo.weight', 'feed-forward-out', 'encoder', 0],
    ['Transformer/encoderblock_3/MultiHeadDotProductAttention_1/key/kernel', 'key', 'encoder', 3],
    [
      'Transformer/encoderblock_3/MultiHeadDotProductAttention_1/out/kernel',
      'attention-output',
      'encoder',
      3,
    ],
    ['dense1.weight', 'other', 'encoder', -1],
    ['', 'other', 'encoder', -1],
  ] as const)('%s', (name, part, stack, block) => {
    expect(transformerName(name)).toMatchObject({ part, stack, block });
  });

  test('the matrices of one attention share its name', () => {
    const names = ['query', 'key', 'value'].map((part) => `layer.0.attention.self.${part}.weight`);
    const all = [...names, 'layer.0.attention.output.dense.weight'].map(
      (name) => transformerName(name).attention,
    );
    expect(new Set(all)).toEqual(new Set(['layer.0.attention']));
  });
});

test('blocks are counted by stack, not by their highest number', () => {
  const names = [
    'encoder.layers.0.linear1.weight',
    'encoder.layers.0.linear2.weight',
    'encoder.layers.7.norm1.weight',
  ];
  expect(transformerDepth([...names, 'decoder.layers.2.linear1.weight', 'head.weight'])).toEqual({
    encoder: 2,
    decoder: 1,
  });
  expect(transformerDepth([])).toEqual({ encoder: 0, decoder: 0 });
});
