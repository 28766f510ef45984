/** What the figures of chapter 4 say in words and tables, in every language. */
import { labRbm } from '../../../../src/messages/labels/lab-rbm.ts';
import {
  type FigureTable,
  type Localized,
  localized,
  verbatim,
} from '../../../../src/report/figures/figure.ts';
import { formatNumber, formatPercent } from '../../../../src/report/figures/number-format.ts';
import type { Glimpse } from './digit-pictures.ts';
import type { SmallFrame } from './small-frame.ts';

export function statesSummary({ states, patterns }: SmallFrame): Localized {
  const known = states.slice(0, patterns).reduce((sum, { model }) => sum + model, 0);
  return localized(labRbm.statesSummary, {
    patterns,
    states: states.length,
    known: formatPercent(known, 1),
  });
}

export function statesTable({ states }: SmallFrame): FigureTable {
  return {
    columns: [labRbm.stateColumn, labRbm.dataName, labRbm.modelName].map((one) => localized(one, {})),
    rows: states.map(({ pixels, data, model }) => [verbatim(pixels.join('')), data, model]),
  };
}

export function statisticsTable({ statistics }: SmallFrame): FigureTable {
  const { positive, negative, difference, exact } = statistics;
  const hidden = 4;
  return {
    columns: [labRbm.weightColumn, labRbm.positive, labRbm.negative, labRbm.difference, labRbm.exact].map(
      (one) => localized(one, {}),
    ),
    rows: positive.map((value, at) => [
      verbatim(`w[${Math.floor(at / hidden) + 1}, ${(at % hidden) + 1}]`),
      value,
      negative[at],
      difference[at],
      exact[at],
    ]),
  };
}

export function chainTable({ chain }: SmallFrame): FigureTable {
  return {
    columns: [
      localized(labRbm.stepColumn, {}),
      verbatim('v'),
      verbatim('p(h | v)'),
      verbatim('h'),
      verbatim('p(v | h)'),
    ],
    rows: chain.map(({ visible, hiddenMean, hidden, visibleMean }, step) => [
      step,
      verbatim(visible.join('')),
      verbatim(hiddenMean.map((value) => formatNumber(value, 2)).join(' ')),
      verbatim(hidden.join('')),
      verbatim(visibleMean.map((value) => formatNumber(value, 2)).join(' ')),
    ]),
  };
}

export function glimpseSummary({ digit, hidden, back }: Glimpse): Localized {
  const on = hidden.filter((value) => value === 1).length;
  const dark = (values: readonly number[]) => values.filter((value) => value >= 0.5).length;
  return localized(labRbm.glimpseSummary, {
    on,
    hidden: hidden.length,
    inked: dark(digit),
    back: dark(back),
  });
}

export function glimpseTable({ digit, back, hidden, hiddenMean }: Glimpse): FigureTable {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const row = (name: string, values: readonly number[]) => [
    verbatim(name),
    mean(values),
    Math.min(...values),
    Math.max(...values),
  ];
  return {
    columns: [labRbm.nameColumn, labRbm.meanColumn, labRbm.leastColumn, labRbm.mostColumn].map((one) =>
      localized(one, {}),
    ),
    rows: [row('x', digit), row('p(h | x)', hiddenMean), row('h', hidden), row('x̂ = p(x | h)', back)],
  };
}
