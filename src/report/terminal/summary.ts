import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import { checkRace } from '../check-race.ts';
import { costFigure } from '../figures/cost.ts';
import type { Localized } from '../figures/figure.ts';
import { headline, troublesOf } from '../figures/results.ts';
import { groupByStart, seedCount } from '../figures/seeds.ts';
import { standingStill } from '../figures/standing-still.ts';
import { lineChart } from './line-chart.ts';
import { harmless, narrowest, type TerminalOptions } from './options.ts';
import { raceTable } from './table.ts';
import { wrapText } from './text-width.ts';

/** What the command line shows at the end of a race: cost curves, table, and what stood still or broke off. */
export function raceSummary(result: RaceResult, options: TerminalOptions & { height?: number }): string {
  checkRace(result);
  const { language } = options;
  const width = Math.max(narrowest, options.width);
  const wrapped = (text: string, indent = '') => wrapText(harmless(text), width, indent).join('\n');
  const sentence = headline(result);
  const notes = [...standingStill(result), ...troubles(result)].map((text) =>
    wrapped(`- ${text[language]}`, '  '),
  );
  return [
    lineChart(costFigure(result), options),
    raceTable(result, options),
    wrapped(reportLabels.resultsNote[language]({ seeds: seedCount(result) })),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(sentence === null ? [] : ['', wrapped(sentence[language])]),
    '',
  ].join('\n');
}

/** One sentence for every start that broke off or could not run. */
function troubles(result: RaceResult): Localized[] {
  return groupByStart(result).flatMap(({ start, contestants }) =>
    troublesOf(contestants).map(({ en, ko }) => ({ en: `${start}: ${en}`, ko: `${start}: ${ko}` })),
  );
}
