import { stateWidth, type UnitSpec } from '../units/unit-spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { bernoulliGraph, spinGraph } from './binary-graph.ts';
import { gaussianGraph } from './gaussian-graph.ts';
import type { LayerGraph, LayerValuesInGraph } from './layer-graph.ts';
import { nreluGraph } from './nrelu-graph.ts';
import { pottsGraph } from './potts-graph.ts';
import { reluGraph } from './relu-graph.ts';

/** The graph of a layer of any kind. */
export function graphOfLayer(a: Arithmetic, spec: UnitSpec, values: LayerValuesInGraph): LayerGraph {
  const width = stateWidth(spec);
  switch (spec.kind) {
    case 'bernoulli':
      return bernoulliGraph(a, spec, width, values);
    case 'spin':
      return spinGraph(a, spec, width, values);
    case 'potts':
      return pottsGraph(a, spec, width, values);
    case 'gaussian':
      return gaussianGraph(a, spec, width, values);
    case 'relu':
      return reluGraph(a, spec, width, values);
    case 'nrelu':
      return nreluGraph(a, spec, width, values);
  }
}
