import { loadMnist } from '../../../../src/data/node/mnist.ts';
import { packImages, unpackImages } from '../../../../src/data/packed-images.ts';
import { OutsetError } from '../../../../src/messages/error.ts';
import type { RaceRuns } from '../../../../src/report/figures/seeds.ts';
import { nodeRuntime } from '../../../../src/runtime/node.ts';
import type { Distribution, SignalTrace } from '../../../../src/training/trace.ts';
import { initialState } from '../../state/address.ts';
import { raceSpec } from './order.ts';
import { type RaceNews, runRace } from './run-race.ts';
import { raceSchema } from './state.ts';

/**
 * The race of the initial settings, run when the lab is built; null where MNIST is not installed there, and the page
 * begins empty.
 */
export async function firstFrame() {
  const order = { ...initialState(raceSchema), own: null };
  let facts: Omit<Extract<RaceNews, { kind: 'begin' }>, 'kind'> | null = null;
  try {
    const dataset = unpackImages(packImages(await loadMnist(), { train: 10_000, test: 2_000 }), 'mnist');
    const spec = raceSpec(order, dataset);
    const { contestants } = await runRace({
      spec,
      dataset,
      runtime: await nodeRuntime(),
      threads: 1,
      signal: new AbortController().signal,
      report: (news) => {
        if (news.kind === 'begin') facts = news;
      },
      onControl: () => {},
    });
    const runs: RaceRuns = {
      spec,
      contestants: contestants.map((one) => ({
        ...one,
        traces: [one.traces[0], one.traces.at(-1)!].map(short),
      })),
    };
    return rounded({ runs, facts });
  } catch (error) {
    if (error instanceof OutsetError && error.code === 'data.mnist_absent') return null;
    throw error;
  }
}

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

/** A trace without what the page does not draw. */
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
function rounded<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(5)) : one,
    ),
  ) as Value;
}
