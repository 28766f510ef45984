/** XOR from the three starts of chapter 1: a race of the library on its reference interpreter, small enough for it. */
import { xor } from '../../../../src/data/synthetic.ts';
import { createNetwork } from '../../../../src/network/create-network.ts';
import { parseNetwork } from '../../../../src/network/shorthand.ts';
import { contestantsOf } from '../../../../src/race/contestants.ts';
import type { RaceResult, RaceSpec } from '../../../../src/race/result.ts';
import { runContestant } from '../../../../src/race/run-contestant.ts';
import { openStream } from '../../../../src/random/open-stream.ts';
import { costFigure } from '../../../../src/report/figures/cost.ts';
import type { LineFigure } from '../../../../src/report/figures/figure.ts';
import { referenceRuntime } from '../../../../src/runtime/reference/index.ts';
import { parseStart } from '../../../../src/starts/registry.ts';
import { examplesFor } from '../../../../src/training/examples.ts';
import { startTexts, type zeroSchema } from './state.ts';

export interface LearningInput {
  readonly activation: (typeof zeroSchema.activation.names)[number];
  readonly seed: number;
}

/** What {@link learningCommand} repeats. */
export function learningSpec({ activation, seed }: LearningInput): RaceSpec {
  return {
    data: 'xor',
    preprocessing: 'none',
    network: parseNetwork(`2-16-2:${activation}`, { input: [2], outputs: 2 }),
    starts: Object.values(startTexts).map((text) => parseStart(text).name),
    stream: 'threefry',
    training: {
      loss: 'softmax-cross-entropy',
      optimizer: { name: 'adam' },
      learningRate: 0.03,
      schedule: { name: 'constant' },
      batchSize: 4,
      epochs: 150,
    },
    seeds: [seed],
  };
}

/** Cost against updates, one curve a start. */
export async function learningFigure(
  input: LearningInput,
  context?: { readonly signal: AbortSignal },
): Promise<LineFigure> {
  const spec = learningSpec(input);
  const data = xor(openStream('threefry', input.seed).child('xor'));
  const network = createNetwork(spec.network);
  const [train, test] = [examplesFor(network, data.train), examplesFor(network, data.test)];
  const runtime = referenceRuntime({ precision: 'float32' });
  const contestants: RaceResult['contestants'][number][] = [];
  for (const contestant of contestantsOf(spec)) {
    const { result } = await runContestant({
      contestant,
      spec,
      train,
      test,
      runtime,
      threads: 1,
      flushSubnormals: false,
      ...(context && { signal: context.signal }),
    });
    contestants.push({ ...result, verdict: 'unfinished', weightsFile: null });
  }
  const figure = costFigure({ spec, contestants });
  // Every batch is all of the data: there is nothing to smooth and nothing to explain about it.
  return { ...figure, notes: [], curves: figure.curves.map((curve) => ({ ...curve, raw: [] })) };
}
