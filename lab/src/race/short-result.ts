/** Results as small as a page that carries them from the build wants them. */
import type { ContestantResult } from '../../../src/race/result.ts';
import type { Distribution, SignalTrace } from '../../../src/training/trace.ts';

const empty: Distribution = {
  count: 0,
  mean: null,
  std: null,
  min: null,
  max: null,
  norm: null,
  zero: 0,
  saturated: null,
  notFinite: 0,
  histogram: { edges: [], counts: [] },
};

/** A result with the first and the last trace only, and these without what the pages do not draw. */
export function shortResult(result: ContestantResult): ContestantResult {
  return { ...result, traces: [result.traces[0], result.traces.at(-1)!].map(short) };
}

function short(trace: SignalTrace): SignalTrace {
  return {
    ...trace,
    layers: trace.layers.map((layer) => ({
      ...layer,
      biases: null,
      gradients: { ...layer.gradients, weights: empty, biases: null, activations: empty },
    })),
  };
}

/** Numbers to five digits: nobody sees more of a picture, and the page is half as long. */
export function rounded<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(5)) : one,
    ),
  ) as Value;
}
