/** Signal propagation theory: what a network's weights let through, before anything is run. */
export {
  asymptotics,
  correlationFixedPoints,
  depthScale,
  type FixedPoint,
  varianceFixedPoints,
} from './fixed-points.ts';
export { type InputSignal, inputSignal } from './input-signal.ts';
export {
  angleMap,
  correlationMap,
  correlationSlope,
  gradientFactor,
  lengthMap,
  varianceMap,
  varianceSlope,
} from './maps.ts';
export type { MeanFieldLayer } from './mean-field-layer.ts';
export { phasePlane } from './phase-plane.ts';
export { mostGrowth, type PredictedLayer, type PredictOptions, predict } from './predict.ts';
export type { Asymptotics, Expected, LayerPrediction, Prediction } from './prediction.ts';
