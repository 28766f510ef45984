/** What became of every start, as a table. */

import { figureLabels } from '../../../src/messages/labels/figures.ts';
import { labRace } from '../../../src/messages/labels/lab-race.ts';
import { hasAccuracy } from '../../../src/report/figures/accuracy.ts';
import { type FigureTable, localized, verbatim } from '../../../src/report/figures/figure.ts';
import { formatPercent } from '../../../src/report/figures/number-format.ts';
import { resultRows, verdictText } from '../../../src/report/figures/results.ts';
import type { RaceRuns } from '../../../src/report/figures/seeds.ts';

export function resultsTable(runs: RaceRuns): FigureTable {
  const classes = hasAccuracy(runs);
  return {
    columns: [
      figureLabels.startColumn,
      labRace.firstCost,
      labRace.finalCost,
      classes ? labRace.finalTest : figureLabels.testCostTitle,
      labRace.ratio,
      labRace.verdict,
    ].map((one) => localized(one, {})),
    rows: resultRows(runs).map((row) => [
      verbatim(row.start),
      row.firstCost.mean,
      row.finalCost.mean,
      classes && row.test.mean !== null ? verbatim(formatPercent(row.test.mean, 1)) : row.test.mean,
      row.gradientRatio,
      verdictText(row),
    ]),
  };
}
