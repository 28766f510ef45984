import { doctorReportLabels as labels } from '../../messages/labels/doctor-report.ts';
import { type FigureTable, localized, verbatim } from '../figures/figure.ts';
import { formatPercent } from '../figures/number-format.ts';
import type { LayerValues } from './layer-values.ts';

/** The numbers of layers, a row each: what was measured, beside what theory expects where it does. */
export function layerTable(layers: readonly LayerValues[]): FigureTable {
  const share = (value: number | null | undefined) =>
    value == null ? null : verbatim(formatPercent(value, 1));
  return {
    columns: [
      localized(labels.layerColumn, {}),
      localized(labels.weightColumn, {}),
      localized(labels.forwardColumn, {}),
      localized(labels.predicted, {}),
      localized(labels.backwardColumn, {}),
      localized(labels.predicted, {}),
      localized(labels.correlationColumn, {}),
      localized(labels.rankColumn, {}),
      localized(labels.deadColumn, {}),
      localized(labels.saturatedColumn, {}),
      localized(labels.updateColumn, {}),
    ],
    rows: layers.map(({ name, measured, forward, backward }) => [
      verbatim(name),
      measured?.weights.std ?? null,
      forward.measured,
      forward.predicted.middle,
      backward.measured,
      backward.predicted.middle,
      measured?.correlation?.mean ?? null,
      measured?.effectiveRank ?? null,
      share(measured?.deadUnits),
      share(measured?.activations?.saturated),
      measured?.updateRatio ?? null,
    ]),
  };
}
