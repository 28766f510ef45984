/** Bernoulli units and spins: on where the noise is below the probability. */
import type { UnitSpec } from '../units/unit-spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { LayerGraph, LayerValuesInGraph } from './layer-graph.ts';

export function bernoulliGraph(
  a: Arithmetic,
  spec: UnitSpec,
  width: number,
  { bias }: LayerValuesInGraph,
): LayerGraph {
  const mean = (inputs: string) => a.unary('Sigmoid', a.add(inputs, bias));
  return {
    spec,
    width,
    noiseWidth: width,
    mean,
    meanSquare: mean,
    sample: (inputs, noise) => a.indicator(noise, mean(inputs)),
  };
}

export function spinGraph(
  a: Arithmetic,
  spec: UnitSpec,
  width: number,
  { bias }: LayerValuesInGraph,
): LayerGraph {
  return {
    spec,
    width,
    noiseWidth: width,
    mean: (inputs) => a.unary('Tanh', a.add(inputs, bias)),
    meanSquare: (inputs) => inputs,
    sample: (inputs, noise) => {
      const up = a.unary('Sigmoid', a.mul(a.add(inputs, bias), 2));
      return a.sub(a.mul(a.indicator(noise, up), 2), 1);
    },
  };
}
