/** One-hot units: the state is the number of cumulated probabilities that the noise has passed. */

import { dataTypeCode } from '../../onnx/data-types.ts';
import { float32 } from '../../tensor/tensor.ts';
import type { UnitSpec } from '../units/unit-spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { LayerGraph, LayerValuesInGraph } from './layer-graph.ts';

export function pottsGraph(
  a: Arithmetic,
  spec: UnitSpec & { kind: 'potts' },
  width: number,
  { bias }: LayerValuesInGraph,
): LayerGraph {
  const { builder } = a;
  const { count, states } = spec;
  const reshape = (x: string, dims: readonly number[]) => builder.op('Reshape', [x, builder.ints(dims)]);
  const probabilities = (inputs: string) => {
    const rows = builder.dims(inputs)[0];
    return builder.op('Softmax', [reshape(a.add(inputs, bias), [rows, count, states])], { axis: -1 });
  };
  const mean = (inputs: string) => reshape(probabilities(inputs), [builder.dims(inputs)[0], width]);
  return {
    spec,
    width,
    noiseWidth: count,
    mean,
    meanSquare: mean,
    sample: (inputs, noise) => {
      const rows = builder.dims(inputs)[0];
      const reached = builder.op('CumSum', [probabilities(inputs), builder.scalar(2, 'int64')]);
      const passed = builder.op('Less', [reached, reshape(noise, [rows, count, 1])]);
      // The last sum may be a little below 1: the last state is never passed.
      const counted = a.mul(
        builder.op('Cast', [passed], { to: dataTypeCode('float32') }),
        builder.constant(
          float32(
            [states],
            Array.from({ length: states }, (_, s) => (s < states - 1 ? 1 : 0)),
          ),
        ),
      );
      const state = builder.op('ReduceSum', [counted, builder.ints([2])], { keepdims: 1 });
      const numbers = builder.constant(
        float32(
          [states],
          Array.from({ length: states }, (_, s) => s),
        ),
      );
      const chosen = builder.op('Cast', [builder.op('Equal', [state, numbers])], {
        to: dataTypeCode('float32'),
      });
      return reshape(chosen, [rows, width]);
    },
  };
}
