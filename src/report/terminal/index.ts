/** Figures and tables of a race as text for a terminal; loads nothing but this room and the messages. */
export { barChart } from './bar-chart.ts';
export { lineChart } from './line-chart.ts';
export type { TerminalOptions } from './options.ts';
export { sparkline } from './sparkline.ts';
export { raceSummary } from './summary.ts';
export { raceTable } from './table.ts';
export { cutText, padText, textWidth, wrapText } from './text-width.ts';
