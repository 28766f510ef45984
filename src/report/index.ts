/** A race as figures, terminal charts, an HTML report and a picture. For the terminal alone, import `terminal/`. */
export { closeAccuracyFigure, testFigure } from './figures/accuracy.ts';
export { costFigure } from './figures/cost.ts';
export { depthFigures } from './figures/depth.ts';
export type {
  Axis,
  Curve,
  CurvePoint,
  DotFigure,
  FigureTable,
  LineFigure,
  Localized,
  Spread,
} from './figures/figure.ts';
export { gradientFigure } from './figures/gradient.ts';
export { type HistogramFigure, histogramFigure } from './figures/histograms.ts';
export { type ResultRow, resultRows } from './figures/results.ts';
export { raceReport } from './html.ts';
export { raceSvg } from './svg/race-svg.ts';
export {
  barChart,
  lineChart,
  raceSummary,
  raceTable,
  sparkline,
  type TerminalOptions,
} from './terminal/index.ts';
