/** Gaussian units: (bias + I) / γ plus noise of variance 1 / γ. */
import type { UnitSpec } from '../units/unit-spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { normalNoise } from './fine-noise.ts';
import type { LayerGraph, LayerValuesInGraph } from './layer-graph.ts';

export function gaussianGraph(
  a: Arithmetic,
  spec: UnitSpec,
  width: number,
  { bias, logPrecision }: LayerValuesInGraph,
): LayerGraph {
  const variance = a.unary('Exp', a.unary('Neg', logPrecision!));
  const std = a.unary('Sqrt', variance);
  const mean = (inputs: string) => a.mul(a.add(inputs, bias), variance);
  return {
    spec,
    width,
    noiseWidth: 2 * width,
    mean,
    meanSquare: (inputs) => a.add(a.square(mean(inputs)), variance),
    sample: (inputs, noise) => a.add(mean(inputs), a.mul(normalNoise(a, noise), std)),
  };
}
