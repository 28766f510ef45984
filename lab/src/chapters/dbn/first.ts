import { nodeRuntime } from '../../../../src/runtime/node.ts';
import { buildDigits } from '../../digits/build-digits.ts';
import { stillOf } from '../../marks/still.ts';
import type { RaceNews } from '../../race/run-race.ts';
import { rounded, shortResult } from '../../race/short-result.ts';
import { initialState } from '../../state/address.ts';
import { compare } from './compare.ts';
import { dream } from './dream.ts';
import { dbnSchema } from './state.ts';
import { trainStack } from './train-stack.ts';

/**
 * The stack of the initial settings, its dreams and its comparison, when the lab is built; null where MNIST is not
 * installed there, and the page begins empty.
 */
export async function firstFrame() {
  const dataset = await buildDigits();
  if (dataset === null) return null;
  const state = initialState(dbnSchema);
  const common = {
    runtime: await nodeRuntime(),
    threads: 1,
    signal: new AbortController().signal,
    report: () => {},
    onControl: () => {},
  };
  const stack = await trainStack({ ...common, order: state, dataset });
  const { frames, strip, stripSteps } = await dream({ ...common, model: stack.model, seed: state.seed });
  let facts: Omit<Extract<RaceNews, { kind: 'begin' }>, 'kind'> | null = null;
  const { contestants, verdict } = await compare({
    ...common,
    order: state,
    model: stack.model,
    dataset,
    report: (news) => {
      if (news.kind === 'begin') facts = news;
    },
  });
  return rounded({
    stack: { histories: stack.histories, filters: stack.filters.map(stillOf) },
    dreams: {
      frames: frames.map(({ pixels: _pixels, ...rest }) => rest),
      last: stillOf(frames[frames.length - 1].pixels),
      strip: stillOf(strip),
      stripSteps,
    },
    comparison: {
      facts: facts as unknown as Omit<Extract<RaceNews, { kind: 'begin' }>, 'kind'>,
      contestants: contestants.map(shortResult),
      verdict,
    },
  });
}
