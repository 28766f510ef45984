import { reportLabels } from '../../messages/labels/report.ts';
import type { RaceResult } from '../../race/result.ts';
import { costFigure } from '../figures/cost.ts';
import { headline } from '../figures/results.ts';
import { seedCount } from '../figures/seeds.ts';
import { standingStill } from '../figures/standing-still.ts';
import { lineChart } from './line-chart.ts';
import { harmless, narrowest, type TerminalOptions } from './options.ts';
import { raceTable } from './table.ts';
import { wrapText } from './text-width.ts';

/** What the command line shows at the end of a race: cost curves, table, and what stood still or broke off. */
export function raceSummary(result: RaceResult, options: TerminalOptions & { height?: number }): string {
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

/** One sentence for every contestant that broke off or could not run, with its start's name. */
export function troubles(result: RaceResult) {
  return result.contestants.flatMap(({ start, seed, finding, failure }) => {
    const texts = [];
    if (finding !== null) {
      texts.push(both(start, (language) => reportLabels.divergedAt[language]({ seed, ...finding })));
    }
    if (failure !== null) {
      texts.push(
        both(start, (language) => reportLabels.failedWith[language]({ seed, message: failure.message })),
      );
    }
    return texts;
  });
}

function both(start: string, text: (language: 'en' | 'ko') => string) {
  return { en: `${start}: ${text('en')}`, ko: `${start}: ${text('ko')}` };
}
