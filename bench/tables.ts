/** The summary as Markdown tables, which are also what the terminal shows. */
import { type EngineSummary, lossTolerance, type ModelSummary, type Ratio } from './results.ts';

/** Seconds per epoch of every engine on one network. */
export function secondsTable({ engines }: ModelSummary, stepsPerEpoch: number): string {
  return table(
    ['engine', 'seconds per epoch, median', 'least', 'rounds', 'timed steps', 'losses against torch'],
    engines.map((summary) => [
      summary.engine,
      seconds(summary.median),
      seconds(summary.least),
      String(summary.rounds),
      summary.timedSteps < stepsPerEpoch - 50
        ? `${summary.timedSteps}, extrapolated`
        : `${summary.timedSteps}`,
      agreement(summary),
    ]),
  );
}

/** Ratios of all networks with their targets. */
export function ratioTable(summaries: readonly ModelSummary[]): string {
  return table(
    ['network', 'Outset', 'against', 'times faster, median', 'over the rounds', 'target', ''],
    summaries.flatMap(({ model, ratios }) => ratios.map((ratio) => ratioRow(model, ratio))),
  );
}

function ratioRow(model: string, ratio: Ratio): string[] {
  return [
    model,
    ratio.outset,
    ratio.against,
    ratio.median.toFixed(2),
    `${ratio.lowest.toFixed(2)} to ${ratio.highest.toFixed(2)}`,
    `${ratio.target}`,
    ratio.met ? 'met' : 'MISSED',
  ];
}

function agreement({ lossDistance, comparedLosses }: EngineSummary): string {
  if (lossDistance === null) return 'not compared';
  const verdict = lossDistance <= lossTolerance ? '' : ' DIFFERS';
  return `${comparedLosses} within ${lossDistance.toExponential(1)}${verdict}`;
}

function seconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
