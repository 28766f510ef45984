/** What the figures of chapter 1 say in words and tables, in every language. */

import { labZero } from '../../../../src/messages/labels/lab-zero.ts';
import { traceLabels } from '../../../../src/messages/labels/trace.ts';
import {
  type FigureTable,
  type Localized,
  localized,
  verbatim,
} from '../../../../src/report/figures/figure.ts';
import { formatNumber } from '../../../../src/report/figures/number-format.ts';
import type { ZeroFrame } from './frame.ts';

export function lineSummary({ values }: ZeroFrame['line']): Localized {
  const { w, x } = values;
  return localized(labZero.lineSummary, { w: formatNumber(w), x: formatNumber(x), dead: w === 0 });
}

export function lineTable({ values, derivatives }: ZeroFrame['line']): FigureTable {
  const names = ['w', 'x', 'b', 'wx', 'f'] as const;
  return {
    columns: [labZero.nameColumn, labZero.valueColumn, labZero.derivativeColumn].map((one) =>
      localized(one, {}),
    ),
    rows: names.map((name) => [verbatim(name), values[name], derivatives[name]]),
  };
}

/** What dies and what survives, as the library tells it from the trace. */
export function networkSummary({ finding, layers }: ZeroFrame['network']): Localized {
  if (finding === null) {
    const all = layers.flatMap(({ gradients }) => [...gradients.weights.flat(), ...gradients.biases]);
    const zero = all.filter((value) => value === 0).length;
    return localized(labZero.allDifferent, { zero, all: all.length });
  }
  const { kind, moving, equalLayers } = finding;
  if (kind === 'only-last-bias-moves') return localized(traceLabels[kind], { parameter: moving[0] });
  if (kind === 'nothing-moves') return localized(traceLabels[kind], {});
  return localized(traceLabels[kind], { layers: equalLayers.join(', '), parameters: moving.join(', ') });
}

export function networkTable({ layers }: ZeroFrame['network']): FigureTable {
  const row = (name: string, value: number, gradient: number) => [verbatim(name), value, gradient];
  return {
    columns: [labZero.parameterColumn, labZero.valueColumn, labZero.costDerivativeColumn].map((one) =>
      localized(one, {}),
    ),
    rows: layers.flatMap(({ name, weights, biases, gradients }) => [
      ...weights.flatMap((outgoing, i) =>
        outgoing.map((value, j) => row(`${name}.weight[${i}, ${j}]`, value, gradients.weights[i][j])),
      ),
      ...biases.map((value, j) => row(`${name}.bias[${j}]`, value, gradients.biases[j])),
    ]),
  };
}
