import type { RaceRuns } from '../../../../src/report/figures/seeds.ts';
import { nodeRuntime } from '../../../../src/runtime/node.ts';
import { buildDigits } from '../../digits/build-digits.ts';
import { type RaceNews, runRace } from '../../race/run-race.ts';
import { rounded, shortResult } from '../../race/short-result.ts';
import { initialState } from '../../state/address.ts';
import { raceSpec } from './order.ts';
import { raceSchema } from './state.ts';

/**
 * The race of the initial settings, run when the lab is built; null where MNIST is not installed there, and the page
 * begins empty.
 */
export async function firstFrame() {
  const order = { ...initialState(raceSchema), own: null };
  let facts: Omit<Extract<RaceNews, { kind: 'begin' }>, 'kind'> | null = null;
  const dataset = await buildDigits();
  if (dataset === null) return null;
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
  const runs: RaceRuns = { spec, contestants: contestants.map(shortResult) };
  return rounded({ runs, facts });
}
