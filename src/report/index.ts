/**
 * A race, a Boltzmann machine or a diagnosis as figures, terminal charts, an HTML report and pictures. For the terminal alone, import
 * `terminal/`.
 */
export { layerPictures, pictureRowsPng } from './boltzmann/layer-pictures.ts';
export { rbmReport } from './boltzmann/rbm-report.ts';
export type {
  EpochReport,
  ImageShape,
  JudgedNumber,
  JudgedValue,
  LayerReport,
  PictureRows,
  RbmReportData,
  Words,
} from './boltzmann/rbm-report-data.ts';
export { type CodeToWrite, codeToWrite } from './doctor/code/code-to-write.ts';
export { doctorSvg } from './doctor/depth-svg.ts';
export { doctorReport } from './doctor/report.ts';
export type { DoctorFix, DoctorReportData } from './doctor/report-data.ts';
export { doctorScreen } from './doctor/screen.ts';
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
export type { ColorMap } from './images/color-map.ts';
export { filterImages } from './images/filter-images.ts';
export { type ImageGridOptions, imageGrid, imageGridPng } from './images/image-grid.ts';
export { type Pixels, pixelsPng } from './images/pixels.ts';
export { reconstructionPairs } from './images/reconstruction-pairs.ts';
export type { ValueRange } from './images/value-range.ts';
export { raceSvg } from './svg/race-svg.ts';
export {
  barChart,
  lineChart,
  raceSummary,
  raceTable,
  sparkline,
  type TerminalOptions,
} from './terminal/index.ts';
