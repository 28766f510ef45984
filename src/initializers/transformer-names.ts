/**
 * What a parameter is in a Transformer, by its name in PyTorch, Hugging Face, timm, Keras or Flax.
 *
 * Rules for Transformers treat the query unlike the value, and count blocks; files have nothing but names to tell them.
 */

/** Part of a Transformer that a weight is. */
export type TransformerPart =
  | 'query'
  | 'key'
  | 'value'
  /** Query, key and value in one matrix, in this order along the outputs. */
  | 'query-key-value'
  | 'attention-output'
  | 'feed-forward-in'
  | 'feed-forward-out'
  | 'embedding'
  | 'position'
  | 'class-token'
  | 'head'
  | 'other';

export interface TransformerName {
  readonly part: TransformerPart;
  /** Stack that the block belongs to; `encoder` unless the name says decoder. */
  readonly stack: 'encoder' | 'decoder';
  /** Number of the block in its stack, or -1 outside of blocks. */
  readonly block: number;
  /** Name of the attention that a query, key, value or output belongs to, for those that are drawn together. */
  readonly attention: string;
}

// In the order in which they are tried: the first that fits decides.
const patterns: readonly (readonly [TransformerPart, RegExp])[] = [
  ['class-token', /(?:^|[./])(?:cls_token|class_token|dist_token)$/],
  [
    'position',
    /(?:^|[./_])(?:wpe|pos_embed|pos_embedding|position_embeddings?|positional_embedding|embed_positions)\b/,
  ],
  [
    'embedding',
    /(?:^|[./])(?:wte|tok_embeddings|embed_tokens|word_embeddings|token_embedding|token_type_embeddings|shared|embedding|embeddings?\.word_embeddings)\b/,
  ],
  [
    'query-key-value',
    /(?:^|[./_])(?:in_proj_weight|in_proj_bias|qkv|c_attn|query_key_value|wqkv|qkv_proj)\b/i,
  ],
  ['query', /(?:^|[./_])(?:query|q_proj|wq|q_lin|to_q|q)(?:[./_](?:weight|bias|kernel)|$)|q_proj_weight$/i],
  ['key', /(?:^|[./_])(?:key|k_proj|wk|k_lin|to_k|k)(?:[./_](?:weight|bias|kernel)|$)|k_proj_weight$/i],
  ['value', /(?:^|[./_])(?:value|v_proj|wv|v_lin|to_v|v)(?:[./_](?:weight|bias|kernel)|$)|v_proj_weight$/i],
  [
    'attention-output',
    /(?:attn|attention|multihead\w*|mha)[^/]*[./](?:out_proj|proj|c_proj|o_proj|wo|out_lin|to_out|output\.dense|attention_output|out|o|dense)\b/i,
  ],
  [
    'feed-forward-out',
    /(?:^|[./])(?:linear2|fc2|c_proj|down_proj|w2|lin2|output\.dense|fc_out|dense_4h_to_h|wo)\b/i,
  ],
  [
    'feed-forward-in',
    /(?:^|[./])(?:linear1|fc1|c_fc|up_proj|gate_proj|w1|w3|lin1|intermediate\.dense|fc_in|dense_h_to_4h|wi(?:_0|_1)?)\b/i,
  ],
  ['head', /(?:^|[./])(?:lm_head|head|heads?\.head|classifier|generator|fc|score)\b/],
];

/** Reads a name. Never fails: what it does not know is `other`. */
export function transformerName(name: string): TransformerName {
  const part = patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
  const stack = /(?:^|[./_])decoder/.test(name) ? 'decoder' : 'encoder';
  const block =
    /(?:^|[./_])(?:layers?|blocks?|h|encoder_layer|decoder_layer|encoderblock|resblocks)[./_](\d+)(?:[./_]|$)/.exec(
      name,
    );
  const inner = /^(.*?(?:attn|attention|multihead\w*|mha)[^./]*)/i.exec(name);
  return { part, stack, block: block === null ? -1 : Number(block[1]), attention: inner?.[1] ?? name };
}

/** Numbers of blocks by stack. */
export interface TransformerDepth {
  readonly encoder: number;
  readonly decoder: number;
}

/** Counts the blocks that parameters belong to. */
export function transformerDepth(names: readonly string[]): TransformerDepth {
  const seen = { encoder: new Set<number>(), decoder: new Set<number>() };
  for (const name of names) {
    const { stack, block } = transformerName(name);
    if (block >= 0) seen[stack].add(block);
  }
  return { encoder: seen.encoder.size, decoder: seen.decoder.size };
}

/** Whether a weight writes into the residual stream of its block. */
export function isResidualOutput(part: TransformerPart): boolean {
  return part === 'attention-output' || part === 'feed-forward-out';
}
