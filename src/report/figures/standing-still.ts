import { reportLabels } from '../../messages/labels/report.ts';
import { traceLabels } from '../../messages/labels/trace.ts';
import type { RaceResult } from '../../race/result.ts';
import { explainZeroStart, type ZeroStartFinding } from '../../training/explain-zero-start.ts';
import type { LayerTrace } from '../../training/trace.ts';
import { traceAt } from './depth.ts';
import { type Localized, localized } from './figure.ts';
import { groupByStart } from './seeds.ts';

/**
 * What really happens to starts whose gradient is exactly 0 somewhere, from the traces of their first seed: which
 * weights and biases move at step 0, and which units of a layer are still equal at the end.
 */
export function standingStill(result: RaceResult): Localized[] {
  return groupByStart(result).flatMap(({ start, contestants }) => {
    const traced = contestants.find(({ traces }) => traces.length > 0);
    const layers = (traced && traceAt(traced, 'start')?.layers) ?? [];
    const atEnd = (traced && traceAt(traced, 'end')?.layers) ?? [];
    const parameters = layers.flatMap(parametersOf);
    const moving = parameters.filter(({ moves }) => moves);
    const blocked = parameters.some(({ moves, what }) => !moves && what === 'weights');
    const sentences: Localized[] = [];
    const trace = traced && traceAt(traced, 'start');
    const explained = trace === undefined ? null : explainZeroStart(trace, result.spec.network);
    if (explained !== null) sentences.push(explanation(start, explained));
    else if (blocked && moving.length === 0) sentences.push(localized(reportLabels.movesNothing, { start }));
    else if (blocked) sentences.push(localized(reportLabels.moves, { start, moving }));
    const equal = atEnd.filter(({ equalUnits }) => equalUnits.units > 0);
    if (equal.length > 0) {
      const layers = equal.map(({ name, equalUnits }) => ({ name, ...equalUnits }));
      sentences.push(localized(reportLabels.staysEqual, { start, layers }));
    }
    return sentences;
  });
}

/** Why it stands still, where the trace proves that it does so for ever. */
function explanation(start: string, { kind, moving, equalLayers }: ZeroStartFinding): Localized {
  const text =
    kind === 'nothing-moves'
      ? localized(traceLabels[kind], {})
      : kind === 'only-last-bias-moves'
        ? localized(traceLabels[kind], { parameter: moving[0] })
        : localized(traceLabels[kind], { parameters: moving.join(', '), layers: equalLayers.join(', ') });
  return { en: `${start}: ${text.en}`, ko: `${start}: ${text.ko}` };
}

function parametersOf({ name, gradients }: LayerTrace) {
  const moves = ({ norm, notFinite }: LayerTrace['weights']) => norm !== 0 || notFinite > 0;
  return [
    { layer: name, what: 'weights' as const, moves: moves(gradients.weights) },
    ...(gradients.biases === null
      ? []
      : [{ layer: name, what: 'biases' as const, moves: moves(gradients.biases) }]),
  ];
}
